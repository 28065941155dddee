"""Rows with times become samples at equal distances: what is missing is a gap, what is doubled or late is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from anet_lite.stream.duration import duration_text
from anet_lite.stream.samples import Samples

if TYPE_CHECKING:
    from numpy import float64, int64
    from numpy.typing import NDArray

_LOOKED_AT = 256
"""Distances from which the usual one is known."""
_FEWEST = 8
_ALIKE, _NEAR = 0.6, 0.1
"""The part of the distances that must be near the usual one, and how near, as a part of it."""
_LONGEST_GAP = 4096
"""Missing samples that a gap is filled with at most, up to whole seasons: no evidence reaches across that many."""
_BACK = 3
"""Late rows, one after another and in order, after which the clock itself is taken to have been set back."""


@dataclass
class Grid:
    """The times of one stream's rows. Everything in it is plain, so that it can be saved as JSON."""

    interval: float | None = None
    """Seconds between two samples: given, or learned once enough rows agree."""
    last: float | None = None
    """The time of the newest sample."""
    missing: int = 0
    """Rows that were missing, and became gaps."""
    doubled: int = 0
    """Rows left out since their time had a sample already."""
    late: int = 0
    """Rows left out since they came after later ones."""
    untimed: int = 0
    """Rows left out since they had no time."""
    set_back: int = 0
    """Times that the clock was set back."""
    season: int = 1
    """The season in samples, where it is known: a longer gap is cut by whole ones, so that its clock goes on."""
    irregular: bool = False
    """Whether enough rows came at unequal distances."""
    steps: list[float] = field(default_factory=list[float])
    """The newest distances."""
    waiting: list[float] = field(default_factory=list[float])
    """Times of the newest late rows."""

    def place(self, values: NDArray[float64], times: NDArray[float64], rows: NDArray[int64]) -> Samples:
        """Return the samples that rows become."""
        import numpy as np

        kept = self._kept(times)
        values, times, rows = values[kept], times[kept], rows[kept]
        if not len(times):
            return Samples(values, rows, times)
        before = self.last if self.last is not None else times[0]
        steps = np.diff(times, prepend=before)
        self._learn(steps)
        self.last = float(times[-1])
        return self._filled(Samples(values, rows, times), steps)

    def remarks(self) -> list[str]:
        """Return what was not as in a regular series."""
        every = f", one every {duration_text(round(self.interval, 3))} expected" if self.interval else ""
        told = [
            (self.missing, f"{self.missing:,} missing rows taken for gaps{every}"),
            (self.doubled, f"{self.doubled:,} rows left out whose time had come before"),
            (self.late, f"{self.late:,} rows left out that came after later ones"),
            (self.untimed, f"{self.untimed:,} rows left out that have no time"),
            (self.set_back, f"the clock was set back {self.set_back:,} time" + "s" * (self.set_back > 1)),
            (self.irregular, "times at unequal distances: rows are taken one after another"),
        ]
        return [text for count, text in told if count]

    def _kept(self, times: NDArray[float64]) -> NDArray[int64]:
        """Return which rows come later than all before them."""
        import numpy as np

        first = -np.inf if self.last is None else self.last
        if np.isfinite(times).all() and len(times) and times[0] > first and (np.diff(times) > 0).all():
            self.waiting = []
            return np.arange(len(times))
        kept = list[int]()
        newest = first
        for at, time in enumerate(times.tolist()):
            if not np.isfinite(time):
                self.untimed += 1
            elif time > newest or self._is_set_back(time, newest):
                kept.append(at)
                newest, self.waiting = time, []
        return np.array(kept, dtype=np.int64)

    def _is_set_back(self, time: float, newest: float) -> bool:
        """Count a row that is not later than all before; whether so many came that they are the true time."""
        if time == newest:
            self.doubled += 1
            return False
        self.late += 1
        self.waiting = [*self.waiting, time] if self.waiting and time > self.waiting[-1] else [time]
        if len(self.waiting) < _BACK:
            return False
        self.late -= 1
        self.set_back += 1
        return True

    def _learn(self, steps: NDArray[float64]) -> None:
        import numpy as np

        if self.interval is not None or self.irregular:
            return
        self.steps = [*self.steps, *steps[steps > 0][:_LOOKED_AT].tolist()]
        if len(self.steps) < _FEWEST:
            return
        usual = float(np.median(self.steps))
        near = float((np.abs(np.array(self.steps) - usual) <= _NEAR * usual).mean())
        if near >= _ALIKE:
            self.interval, self.steps = usual, []
        elif len(self.steps) >= _LOOKED_AT:
            self.irregular, self.steps = True, []

    def _filled(self, samples: Samples, steps: NDArray[float64]) -> Samples:
        """Return samples with a missing one for each row that should have come."""
        import numpy as np

        if self.interval is None or samples.times is None:
            return samples
        # Rounding before the cut keeps a distance that is infinite or huge within an integer.
        gaps = np.clip(np.round(steps / self.interval) - 1, 0, None)
        self.missing += int(min(gaps.sum(), 2.0**62))
        counts = np.where(gaps > _LONGEST_GAP, _LONGEST_GAP + (gaps - _LONGEST_GAP) % self.season, gaps).astype(
            np.int64
        )
        if not counts.any():
            return samples
        at = np.repeat(np.arange(len(counts)), counts)
        of_gap: NDArray[int64] = np.arange(len(at)) - np.repeat(np.cumsum(counts) - counts, counts)
        missed: NDArray[float64] = samples.times[at] - (counts[at] - of_gap) * self.interval
        return Samples(
            np.insert(samples.values, at, float("nan")),
            np.insert(samples.rows, at, -1),
            np.insert(samples.times, at, missed),
        )
