"""Losses come in, a step ends or is skipped, and with every interval the rows go off to the host."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import Tensor

    from anet_lite.integrations.clock.stall import StallWatch
    from anet_lite.integrations.clock.step_clock import StepClock
    from anet_lite.integrations.torch.act.rate_scale import RateScale
    from anet_lite.integrations.torch.loop.interval import Intervals
    from anet_lite.integrations.torch.loop.rows import RowReader
    from anet_lite.integrations.torch.measure.step import Measure
    from anet_lite.integrations.torch.mistakes import Mistakes

#: Losses that may come before the first step of the optimizer, as under gradient accumulation. More than these are
#: taken for steps that were skipped; after the first step the most losses of any step so far take its place.
_FIRST_LOSSES = 16


class Steps:
    """Counts the steps of a loop, and ends the row of each.

    Args:
        measure: What fills the rows.
        intervals: What sends them off.
        rows: What reads them.
        mistakes: Where losses without a step are counted.
        rate: The part of the scheduled rate that a step uses.
        stall: What waits for steps.
        clock: What times them.
        scaler: The loss scaler, whose scale is taken once an interval.

    """

    def __init__(
        self,
        measure: Measure,
        intervals: Intervals,
        rows: RowReader,
        mistakes: Mistakes,
        rate: RateScale,
        stall: StallWatch | None,
        clock: StepClock | None,
        scaler: Any,
    ) -> None:
        self.count: int = 0
        self.losses_per_step: int = 0
        """The most losses of any step so far."""
        self.is_decided: bool = False
        """Whether the step under way has ended before it is taken, as `SkipStep` wants it."""
        self._measure, self._intervals, self._rows, self._mistakes = measure, intervals, rows, mistakes
        self._rate, self._stall, self._clock, self._scaler = rate, stall, clock, scaler
        self._step: int | None = None
        self._batch_id: object = None

    def take_loss(
        self, loss: Tensor | float, grad_norm: Tensor | float | None, samples: int, step: int | None, batch_id: object
    ) -> None:
        """Take a loss of the step under way. More losses than a step ever had mean that one was skipped."""
        self.is_decided = False
        self._mistakes.took_loss()
        if self._measure.losses >= (self.losses_per_step or _FIRST_LOSSES):
            self.close(stepped=False)
        self._measure.loss(loss, grad_norm, samples)
        self._step = self._step if step is None else step
        self._batch_id = self._batch_id if batch_id is None else batch_id

    def skip(self) -> None:
        """End a step that the optimizer does not take."""
        if self._measure.losses:
            self.close(stepped=False)

    def close_taken(self) -> None:
        """End a step that the optimizer has taken."""
        self.losses_per_step = max(self.losses_per_step, self._measure.losses)
        self.close(stepped=True)

    def decide(self) -> None:
        """End a step that is about to be taken, and read it now, which waits for the device."""
        self.is_decided = True
        self.close(stepped=True)
        self._rows.read(self._intervals)

    def close(self, stepped: bool) -> None:
        """End the row, and with the last one the interval."""
        step = self.count if self._step is None else self._step
        if not stepped:
            self._rate.apply()  # what a step would have used
        self._intervals.close_row(step, self._batch_id, stepped)
        if not stepped:
            self._rate.restore()
        self.count, self._step, self._batch_id = step + 1, None, None
        if self._stall is not None:
            self._stall.beat(step)
        if self._clock is not None:
            self._clock.stepped()
        if self._measure.buffer.is_full:
            self._end_interval()

    def catch_up(self) -> None:
        """Read every step that is over, which waits for the device. The interval under way goes on behind them."""
        self._rows.read(self._intervals)
        self._intervals.send_rows()
        self._rows.read(self._intervals)

    def _end_interval(self) -> None:
        self._take_scale()
        self._rows.read(self._intervals)
        self._intervals.send()

    def _take_scale(self) -> None:
        """Take the scale of the loss, as a tensor that nothing waits for, and how many steps it cost."""
        if self._scaler is None:
            return
        scale, last = self._scaler._get_scale_async(), self._intervals.row - 1
        if scale is not None:
            self._intervals.named.add(last, "loss_scale", scale)
        self._intervals.named.add(last, "skip_share", self._mistakes.skip_share)
