"""The watch over a training loop: hooks on the optimizer, and a session that takes the numbers one interval late."""

from __future__ import annotations

from math import nan
from typing import TYPE_CHECKING, Any, Callable, NamedTuple

import torch

from anet_lite._internal.log_once import LogOnce
from anet_lite._native import AnetTypeError, AnetValueError, known_signal
from anet_lite.integrations.batches import BatchIds
from anet_lite.integrations.remarks.remark import few
from anet_lite.integrations.torch.act.finite import not_finite, tensors_of
from anet_lite.integrations.torch.act.rate_scale import RateScale
from anet_lite.integrations.torch.act.saving import Inspection, Saving
from anet_lite.integrations.torch.device.async_copy import DelayedReader
from anet_lite.integrations.torch.device.buffer import HostBuffer
from anet_lite.integrations.torch.device.named_values import NamedValues
from anet_lite.integrations.torch.measure.parameters import optimizers_of
from anet_lite.integrations.torch.mistakes import Mistakes, checked_loss, forget
from anet_lite.integrations.torch.place.find import place_of
from anet_lite.integrations.torch.place.module_sums import ModuleSums, StepSums
from anet_lite.integrations.torch.place.words import say_place
from anet_lite.integrations.torch.ranks import RankCompare
from anet_lite.integrations.torch.readout import (
    Reading,
    Readout,
    group_norms,
    is_spoiled,
    nonfinite_gradients,
    nonfinite_noise,
)

if TYPE_CHECKING:
    from collections import deque

    from torch import Tensor
    from torch.optim import Optimizer

    from anet_lite import Alarm, Monitor, Snapshot
    from anet_lite.integrations.clock.stall import StallWatch
    from anet_lite.integrations.clock.step_clock import StepClock
    from anet_lite.integrations.remarks import Remark
    from anet_lite.integrations.session import Session
    from anet_lite.integrations.torch.device.buffer import HostRow
    from anet_lite.integrations.torch.device.layout import Layout
    from anet_lite.integrations.torch.measure.groups import Grouping, GroupNorms
    from anet_lite.integrations.torch.measure.step import Measure
    from anet_lite.integrations.torch.place.module_sums import Sum
    from anet_lite.integrations.torch.together import Together
    from anet_lite.policy import Action, Guard

__all__ = ["Reading", "Watch"]

#: Losses that may come before the first step of the optimizer, as under gradient accumulation. More than these are
#: taken for steps that were skipped; after the first step the most losses of any step so far take its place.
_FIRST_LOSSES = 16


#: Finite steps after which another one that is not finite has a place of its own.
_CLEAN = 50


class _Interval(NamedTuple):
    """What the host must know to read the buffer of an interval."""

    rows: list[HostRow]
    layout: Layout
    parameters: dict[str, Tensor]
    groups: dict[str, list[int]]
    named: NamedValues
    sums: StepSums
    others: dict[str, Tensor]
    times: dict[str, float]
    first: int
    """The first row that has not been read."""


