"""How often two zeros, neighbours or not, lie at a distance from each other."""

from __future__ import annotations

from dataclasses import dataclass
from operator import index
from typing import TYPE_CHECKING, Any

import numpy as np

from anet_lite._internal.frames import frames
from anet_lite._native import AnetValueError, normalized_gaps
from anet_lite.zeta.laws import pair_law
from anet_lite.zeta.zero_range import ZeroRange

if TYPE_CHECKING:
    from typing import SupportsIndex

    from numpy import float64
    from numpy.typing import ArrayLike, NDArray

#: Places in a bin at which the law is averaged.
PLACES = 16


@dataclass(frozen=True, eq=False)
class PairCorrelation:
    """What ``pair_correlation`` found, a number for each bin of distances.

    Attributes:
        distance: The middle of each bin, in units of the mean gap.
        density: Pairs to a zero and a unit of distance; 1 would be independent zeros.
        error: The standard error of the density, as if pairs were independent.
        law: What the eigenvalues of random matrices have: the mean of ``pair_law`` over each bin.

    """

    distance: NDArray[float64]
    density: NDArray[float64]
    error: NDArray[float64]
    law: NDArray[float64]

    def to_frame(self) -> Any:
        """Return a row for each bin.

        Raises:
            ImportError: Neither pandas nor polars is installed.

        """
        return frames("PairCorrelation.to_frame()").DataFrame(dict(vars(self)))


def pair_correlation(zeros: ZeroRange | ArrayLike, reach: float = 3.0, bins: SupportsIndex = 60) -> PairCorrelation:
    """Count the pairs of zeros at each distance, beside Montgomery's law ``1 - (sin πu / πu)²``.

    Distances are sums of normalised gaps. Pairs begin at the zeros from which ``reach`` does not pass the last one, so
    the ends of the range do not bend the density.

    Args:
        zeros: What ``zeros`` gave; or heights, as ``normalized_gaps`` takes them.
        reach: The largest distance, in units of the mean gap; positive.
        bins: Into how many bins the distances up to it are put; at least 1.

    Raises:
        TypeError: An argument is of the wrong type.
        ValueError: ``reach`` or ``bins`` is out of its range, or the zeros do not reach so far.

    Example:
        >>> from anet_lite import zeta
        >>> found = zeta.pair_correlation(zeta.zeros(1, 10_000), reach=1.0, bins=4)
        >>> found.density.round(2)
        array([0.04, 0.31, 0.79, 1.02])
        >>> found.law.round(2)
        array([0.07, 0.39, 0.77, 0.97])

    Source: H. L. Montgomery, Proc. Symp. Pure Math. 24 (1973) 181.

    """
    far, parts = float(reach), index(bins)
    if not (0 < far < np.inf and parts >= 1):
        raise AnetValueError(f"reach must be positive and finite and bins at least 1, got {far} and {parts}")
    gaps = zeros.gaps if isinstance(zeros, ZeroRange) else normalized_gaps(zeros)
    places: NDArray[float64] = np.concatenate([np.zeros(1), np.cumsum(gaps, dtype=np.float64)])
    firsts = int(np.searchsorted(places, float(places[-1]) - far, side="right"))
    if firsts < 1 or places[-1] < far:
        raise AnetValueError(f"zeros must reach farther than reach, {far}, got {places[-1]} mean gaps")
    edges = np.linspace(0, far, parts + 1)
    counts = _pairs(places, firsts, edges)
    each = firsts * far / parts
    inside = (np.arange(parts * PLACES) + 0.5) * (far / parts / PLACES)
    law = pair_law(inside).reshape(parts, PLACES).mean(axis=1)
    return PairCorrelation((edges[:-1] + edges[1:]) / 2, counts / each, np.sqrt(counts) / each, law)


def _pairs(places: NDArray[float64], firsts: int, edges: NDArray[float64]) -> NDArray[float64]:
    """Count pairs by their distance: neighbours, then those that have one zero between them, and on."""
    counts = np.zeros(edges.size - 1)
    for apart in range(1, places.size):
        begins = places[: min(firsts, places.size - apart)]
        distances = places[apart : apart + begins.size] - begins
        counts += np.histogram(distances, edges)[0]
        if distances.min() > edges[-1]:
            break
    return counts
