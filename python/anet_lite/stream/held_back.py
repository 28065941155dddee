"""How often a stream alarmed by the ordinary threshold, and only its own habits kept it quiet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy import bool_
    from numpy.typing import NDArray


@dataclass
class HeldBack:
    """Counts the episodes of samples that were held back, of which none alarmed. It is plain, to be saved as JSON."""

    merge: int
    """Samples fewer than this apart are one episode."""
    over: int = 0
    """Episodes that are over."""
    last: int | None = None
    """The newest sample that was held back or alarmed."""
    alarmed: bool = False
    """Whether a sample of the newest episode alarmed."""

    @property
    def count(self) -> int:
        """Episodes so far."""
        return self.over + (self.last is not None and not self.alarmed)

    def push(self, first: int, held: NDArray[bool_], alarms: NDArray[bool_]) -> None:
        """Take samples, the first of which has this number: which are held back, and which alarm."""
        import numpy as np

        for at in np.flatnonzero(held | alarms).tolist():
            if self.last is None or first + at - self.last >= self.merge:
                self.over, self.alarmed = self.count, False
            self.last, self.alarmed = first + at, self.alarmed or bool(alarms[at])
