"""Memory that grows and does not stop growing, unlike that of a loop that warms up."""

from __future__ import annotations

from collections import deque
from statistics import median
from typing import NamedTuple

#: Blocks of intervals that are compared, and intervals in each: a garbage collector comes between two of a block.
BLOCKS, INTERVALS = 8, 8
#: The part of itself by which memory must have grown in all. Less is the noise of an allocator.
PART = 0.02
#: The part of the growth of the first half that the second must have: caches that fill up grow ever more slowly.
LASTING = 0.5


class Growth(NamedTuple):
    """Memory that has grown in every block."""

    intervals: int
    """In how many intervals."""
    pace: float
    """By how much in each."""


class MemoryGrowth:
    """Finds a leak in what a loop holds, interval by interval.

    Each of eight blocks of eight intervals must hold more than the block before, in the median. Over the last four they
    must have grown at least half as much as over the first four.

    Example:
        >>> from anet_lite.integrations.clock.memory_growth import MemoryGrowth
        >>> leaking, cache = MemoryGrowth(), MemoryGrowth()
        >>> [growth for at in range(64) if (growth := leaking.add(1.0 + 0.001 * at))]
        [Growth(intervals=64, pace=0.001)]
        >>> [growth for at in range(64) if (growth := cache.add(2.0 - 0.9 ** at))]
        []

    """

    def __init__(self) -> None:
        self._block: list[float] = []
        self._medians: deque[float] = deque(maxlen=BLOCKS)

    def add(self, held: float) -> Growth | None:
        """Take what is held at the end of an interval; the growth where it is one."""
        self._block.append(held)
        if len(self._block) < INTERVALS:
            return None
        self._medians.append(median(self._block))
        self._block.clear()
        return self._judge(list(self._medians))

    def _judge(self, medians: list[float]) -> Growth | None:
        if len(medians) < BLOCKS or any(one >= other for one, other in zip(medians, medians[1:])):
            return None
        middle = BLOCKS // 2
        early, late = medians[middle - 1] - medians[0], medians[-1] - medians[middle]
        grown = medians[-1] - medians[0]
        if grown < PART * medians[0] or late < LASTING * early:
            return None
        return Growth(BLOCKS * INTERVALS, round(grown / ((BLOCKS - 1) * INTERVALS), 12))
