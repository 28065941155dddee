"""Consecutive zeros, by their ordinals or between two heights."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from operator import index
from typing import TYPE_CHECKING, Any

import numpy as np

from anet_lite._internal.frames import frames
from anet_lite._native import AnetValueError, ZeroCertificate, zero_count, zeta_zeros
from anet_lite.zeta.decimals import decimals

if TYPE_CHECKING:
    from typing import SupportsFloat, SupportsIndex

    from numpy import float64, int64
    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class ZeroRange:
    """Consecutive zeros ``1/2 + i height`` of the zeta function, none missing.

    Attributes:
        start: The ordinal of the first, from 1.
        heights: The heights, each rounded to float64.
        low: What rounding left out: a height is ``heights + low``.
        certificate: The counts at both ends, by Turing's method; None where no zero was asked for.

    Example:
        >>> from anet_lite import zeta
        >>> zeta.zeros(1, 3).heights
        array([14.13472514, 21.02203964, 25.01085758])

    """

    start: int
    heights: NDArray[float64]
    low: NDArray[float64]
    certificate: ZeroCertificate | None

    def __len__(self) -> int:
        return len(self.heights)

    @property
    def ordinals(self) -> NDArray[int64]:
        """The ordinals, from ``start`` on."""
        return np.arange(self.start, self.start + len(self), dtype=np.int64)

    @cached_property
    def gaps(self) -> NDArray[float64]:
        """The gaps to the next zero in units of the mean gap, one fewer than zeros.

        ``(t' - t) ln(t / 2 pi) / 2 pi``, the difference taken with the low words: it keeps its digits at any height.
        """
        between = np.diff(self.heights) + np.diff(self.low)
        return between * (np.log(self.heights[:-1] / (2 * np.pi)) / (2 * np.pi))

    def decimals(self, digits: SupportsIndex) -> list[str]:
        """Return the heights as decimal texts.

        Args:
            digits: Decimal places, from 0. Up to 14 places (13 above the ordinal 10^4, 12 above 10^9, 11 above 10^12)
                come from ``heights + low``; more are computed with mpmath, far more slowly: about a tenth of a second
                each near the ordinal 100, a minute near 10^12.

        Returns:
            A text for each zero; its last place is within one of the true one.

        Raises:
            ImportError: More places were asked for and mpmath is not installed.
            ValueError: ``digits`` is negative.

        Example:
            >>> from anet_lite import zeta
            >>> zeta.zeros(1).decimals(12)
            ['14.134725141735']

        """
        return decimals(self.ordinals, self.heights, self.low, index(digits))

    def to_frame(self) -> Any:
        """Return a row for each zero: ``ordinal``, ``height``, ``low`` and ``gap`` to the next, NaN for the last.

        Raises:
            ImportError: Neither pandas nor polars is installed.

        """
        gap = np.append(self.gaps, np.nan)[: len(self)]
        columns = {"ordinal": self.ordinals, "height": self.heights, "low": self.low, "gap": gap}
        return frames("ZeroRange.to_frame()").DataFrame(columns)


def zeros(start: SupportsIndex = 1, count: SupportsIndex = 1) -> ZeroRange:
    """Find consecutive zeros of the zeta function by their ordinals.

    They are those of ``rh_sparse_anomaly.zeta_zeros``: counted by Turing's method in floating point, certified
    numerically, not a proof.

    Args:
        start: Ordinal of the first zero, from 1.
        count: How many, at least 0; the last ordinal is at most 1.32e14.

    Raises:
        TypeError: An argument is not an integer.
        ValueError: ``start`` is below 1, ``count`` is negative, or the last ordinal too high.

    Example:
        >>> from anet_lite import zeta
        >>> zeta.zeros(10**6).decimals(10)
        ['600269.6770124450']

    """
    found = zeta_zeros(start, count, full=True)
    return ZeroRange(index(start), found.zeros, found.low, found.certificate if len(found) else None)


def zeros_between(low: SupportsFloat | SupportsIndex, high: SupportsFloat | SupportsIndex) -> ZeroRange:
    """Find all zeros with ``low < height <= high``.

    Neighbouring intervals share no zero and leave none out. Bounds are compared with the true heights, not with these
    rounded to float64: a zero that is a bound itself is on the side on which its rounding lies.

    Args:
        low: A height, any up to 2.9e13; below the first zero nothing is left out.
        high: A height from ``low`` to 2.9e13.

    Raises:
        TypeError: A height is not a real number.
        ValueError: A height is NaN or above 2.9e13, or ``high`` is below ``low``.

    Example:
        >>> from anet_lite import zeta
        >>> zeta.zeros_between(100, 106).decimals(3)
        ['101.318', '103.726', '105.447']
        >>> zeta.zeros_between(100, 106).start
        30

    """
    lower, upper = float(low), float(high)
    if upper < lower:
        raise AnetValueError(f"high must be at least low, {lower}, got {upper}")
    below, last = zero_count(lower), zero_count(upper)
    return zeros(below + 1, last - below)
