"""When the newest samples of a stream were."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from anet_lite.stream.clock_text import time_text

if TYPE_CHECKING:
    from numpy import float64, int64
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Moments:
    """Times by age: how many samples before the newest one."""

    times: NDArray[float64] | None
    """The times of the newest samples, the newest last; None where rows have none."""
    rows: NDArray[int64]
    """Their rows."""
    interval: float | None
    """Seconds between two samples, where they are regular."""
    zone: float | None
    """As ``time_text`` takes it."""

    def at(self, age: int) -> float | None:
        """Return the time of a sample; None where it is not known."""
        if self.times is None or not len(self.times):
            return None
        if age < len(self.times):
            return float(self.times[-1 - age])
        return None if self.interval is None else float(self.times[-1]) - age * self.interval

    def text(self, age: int, row: str = "row {row:,}") -> str:
        """Return the time of a sample as a text, or its row where rows have no times."""
        seconds = self.at(age)
        if seconds is not None:
            return time_text(seconds, self.zone)
        return row.format(row=self.row(age))

    def row(self, age: int) -> int:
        """Return the row of a sample; -1 where the row itself was missing."""
        return int(self.rows[-1 - age]) if age < len(self.rows) else int(self.rows[-1]) - age
