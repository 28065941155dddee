"""One named stream: its rows put together, placed on a grid, and scored."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from anet_lite._internal.one_line import one_line
from anet_lite._native import AnetValueError
from anet_lite.stream.bins import Bins
from anet_lite.stream.grid import Grid
from anet_lite.stream.samples import Samples
from anet_lite.stream.series import Series

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy import bool_, float64, int64
    from numpy.typing import NDArray

    from anet_lite.stream.alarm import StreamAlarm
    from anet_lite.stream.rule import Rule
    from anet_lite.stream.strangest import Strangest


class Scores(NamedTuple):
    """What was said of samples, and the alarms that began or were over with one of them."""

    samples: Samples
    """The samples that rows became."""
    score: NDArray[float64]
    p_value: NDArray[float64]
    held: NDArray[bool_]
    """Whether only the stream's own habits kept a sample from alarming."""
    alarms: list[StreamAlarm]


def joined(pieces: Sequence[Scores]) -> Scores:
    """Return what was said of samples that followed each other as one."""
    import numpy as np

    times = [piece.samples.times for piece in pieces if piece.samples.times is not None]
    samples = Samples(
        np.concatenate([piece.samples.values for piece in pieces]),
        np.concatenate([piece.samples.rows for piece in pieces]),
        np.concatenate(times) if len(times) == len(pieces) else None,
    )
    return Scores(
        samples,
        np.concatenate([piece.score for piece in pieces]),
        np.concatenate([piece.p_value for piece in pieces]),
        np.concatenate([piece.held for piece in pieces]),
        [alarm for piece in pieces for alarm in piece.alarms],
    )


class Stream:
    """A stream, from rows to alarms."""

    def __init__(
        self, name: str, rule: Rule, interval: float | None, resample: str, strangest: Strangest, column: str
    ) -> None:
        self.bins: Bins | None = Bins.of(resample) if resample else None
        self.grid: Grid = Grid(self.bins.seconds if self.bins else interval or None, irregular=interval == 0)
        self.series: Series = Series(name, rule, strangest, column)
        self._rule = rule
        if self.grid.interval:
            self._settle(self.grid.interval)
        self.timed: bool | None = None
        """Whether rows have times; None before the first."""
        self.rows: int = 0
        """Rows taken."""

    def push(self, values: NDArray[float64], times: NDArray[float64] | None, rows: NDArray[int64]) -> Scores:
        """Take rows.

        Raises:
            ValueError: They have times and earlier ones had none, or the other way round; or they must have some.

        """
        self._check(times is not None)
        self.timed, self.rows = times is not None, self.rows + len(values)
        if times is None:
            return self._judged(Samples(values, rows))
        if self.bins:
            values, times, rows = self.bins.put(values, times, rows)
        return self._judged(self.grid.place(values, times, rows))

    def rest(self) -> Scores | None:
        """End the bin that fills, and return what is said of it, if there is one."""
        if self.bins is None or self.bins.open_at is None:
            return None
        return self._judged(self.grid.place(*self.bins.rest()))

    def _judged(self, samples: Samples) -> Scores:
        if self.grid.interval:
            self._settle(self.grid.interval)
        elif not self.series.is_settled:
            self._refuse_times()
        return Scores(samples, *self.series.push(samples))

    def _settle(self, interval: float) -> None:
        """Take the time between two samples. A long gap is cut by whole seasons of it, so that their clock goes on."""
        self.series.settle(interval)
        self.series.interval = interval
        self.grid.season = self._rule.longest_season(interval)

    def _refuse_times(self) -> None:
        name = one_line(self.series.name) or "the stream"
        if not self.timed:
            self._rule.refuse_times(f"{name} has no times")
        if self.grid.irregular:
            self._rule.refuse_times(f"the times of {name} come at unequal distances")

    def _check(self, timed: bool) -> None:
        name = one_line(self.series.name) or "the stream"
        if self.bins and not timed:
            raise AnetValueError(f"resample needs times, and {name} has none")
        if self.timed is not None and self.timed != timed:
            had, has = ("had times", "have none") if self.timed else ("had no times", "have some")
            raise AnetValueError(f"times: samples of {name} {had} so far, and these {has}")
