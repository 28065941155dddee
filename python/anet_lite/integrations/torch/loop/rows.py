"""The rows that have reached the host, handed to the session step by step."""

from __future__ import annotations

from math import nan
from typing import TYPE_CHECKING, Any

from anet_lite.integrations.batches import BatchIds
from anet_lite.integrations.torch.loop.interval_signals import IntervalSignals
from anet_lite.integrations.torch.place.first import FirstPlace
from anet_lite.integrations.torch.readout import (
    Readout,
    group_norms,
    is_spoiled,
    nonfinite_gradients,
    nonfinite_noise,
    signals_of,
)

if TYPE_CHECKING:
    from anet_lite._internal.log_once import LogOnce
    from anet_lite.integrations.session import Session
    from anet_lite.integrations.torch.device.buffer import HostBuffer
    from anet_lite.integrations.torch.loop.interval import Interval, Intervals
    from anet_lite.integrations.torch.measure.groups import Grouping, GroupNorms
    from anet_lite.integrations.torch.measure.step import Measure
    from anet_lite.integrations.torch.mistakes import Mistakes
    from anet_lite.integrations.torch.place.module_sums import Sum
    from anet_lite.integrations.torch.readout import Reading


class RowReader:
    """Makes a reading of each row, and updates the session with it.

    Args:
        measure: What filled the rows.
        session: Where the readings go.
        grouping: The groups of parameters.
        mistakes: Where steps without a loss and skipped steps are counted.
        looks: Whether modules are looked at.
        log_once: Where errors stay, so that one row costs no other.

    """

    def __init__(
        self,
        measure: Measure,
        session: Session,
        grouping: Grouping,
        mistakes: Mistakes,
        looks: bool,
        log_once: LogOnce,
    ) -> None:
        ranks = measure.ranks.size if measure.ranks else 1
        self.reading: Reading | None = None
        self.layers: dict[str, GroupNorms] = {}
        self.readout: Readout = Readout(ranks)
        self.batches: BatchIds = BatchIds(session.remarks)
        self._measure, self._session, self._grouping, self._mistakes = measure, session, grouping, mistakes
        self._of_interval = IntervalSignals(
            ranks, session.remarks, measure.activations.names if measure.activations else ()
        )
        self._first_place = FirstPlace(session.remarks, looks)
        self._log_once = log_once

    def read(self, intervals: Intervals) -> None:
        """Update the session with what has arrived; forget what is under way where that sends the run back."""
        for interval, numbers in intervals.arrived():
            named, sums = interval.named.rows(), interval.sums.rows()
            for row in range(interval.first, len(interval.rows)):
                with self._log_once:
                    self._update(numbers, row, interval, named.pop(row, {}), sums.get(row, []))
                if self._session.went_back:
                    return self.forget(intervals)
            self.update_named(named)
        return None

    def forget(self, intervals: Intervals) -> None:
        """Forget what is under way."""
        self._session.went_back = False
        intervals.forget()

    def update_named(self, rows: dict[int, dict[str, float]]) -> None:
        """Update the session with what no step followed, such as the last evaluation."""
        for named in rows.values():
            signals: dict[str, Any] = {**named, "step": self.reading.step if self.reading else None}
            self._session.update(**signals)

    def _update(
        self, numbers: HostBuffer, row: int, interval: Interval, named: dict[str, float], sums: list[Sum]
    ) -> None:
        """Update the session with one step: the groups where they were measured, and the whole."""
        host, is_last = numbers.rows[row], row == interval.layout.steps - 1
        self.reading = reading = self.readout.reading(numbers, row)
        names = list(interval.parameters)
        spoiled = [names[at] for at in nonfinite_gradients(numbers, row)] if is_spoiled(reading) else []
        groups = self._groups(numbers, row, interval, reading, spoiled)
        if is_last:
            named = {**named, **self._norms(groups), **self._of_interval.take(numbers, interval, host.step)}
        self._session.update(groups=groups, batch_id=host.batch_id, **signals_of(reading), **named)
        self._mistakes.read(reading.step, reading.loss, reading.skipped)
        if is_last:
            self._mistakes.interval()
        self.batches.take(reading.step, host.batch_id)
        self._first_place.take(reading, spoiled, numbers, row, sums)

    def _norms(self, groups: dict[str, dict[str, float | None]]) -> dict[str, float]:
        """Return the norms of groups that the monitor records, by the names of a record."""
        known = self._session.monitor.signals if groups else {}
        norms = {f"{group}/{of}": value for group, signals in groups.items() for of, value in signals.items()}
        return {name: value for name, value in norms.items() if name in known and value is not None}

    def _groups(
        self, numbers: HostBuffer, row: int, interval: Interval, reading: Reading, spoiled: list[str]
    ) -> dict[str, dict[str, float | None]]:
        """Return the signals of groups; between measured rows only the groups whose gradient is not finite."""
        if not numbers.rows[row].measured or reading.skipped:
            return {name: {"grad_norm": nan} for name in self._grouping.groups(spoiled)}
        noisy = set(nonfinite_noise(numbers))
        self._measure.noise.restart(p for at, p in enumerate(interval.parameters.values()) if at in noisy)
        self.layers = group_norms(numbers, row, interval.groups)
        return {name: {**norms._asdict(), "lr": reading.lr} for name, norms in self.layers.items()}
