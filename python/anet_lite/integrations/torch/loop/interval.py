"""The interval under way: its rows are filled, sent off when it is full, and given back one interval late."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from anet_lite.integrations.torch.device.async_copy import DelayedReader
from anet_lite.integrations.torch.device.buffer import HostBuffer
from anet_lite.integrations.torch.device.named_values import NamedValues
from anet_lite.integrations.torch.place.module_sums import StepSums

if TYPE_CHECKING:
    from torch import Tensor

    from anet_lite.integrations.clock.step_clock import StepClock
    from anet_lite.integrations.torch.device.buffer import HostRow
    from anet_lite.integrations.torch.device.layout import Layout
    from anet_lite.integrations.torch.measure.groups import Grouping
    from anet_lite.integrations.torch.measure.step import Measure
    from anet_lite.integrations.torch.place.module_sums import ModuleSums


class Interval(NamedTuple):
    """What the host must know to read the buffer of an interval."""

    rows: list[HostRow]
    layout: Layout
    parameters: dict[str, Tensor]
    groups: dict[str, list[int]]
    named: NamedValues
    sums: StepSums
    others: dict[str, Tensor]
    """Tensors that no gradient trains; none where the interval is not over."""
    times: dict[str, float]
    first: int
    """The first row that has not been read."""


class Intervals:
    """Sends the rows of one interval after the other to the host.

    Args:
        measure: What fills the rows.
        grouping: The groups of parameters.
        modules: The sums of modules, under ``locate``.
        clock: The times on the host, if they are wanted.

    """

    def __init__(
        self, measure: Measure, grouping: Grouping, modules: ModuleSums | None = None, clock: StepClock | None = None
    ) -> None:
        self._measure, self._grouping, self._modules, self._clock = measure, grouping, modules, clock
        self._reader: DelayedReader[Interval] = DelayedReader()
        self._first = 0
        self.named: NamedValues = NamedValues()
        """Named signals of the rows that have not been sent."""

    @property
    def row(self) -> int:
        """The row that is being filled."""
        return len(self._measure.buffer.rows)

    def close_row(self, step: int, batch_id: object, stepped: bool) -> None:
        """End the row. Where the buffer is full then, `send` must follow."""
        if self._modules is not None:
            self._modules.close(self.row)
        self._measure.close(step, batch_id, stepped)

    def send(self) -> None:
        """Start the copy of the buffer to the host, and begin another one."""
        others = self._measure.others
        times = {} if self._clock is None else self._clock.take(self._measure.every)
        named, self.named = self.named, NamedValues()
        self._start(self._measure.buffer.values, self._interval(named, others, times))
        self._first = 0
        self._measure.open()

    def send_rows(self) -> None:
        """Start the copy of the rows that are over. The interval goes on behind them."""
        if self.row == self._first:
            return
        named, self.named = self.named.split(self.row)
        self._start(self._measure.buffer.values.clone(), self._interval(named, {}, {}))
        self._first = self.row

    def arrived(self) -> list[tuple[Interval, HostBuffer]]:
        """Return what was sent before, in order."""
        return [
            (interval, HostBuffer(interval.rows, interval.layout, values)) for interval, values in self._reader.take()
        ]

    def take_rest(self) -> dict[int, dict[str, float]]:
        """Return the named signals that no step followed. This waits for the device."""
        named, self.named = self.named, NamedValues()
        named.send()
        return named.rows()

    def forget(self) -> None:
        """Forget what is under way: the rows after a checkpoint to which the run went back."""
        self._reader.clear()
        self.named = NamedValues()
        self._first = 0
        self._measure.open()

    def _interval(self, named: NamedValues, others: dict[str, Tensor], times: dict[str, float]) -> Interval:
        buffer, parameters = self._measure.buffer, dict(self._measure.parameters)
        groups = self._grouping.groups(list(parameters))
        sums = StepSums() if self._modules is None else self._modules.take()
        return Interval(list(buffer.rows), buffer.layout, parameters, groups, named, sums, others, times, self._first)

    def _start(self, values: Tensor, interval: Interval) -> None:
        reduction = self._measure.ranks.sum(values) if self._measure.ranks else None
        interval.named.send()
        self._reader.put(values, interval, reduction)
