"""Gram blocks: where zeros and Gram points do not alternate."""

from __future__ import annotations

from dataclasses import dataclass
from operator import index
from typing import TYPE_CHECKING, Any

import numpy as np

from anet_lite._internal.frames import frames
from anet_lite._native import AnetValueError, gram_point
from anet_lite.zeta.zero_range import zeros_between

if TYPE_CHECKING:
    from typing import SupportsIndex

    from numpy import float64, int64
    from numpy.typing import NDArray

#: Gram points that are looked at beyond the last one that is asked for; more if none of them is good.
BEYOND = 32


@dataclass(frozen=True, eq=False)
class GramBlocks:
    """What ``gram_blocks`` found, an entry for each block.

    Attributes:
        first: The index of the Gram point at which it begins.
        length: Gram intervals in it: 1 where Gram's law holds.
        zeros: Zeros in it. By Rosser's rule at least ``length``; the first exception is the block at 13,999,525.
        pattern: Zeros in each of its intervals, a digit each: ``"1"``, ``"02"``.

    """

    first: NDArray[int64]
    length: NDArray[int64]
    zeros: NDArray[int64]
    pattern: list[str]

    def __len__(self) -> int:
        return len(self.first)

    def to_frame(self) -> Any:
        """Return a row for each block.

        Raises:
            ImportError: Neither pandas nor polars is installed.

        """
        return frames("GramBlocks.to_frame()").DataFrame(dict(vars(self)))


def gram_blocks(first: SupportsIndex = -1, count: SupportsIndex = 1) -> GramBlocks:
    """Find the Gram blocks that begin at the Gram points ``first`` to ``first + count - 1``.

    A Gram point g(n) is good where ``(-1)^n Z(g(n)) > 0``: as many zeros lie below it as its index says, but for an
    even number. A block goes from a good one to the next good one. Signs are not looked at: zeros are counted, by
    Turing's method.

    Args:
        first: The index of a Gram point, from -1.
        count: How many Gram points, at least 0. Those that are bad begin no block.

    Raises:
        TypeError: An argument is not an integer.
        ValueError: ``first`` is below -1, ``count`` is negative, or the last height is above 2.9e13.

    Example:
        >>> from anet_lite import zeta
        >>> blocks = zeta.gram_blocks(120, 10)
        >>> [(n, pattern) for n, pattern in zip(blocks.first.tolist(), blocks.pattern) if len(pattern) > 1]
        [(125, '02')]

    Source: R. P. Brent, Math. Comp. 33 (1979) 1361.

    """
    start, points = index(first), index(count)
    if points < 0:
        raise AnetValueError(f"count must be at least 0, got {points}")
    beyond = BEYOND
    while True:
        counts = _zeros_below(start, points + beyond)
        good = np.flatnonzero((counts - np.arange(start, start + counts.size)) % 2 == 1)
        if good.size and good[-1] >= points:
            break
        beyond *= 2
    begins = good[good < points]
    ends = good[1 : begins.size + 1]
    patterns = ["".join(map(str, np.diff(counts[a : b + 1]).tolist())) for a, b in zip(begins, ends)]
    return GramBlocks(begins + start, ends - begins, counts[ends] - counts[begins], patterns)


def _zeros_below(start: int, points: int) -> NDArray[int64]:
    """Count the zeros below each of consecutive Gram points."""
    heights: NDArray[float64] = np.asarray(gram_point(np.arange(start, start + points)))
    between = zeros_between(heights[0], heights[-1])
    return np.searchsorted(between.heights, heights, side="right").astype(np.int64) + (between.start - 1)
