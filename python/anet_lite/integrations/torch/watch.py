"""The watch over a training loop: what a loop calls, and what is taken off when it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

from anet_lite._internal.log_once import LogOnce
from anet_lite._native import AnetTypeError, known_signal
from anet_lite.integrations.saving import Saving
from anet_lite.integrations.torch.act.rate_scale import RateScale
from anet_lite.integrations.torch.loop.checkpoint import Checkpointed
from anet_lite.integrations.torch.loop.interval import Intervals
from anet_lite.integrations.torch.loop.rows import RowReader
from anet_lite.integrations.torch.loop.step_hooks import StepHooks
from anet_lite.integrations.torch.loop.steps import Steps
from anet_lite.integrations.torch.measure.parameters import optimizers_of
from anet_lite.integrations.torch.mistakes import Mistakes, checked_loss, forget
from anet_lite.integrations.torch.place.module_sums import ModuleSums
from anet_lite.integrations.torch.readout import Reading

if TYPE_CHECKING:
    from torch import Tensor
    from torch.optim import Optimizer

    from anet_lite.integrations.clock.stall import StallWatch
    from anet_lite.integrations.clock.step_clock import StepClock
    from anet_lite.integrations.session import Session
    from anet_lite.integrations.torch.measure.groups import Grouping
    from anet_lite.integrations.torch.measure.step import Measure
    from anet_lite.integrations.torch.together import Together

__all__ = ["Reading", "Watch"]


class Watch(Checkpointed):
    """Watches one model and its optimizer. Made by `attach`.

    Everything it shows is one interval late: after step t it knows the steps up to about t - every. Nothing of it ever
    raises into training; what fails is logged once and counted in `failures`.

    """

    def __init__(
        self,
        measure: Measure,
        session: Session,
        grouping: Grouping,
        saving: Saving | None = None,
        locate: bool = False,
        stall: StallWatch | None = None,
        clock: StepClock | None = None,
        scaler: Any = None,
    ) -> None:
        measuring = LogOnce("measuring the step")
        mistakes = Mistakes(measure.model, session.remarks, scaler is not None)
        rate = RateScale(measure.optimizer, lambda: session.guard.rate_factor)
        rows = RowReader(measure, session, grouping, mistakes, locate, measuring)
        self._modules = ModuleSums(measure.model, LogOnce("looking at the modules")) if locate else None
        intervals = Intervals(measure, grouping, self._modules, clock)
        steps = Steps(measure, intervals, rows, mistakes, rate, stall, clock, scaler)
        self._hooks = StepHooks(measure, session, steps, mistakes, rate, self.loss, measuring)
        super().__init__(saving or Saving(), intervals, measure, session, mistakes, rows, steps, measuring)
        self._stall, self._clock = stall, clock
        self._handles: list[Any] = []

    def loss(
        self,
        loss: Tensor | float,
        *,
        grad_norm: Tensor | float | None = None,
        samples: int = 0,
        step: int | None = None,
        batch_id: object = None,
        **named: Tensor | float | None,
    ) -> None:
        """Take the loss of a batch, any time before the optimizer's step. It is not waited for.

        Several losses before one step, as under gradient accumulation, count with their mean. Losses that no step
        follows, as where a loss scaler skips, become steps without a gradient.

        Args:
            loss: The loss as a tensor, on any device, or as a number; before it is divided for accumulation.
            grad_norm: What ``clip_grad_norm_`` returned: the norm before clipping. It is then not measured again.
            samples: Samples in this rank's batch, for the noise scale.
            step: Your number of the step; otherwise steps are counted. One not above the last is a resume.
            batch_id: Kept with the step, and named when it alarms.
            **named: Named signals of this step, as `named` takes them.

        Raises:
            TypeError: The first loss is no tensor and no number. Later nothing is raised.

        """
        if not self._mistakes.losses:
            checked_loss(loss)
        with self._measuring:
            if not self._mistakes.is_validation(checked_loss(loss)):
                with torch.no_grad():
                    self._steps.take_loss(loss, grad_norm, samples, step, batch_id)
                self.named(**named)

    @torch.no_grad()
    def named(self, **values: Tensor | float | None) -> None:
        """Take values of named signals, such as a reward, for the step under way or the next; they are not waited for.

        A tensor counts with its mean, several values of one step with theirs. Values are not averaged over ranks: give
        each rank the same. The direction of a name in common use is known, that of another one is said once, in
        ``attach(..., signals=...)`` or ``Monitor(signals=...)``.

        Args:
            **values: Values by name; None was not measured.

        """
        for name, value in values.items():
            if value is not None:
                self._take_named(name, value)

    def _take_named(self, name: str, value: Tensor | float) -> None:
        """Take a value; of a name without a direction nothing, since the monitor would refuse the whole step."""
        with self._measuring:
            if known_signal(name) is None and name not in self.monitor.signals:
                raise AnetTypeError(
                    f"{name} is a signal whose direction is not known: say attach(..., signals={{{name!r}: 'rises'}})"
                )
            self._intervals.named.add(self._intervals.row, name, value)

    @torch.no_grad()
    def gradients(self) -> None:
        """Measure the gradients now rather than in the optimizer's step: call it before clipping them yourself."""
        with self._measuring:
            self._measure.gradients()

    @torch.no_grad()
    def skipped(self) -> None:
        """Say that the optimizer's step under way has been skipped; otherwise that is noticed with a later loss."""
        with self._measuring:
            self._steps.skip()

    @torch.no_grad()
    def flush(self) -> None:
        """Read all that is under way. This waits for the device; every rank must call it or none."""
        with self._measuring:
            self._steps.skip()
            if self._intervals.row:
                self._intervals.send()
        self._rows.read(self._intervals)
        self._rows.update_named(self._intervals.take_rest())

    def detach(self) -> None:
        """Read all that is under way, take every hook off, and log what the run has come to unless it is healthy."""
        self.flush()
        self._mistakes.interval()
        forget(optimizers_of(self._measure.optimizer))
        self._session.conclude()
        for handle in self._handles:
            handle.remove()
        self._handles.clear()
        if self._modules is not None:
            self._modules.remove()
        if self._stall is not None:
            self._stall.stop()
        if self._clock is not None:
            self._clock.stop()
        if self._measure.grad_hooks is not None:
            self._measure.grad_hooks.remove()
        if self._measure.activations is not None:
            self._measure.activations.remove()

    def hook(self, optimizer: Optimizer | Together) -> None:
        """Register the hooks of an optimizer's step."""
        self._handles += self._hooks.register(optimizer)
        if self._clock is not None:
            self._handles.append(self._measure.model.register_forward_pre_hook(self._clock_forward, with_kwargs=True))

    def _clock_forward(self, model: torch.nn.Module, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        if self._clock is not None:
            with self._measuring:
                self._clock.forward(args, kwargs, model.training)