class Watch:
    """Watches one model and its optimizer. Made by `attach`.

    Everything it shows is one interval late: after step t it knows the steps up to about t - every. Nothing of it ever
    raises into training; what fails is logged once and counted in `failures`.

    Attributes:
        monitor: The monitor that takes the signals.
        guard: What decides about each snapshot; its last decision is `action`.
        snapshot: The monitor's snapshot of the newest step that was read, None before the first.
        reading: The numbers of that step.
        layers: The norms of each group of parameters, when they were last measured.
        alarms: The last 256 alarms, the oldest first.
        action: What the guard decided last.
        steps: Steps counted.

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
        self.reading: Reading | None = None
        self.layers: dict[str, GroupNorms] = {}
        self.steps: int = 0
        self._measure, self._session, self._grouping = measure, session, grouping
        self._reader: DelayedReader[_Interval] = DelayedReader()
        self._readout = Readout(measure.ranks.size if measure.ranks else 1)
        self._ranks = RankCompare(measure.ranks.size) if measure.ranks and measure.ranks.size > 1 else None
        self._named = NamedValues()
        self._losses_per_step = 0
        self._step: int | None = None
        self._batch_id: object = None
        self._handles: list[Any] = []
        self._measuring = LogOnce("measuring the step")
        self._rate = RateScale(measure.optimizer, lambda: self.guard.rate_factor)
        self.saving: Saving = saving or Saving()
        self._first: int = 0
        self._decides_early = session.guard.needs == "skip_step"
        self._decided = False
        self._stall, self._clock, self._scaler = stall, clock, scaler
        self._batches = BatchIds(session.remarks)
        self._mistakes = Mistakes(measure.model, session.remarks, scaler is not None)
        self._clean = _CLEAN
        self._modules = ModuleSums(measure.model, LogOnce("looking at the modules")) if locate else None

    @property
    def monitor(self) -> Monitor:
        """The monitor that takes the signals."""
        return self._session.monitor

    @property
    def guard(self) -> Guard:
        """What decides about each snapshot."""
        return self._session.guard

    @property
    def snapshot(self) -> Snapshot | None:
        """The monitor's snapshot of the newest step that was read, None before the first."""
        return self._session.snapshot

    @property
    def action(self) -> Action | None:
        """What the guard decided last."""
        return self._session.action

    @property
    def alarms(self) -> deque[Alarm]:
        """The last 256 alarms, the oldest first."""
        return self._session.alarms

    @property
    def status(self) -> str:
        """The monitor's status at the newest step that was read; ``warming_up`` while no loss has come."""
        return self._session.status if self._mistakes.has_loss or self._session.status != "healthy" else "warming_up"

    @property
    def should_stop(self) -> bool:
        """Whether the guard has decided to stop. The loop's to obey."""
        return self._session.should_stop

    @property
    def failures(self) -> int:
        """How often measuring, the monitor, the guard or a callback failed; each kind was logged once."""
        hooks = self._measure.grad_hooks
        return self._measuring.failures + self._session.failures + (hooks.log_once.failures if hooks is not None else 0)

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
                self._take_loss(loss, grad_norm, samples, step, batch_id)
                self.named(**named)

    @torch.no_grad()
    def _take_loss(
        self, loss: Tensor | float, grad_norm: Tensor | float | None, samples: int, step: int | None, batch_id: object
    ) -> None:
        self._decided = False
        self._mistakes.took_loss()
        if self._measure.losses >= (self._losses_per_step or _FIRST_LOSSES):
            self._close(stepped=False)
        self._measure.loss(loss, grad_norm, samples)
        self._step = self._step if step is None else step
        self._batch_id = self._batch_id if batch_id is None else batch_id

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
            self._named.add(len(self._measure.buffer.rows), name, value)

    @torch.no_grad()
    def gradients(self) -> None:
        """Measure the gradients now rather than in the optimizer's step: call it before clipping them yourself."""
        with self._measuring:
            self._measure.gradients()

    @torch.no_grad()
    def skipped(self) -> None:
        """Say that the optimizer's step under way has been skipped; otherwise that is noticed with a later loss."""
        with self._measuring:
            if self._measure.losses:
                self._close(stepped=False)

    @torch.no_grad()
    def flush(self) -> None:
        """Read all that is under way. This waits for the device; every rank must call it or none."""
        with self._measuring:
            if self._measure.losses:
                self._close(stepped=False)
            if self._measure.buffer.rows:
                self._exchange()
        self._read_arrived()
        self._named.send()
        named, self._named = self._named.rows(), NamedValues()
        self._update_named(named)

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

    @property
    def remarks(self) -> deque[Remark]:
        """What was said of the loop itself, the newest 256."""
        return self._session.remarks.all

    @torch.no_grad()
    def inspect(self) -> Inspection:
        """Read every step that is over, and look at the whole model: parameters and buffers, trained or not.

        It waits for the device, and reads the model once. With several ranks every rank must call it.
        """
        with self._measuring:
            self._catch_up()
        model = self._measure.model
        tensors = {**tensors_of(model), **self._measure.find_others()}
        bad = not_finite(tensors, self._measure.ranks)
        step = self.reading.step if self.reading else -1
        return Inspection(step, self.status, len(tensors), tuple(bad))

    def may_save(self, checkpoint: str | None = None) -> bool:
        """Say whether the model is worth saving now: False where it is not finite.

        Call it before you save, on every rank, between two steps. It waits for the device, once a checkpoint. What is
        wrong is said once, with the last checkpoint that was good; that of a failing run may be saved, and is named
        too. ``attach(..., on_bad_save="keep")`` looks at nothing.

        Args:
            checkpoint: Its name in what is said; by default that of the step.

        """
        if self.saving.on_bad_save == "keep":
            return True
        with self._measuring:
            return self.saving.decide(self.inspect(), checkpoint, self._session.remarks)
        return True

    def state_dict(self) -> dict[str, Any]:
        """Return all that was learned, of plain types; nothing is changed or waited for.

        Steps that have not been read are not part of it, nor are the gradients' running means: they start again.
        """
        return {
            "steps": self.steps,
            "losses_per_step": self._losses_per_step,
            "skips": self._readout.skips,
            "noise_scale": self._readout.noise_scale.state_dict(),
            "batches": self._batches.state_dict(),
            **self._session.state_dict(),
        }

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from what `state_dict` gave. Steps that have not been read are forgotten.

        Raises:
            TypeError: The state is not a dict.
            ValueError: It is not a watch's state. Nothing is changed.

        """
        if not isinstance(state, dict):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise AnetTypeError(f"state must be a dict, got {type(state).__name__}")
        if state.keys() != {"steps", "losses_per_step", "skips", "monitor", "guard", "noise_scale", "batches"}:
            raise AnetValueError("state must be what Watch.state_dict gave")
        batches = BatchIds(self._session.remarks)
        batches.load_state_dict(state["batches"])
        self._session.load_state_dict({"monitor": state["monitor"], "guard": state["guard"]})
        self._readout.noise_scale.load_state_dict(state["noise_scale"])
        self._batches = batches
        self.steps, self._losses_per_step, self._readout.skips = (
            state[name] for name in ("steps", "losses_per_step", "skips")
        )
        self._forget()

    def hook(self, optimizer: Optimizer | Together) -> None:
        """Register the hooks of an optimizer's step."""
        self._handles += [
            optimizer.register_step_pre_hook(self._before),
            optimizer.register_step_post_hook(self._after),
        ]
        if self._clock is not None:
            self._handles.append(self._measure.model.register_forward_pre_hook(self._clock_forward, with_kwargs=True))

    def _clock_forward(self, model: torch.nn.Module, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        if self._clock is not None:
            with self._measuring:
                self._clock.forward(args, kwargs, model.training)

    @torch.no_grad()
    def _before(self, _: object, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Before the optimizer's step. With a closure the gradients come later, so it is measured in there."""
        with self._measuring:
            self._rate.apply()
            if not self._decides_early:
                self._measure.before()
            if kwargs.get("closure") is not None:
                return args, {**kwargs, "closure": self._within(kwargs["closure"])}
            if len(args) > 1 and args[1] is not None:
                return (args[0], self._within(args[1]), *args[2:]), kwargs
            self._measure.gradients()
            self._decide()
        return None

    def _within(self, closure: Callable[[], Any]) -> Callable[[], Any]:
        def measured() -> Any:
            loss = closure()
            if loss is not None and not self._measure.losses:
                self.loss(loss)
            self.gradients()
            with self._measuring:
                self._decide()
            return loss

        return measured

    @torch.no_grad()
    def _decide(self) -> None:
        """Under `SkipStep`: read the step now, which waits for the device, and drop the gradients of a bad one."""
        if not self._decides_early or self._decided:
            return
        self._decided = True
        self._close(stepped=True)
        self._read_arrived()
        if self.action is not None and self.action.kind == "skip_step" and not self.guard.dry_run:
            for parameter in self._measure.parameters.values():
                parameter.grad = None

    @torch.no_grad()
    def _after(self, *_: object) -> None:
        """After the optimizer's step."""
        if not self._decided:
            self._mistakes.stepped()
            with self._measuring:
                self._measure.after()
            with self._measuring:
                self._losses_per_step = max(self._losses_per_step, self._measure.losses)
                self._close(stepped=True)
        self._decided = False
        with self._measuring:
            self._rate.restore()

    def _close(self, stepped: bool) -> None:
        step = self.steps if self._step is None else self._step
        if not stepped:
            self._rate.apply()  # what a step would have used
        if self._modules is not None:
            self._modules.close(len(self._measure.buffer.rows))
        self._measure.close(step, self._batch_id, stepped)
        if not stepped:
            self._rate.restore()
        self.steps, self._step, self._batch_id = step + 1, None, None
        if self._stall is not None:
            self._stall.beat(step)
        if self._clock is not None:
            self._clock.stepped()
        if self._measure.buffer.is_full:
            self._take_scale()
            self._read_arrived()
            self._exchange()

    def _take_scale(self) -> None:
        """Take the scale of the loss, as a tensor that nothing waits for, and how many steps it cost."""
        if self._scaler is None:
            return
        scale = self._scaler._get_scale_async()
        last = len(self._measure.buffer.rows) - 1
        if scale is not None:
            self._named.add(last, "loss_scale", scale)
        self._named.add(last, "skip_share", self._mistakes.skip_share)

    def _exchange(self) -> None:
        """Start the copy of the buffer to the host, and begin another buffer."""
        buffer, parameters = self._measure.buffer, self._measure.parameters
        reduction = self._measure.ranks.sum(buffer.values) if self._measure.ranks else None
        groups = self._grouping.groups(list(parameters))
        interval = _Interval(
            buffer.rows,
            buffer.layout,
            dict(parameters),
            groups,
            self._named,
            self._sums(),
            self._measure.others,
            self._times(),
            self._first,
        )
        self._named.send()
        self._named = NamedValues()
        self._first = 0
        self._reader.put(buffer.values, interval, reduction)
        self._measure.open()

    def _times(self) -> dict[str, float]:
        return {} if self._clock is None else self._clock.take(self._measure.every)

    def _sums(self) -> StepSums:
        return StepSums() if self._modules is None else self._modules.take()

    def _catch_up(self) -> None:
        """Read every step that is over, which waits for the device. The interval under way goes on behind them."""
        self._read_arrived()
        buffer = self._measure.buffer
        over = len(buffer.rows)
        if over == self._first:
            return
        values = buffer.values.clone()
        reduction = self._measure.ranks.sum(values) if self._measure.ranks else None
        named, self._named = self._named.split(over)
        named.send()
        groups = self._grouping.groups(list(self._measure.parameters))
        interval = _Interval(
            list(buffer.rows),
            buffer.layout,
            dict(self._measure.parameters),
            groups,
            named,
            self._sums(),
            {},
            {},
            self._first,
        )
        self._first = over
        self._reader.put(values, interval, reduction)
        self._read_arrived()

    def _read_arrived(self) -> None:
        """Hand the intervals that have reached the host to the session."""
        for interval, values in self._reader.take():
            numbers = HostBuffer(interval.rows, interval.layout, values)
            named, sums = interval.named.rows(), interval.sums.rows()
            for row in range(interval.first, len(interval.rows)):
                with self._measuring:
                    self._update(numbers, row, interval, named.pop(row, {}), sums.get(row, []))
                if self._session.went_back:
                    return self._forget()
            self._update_named(named)
        return None

    def _forget(self) -> None:
        """Forget what is under way: the rows after a checkpoint to which the run went back."""
        self._session.went_back = False
        self._reader.clear()
        self._named = NamedValues()
        self._first = 0
        self._measure.open()

    def _update(
        self, numbers: HostBuffer, row: int, interval: _Interval, named: dict[str, float], sums: list[Sum]
    ) -> None:
        """Update the session with one step: the groups where they were measured, and the whole."""
        host = numbers.rows[row]
        groups: dict[str, dict[str, float | None]] = {}
        reading = self._readout.reading(numbers, row)
        spoiled = self._spoiled(numbers, row, interval) if is_spoiled(reading) else []
        clean = self._clean
        if host.measured and not reading.skipped:
            noisy = set(nonfinite_noise(numbers))
            self._measure.noise.restart(p for at, p in enumerate(interval.parameters.values()) if at in noisy)
            self.layers = group_norms(numbers, row, interval.groups)
            groups = {name: {**norms._asdict(), "lr": reading.lr} for name, norms in self.layers.items()}
        elif spoiled:
            named_bad = self._grouping.groups(spoiled)
            groups = {name: {"grad_norm": nan} for name in named_bad}
        if row == interval.layout.steps - 1:
            named = {**named, **self._of_interval(numbers, interval, host.step)}
        self.reading = reading
        self._session.update(
            groups=groups,
            loss=reading.loss,
            grad_norm=reading.grad_norm,
            step_norm=reading.step_norm,
            noise=reading.noise,
            lr=reading.lr,
            step=reading.step,
            batch_id=host.batch_id,
            **named,
        )
        self._clean = 0 if is_spoiled(reading) else self._clean + 1
        self._mistakes.read(reading.step, reading.loss, reading.skipped)
        if row == interval.layout.steps - 1:
            self._mistakes.interval()
        self._batches.take(reading.step, host.batch_id)
        if is_spoiled(reading) and clean >= _CLEAN:
            self._say_place(reading, spoiled, numbers, row, sums, host.batch_id)

    def _of_interval(self, numbers: HostBuffer, interval: _Interval, step: int) -> dict[str, float]:
        """Return what is known once an interval, as named signals of its last step."""
        found = dict(interval.times)
        if interval.others:
            found["nonfinite_tensors"] = self._count_spoiled(numbers, interval)
        if self._ranks is not None:
            apart = self._ranks.take(numbers, step, interval.layout.steps, self._session.remarks)
            if apart is not None:
                found["ranks_out_of_sync"] = float(apart)
        return found

    def _count_spoiled(self, numbers: HostBuffer, interval: _Interval) -> float:
        """Return how many tensors that no gradient trains are not finite, on all ranks; name those of this rank."""
        count = numbers.part("spoiled")
        if count:
            names = not_finite(interval.others)
            values = {"count": len(names), "total": len(interval.others)}
            self._session.remarks.say(
                "spoiled", None, tuple(names), names=few(names, self._session.remarks.lang), **values
            )
        return count

    def _spoiled(self, numbers: HostBuffer, row: int, interval: _Interval) -> list[str]:
        """Return the names of parameters whose gradient was not finite."""
        names = list(interval.parameters)
        return [names[index] for index in nonfinite_gradients(numbers, row)]

    def _say_place(
        self, reading: Reading, spoiled: list[str], numbers: HostBuffer, row: int, sums: list[Sum], batch_id: object
    ) -> None:
        measured = sum(square != 0 for square in numbers.gradients(row))
        place = place_of(sums, reading.loss, spoiled, measured)
        looked = self._modules is not None or numbers.cell(row, "grad_count") > 0
        say_place(self._session.remarks, place, reading.step, batch_id, looked)

    def _update_named(self, rows: dict[int, dict[str, float]]) -> None:
        """Update the session with what no step followed, such as the last evaluation."""
        for named in rows.values():
            signals: dict[str, Any] = {**named, "step": self.reading.step if self.reading else None}
            self._session.update(**signals)
