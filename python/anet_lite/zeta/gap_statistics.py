"""The gaps between zeros in a few numbers, and how far they are from the laws of random matrices."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np

from anet_lite._native import AnetValueError, normalized_gaps
from anet_lite.zeta.laws import gap_law, wigner_surmise
from anet_lite.zeta.zero_range import ZeroRange

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import ArrayLike, NDArray

#: Kolmogorov's 5 % point, in units of 1/√n.
FIVE_PERCENT = 1.358


@dataclass(frozen=True)
class GapStatistics:
    """What ``gap_statistics`` found, in units of the mean gap.

    Attributes:
        gaps: How many gaps.
        mean: Their mean: 1 where none is missing.
        std: Their standard deviation; 0.4243 by the law of large random matrices.
        correlation: Between each gap and the next: negative, since a large gap follows a small one; NaN for equal gaps.
        from_law: Kolmogorov's distance from ``gap_law``, 0 to 1.
        from_surmise: Kolmogorov's distance from ``wigner_surmise``.
        chance: What as many independent gaps of the law keep below nineteen times in twenty. Gaps of zeros are not
            independent: it is a yardstick, not a test.

    """

    gaps: int
    mean: float
    std: float
    correlation: float
    from_law: float
    from_surmise: float
    chance: float

    def to_dict(self) -> dict[str, float]:
        """Return the numbers by their names."""
        return asdict(self)


def gap_statistics(zeros: ZeroRange | ArrayLike) -> GapStatistics:
    """Compare the gaps between zeros with those of the eigenvalues of random matrices.

    Args:
        zeros: What ``zeros`` gave, whose gaps keep their digits at any height; or heights, as ``normalized_gaps``
            takes them: NaN and infinite ones are left out.

    Raises:
        TypeError: ``zeros`` is not a series of real numbers.
        ValueError: There are fewer than three gaps.

    Example:
        >>> from anet_lite import zeta
        >>> found = zeta.gap_statistics(zeta.zeros(1, 10_001))
        >>> print(f"{found.std:.3f} {found.correlation:.2f} {found.from_law:.3f}")
        0.393 -0.37 0.029

    Sources: H. L. Montgomery (1973); A. M. Odlyzko, Math. Comp. 48 (1987) 273.

    """
    gaps = zeros.gaps if isinstance(zeros, ZeroRange) else normalized_gaps(zeros)
    if gaps.size < 3:
        raise AnetValueError(f"zeros must have at least 3 gaps, got {gaps.size}")
    ordered = np.sort(gaps)
    return GapStatistics(
        gaps=gaps.size,
        mean=float(gaps.mean()),
        std=float(gaps.std()),
        correlation=_correlation(gaps),
        from_law=kolmogorov(ordered, gap_law(ordered)),
        from_surmise=kolmogorov(ordered, wigner_surmise(ordered)),
        chance=FIVE_PERCENT / math.sqrt(gaps.size),
    )


def _correlation(gaps: NDArray[float64]) -> float:
    with np.errstate(invalid="ignore"):  # equal gaps have none
        return float(np.corrcoef(gaps[:-1], gaps[1:])[0, 1])


def kolmogorov(ordered: NDArray[float64], law: NDArray[float64]) -> float:
    """Return the largest distance between the empirical law of sorted numbers and a law taken at them."""
    steps = np.arange(ordered.size + 1) / ordered.size
    return float(max(np.abs(law - steps[1:]).max(), np.abs(law - steps[:-1]).max()))
