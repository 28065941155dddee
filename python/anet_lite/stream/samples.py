"""Samples of one stream, on their way: what each is, when it was, and which row it came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from numpy import float64, int64
    from numpy.typing import NDArray


class Samples(NamedTuple):
    """Samples, one after another."""

    values: NDArray[float64]
    """NaN where one is missing."""
    rows: NDArray[int64]
    """The row of each in what was read, from 0; -1 where the row itself was missing."""
    times: NDArray[float64] | None = None
    """Seconds since 1970."""

    def places(self, timed: bool) -> NDArray[float64]:
        """Return where they stand on an axis: their times, or their rows, a missing row with the one before it."""
        import numpy as np

        if timed and self.times is not None:
            return self.times
        return np.maximum.accumulate(self.rows).astype(float)

    def part(self, start: int, stop: int) -> Samples:
        """Return some of them."""
        times = None if self.times is None else self.times[start:stop]
        return Samples(self.values[start:stop], self.rows[start:stop], times)

    def time(self, at: int) -> float | None:
        """Return the time of one of them, if they have times."""
        return None if self.times is None else float(self.times[at])
