"""The watch over a training loop: hooks on the optimizer, numbers one interval late, a monitor that hears them."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, Callable, NamedTuple

import torch

from anet_lite._internal.log_once import LogOnce
from anet_lite._native import AnetTypeError, AnetValueError
from anet_lite.integrations.torch.device.async_copy import LateReader
from anet_lite.integrations.torch.device.buffer import Numbers
from anet_lite.integrations.torch.readout import Reading, Teller, layer_norms, restarts
from anet_lite.policy import load_both

if TYPE_CHECKING:
    from torch import Tensor

    from anet_lite import Alarm, Monitor, Snapshot
    from anet_lite.integrations.torch.device.buffer import Row
    from anet_lite.integrations.torch.measure.groups import Layers, Norms
    from anet_lite.integrations.torch.measure.step import Measure
    from anet_lite.policy import Action, Guard

__all__ = ["Reading", "Watch"]

#: Losses that may come before the first step of the optimizer: more are taken for steps that were skipped.
_PATIENCE = 16
_KEPT = 256


class _Label(NamedTuple):
    """What must be known when a packet is read."""

    rows: list[Row]
    steps: int
    parameters: list[Tensor]
    groups: dict[str, list[int]]


class Watch:
    """Watches one model and its optimizer. Made by `attach`.

    Everything it shows is one interval late: after step t it knows the steps up to about t - every. Nothing of it ever
    raises into training; what fails is logged once and counted in `failures`.

    Attributes:
        monitor: The monitor that is told.
        guard: What decides about each snapshot; its last decision is `action`.
        snapshot: What the monitor said of the newest step that was read, None before the first.
        reading: The numbers of that step.
        layers: The norms of each group of parameters, when they were last measured.
        alarms: The last 256 alarms, the oldest first.
        action: What the guard decided last.
        steps: Steps counted.

    """

    def __init__(
        self,
        measure: Measure,
        monitor: Monitor,
        layers: Layers,
        guard: Guard,
        on_snapshot: Callable[[Snapshot], object] | None,
    ) -> None:
        self.monitor = monitor
        self.guard = guard
        self.snapshot: Snapshot | None = None
        self.reading: Reading | None = None
        self.layers: dict[str, Norms] = {}
        self.alarms: deque[Alarm] = deque(maxlen=_KEPT)
        self.action: Action | None = None
        self.steps: int = 0
        self._measure, self._grouping, self._on_snapshot = measure, layers, on_snapshot
        self._reader = LateReader()
        self._teller = Teller(measure.ranks.size if measure.ranks else 1)
        self._usual = 0
        self._step: int | None = None
        self._batch_id: object = None
        self._handles: list[Any] = []
        self._measuring = LogOnce("measuring the step")
        self._hearing = LogOnce("the monitor")
        self._acting = LogOnce("acting on a snapshot")

    @property
    def status(self) -> str:
        """The monitor's word on the newest step that was read."""
        return "warming_up" if self.snapshot is None else self.snapshot.status

    @property
    def should_stop(self) -> bool:
        """Whether the guard has decided to stop. The loop's to obey."""
        return self.action is not None and self.action.kind == "stop"

    @property
    def failures(self) -> int:
        """How often something of the watch failed; each kind was logged once."""
        spy = self._measure.spy.quiet.failures if self._measure.spy is not None else 0
        return self._measuring.failures + self._hearing.failures + self._acting.failures + spy

    @torch.no_grad()
    def loss(
        self,
        loss: Tensor | float,
        *,
        grad_norm: Tensor | float | None = None,
        samples: int = 0,
        step: int | None = None,
        batch_id: object = None,
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

        """
        with self._measuring:
            if self._measure.losses >= (self._usual or _PATIENCE):
                self._close(stepped=False)
            self._measure.loss(loss, grad_norm, samples)
            self._step = self._step if step is None else step
            self._batch_id = self._batch_id if batch_id is None else batch_id

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
            if self._measure.packet.rows:
                self._exchange()
        self._tell_what_came()

    def detach(self) -> None:
        """Read all that is under way and take every hook off."""
        self.flush()
        for handle in self._handles:
            handle.remove()
        self._handles.clear()
        if self._measure.spy is not None:
            self._measure.spy.remove()

    def state_dict(self) -> dict[str, Any]:
        """Return all that was learned, of plain types; nothing is changed or waited for.

        Steps that have not been read are not part of it, nor are the gradients' running means: they start again.
        """
        return {
            "steps": self.steps,
            "usual": self._usual,
            "skips": self._teller.skips,
            "monitor": self.monitor.state_dict(),
            "guard": self.guard.state_dict(),
            "noise_scale": self._teller.noise_scale.state_dict(),
        }

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from what `state_dict` gave. Steps that have not been read are forgotten.

        Raises:
            TypeError: The state is not a dict.
            ValueError: It is not a watch's state. Nothing is changed.

        """
        if not isinstance(state, dict):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise AnetTypeError(f"state must be a dict, got {type(state).__name__}")
        if state.keys() != {"steps", "usual", "skips", "monitor", "guard", "noise_scale"}:
            raise AnetValueError("state must be what Watch.state_dict gave")
        load_both(self.guard, self.monitor, state)
        self._teller.noise_scale.load_state_dict(state["noise_scale"])
        self.steps, self._usual, self._teller.skips = state["steps"], state["usual"], state["skips"]
        self._reader.clear()
        self._measure.open()

    def hook(self, optimizer: torch.optim.Optimizer) -> None:
        """Put the hooks on an optimizer."""
        self._handles += [
            optimizer.register_step_pre_hook(self._before),
            optimizer.register_step_post_hook(self._after),
        ]

    @torch.no_grad()
    def _before(self, _: object, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Before the optimizer's step. With a closure the gradients come later, so it is measured in there."""
        with self._measuring:
            self._measure.before()
            if kwargs.get("closure") is not None:
                return args, {**kwargs, "closure": self._within(kwargs["closure"])}
            if len(args) > 1 and args[1] is not None:
                return (args[0], self._within(args[1]), *args[2:]), kwargs
            self._measure.gradients()
        return None

    def _within(self, closure: Callable[[], Any]) -> Callable[[], Any]:
        def measured() -> Any:
            loss = closure()
            if loss is not None and not self._measure.losses:
                self.loss(loss)
            self.gradients()
            return loss

        return measured

    @torch.no_grad()
    def _after(self, *_: object) -> None:
        """After the optimizer's step."""
        with self._measuring:
            self._measure.after()
        with self._measuring:
            self._usual = max(self._usual, self._measure.losses)
            self._close(stepped=True)

    def _close(self, stepped: bool) -> None:
        step = self.steps if self._step is None else self._step
        self._measure.close(step, self._batch_id, stepped)
        self.steps, self._step, self._batch_id = step + 1, None, None
        if self._measure.packet.is_full:
            self._tell_what_came()
            self._exchange()

    def _exchange(self) -> None:
        """Send the packet on its way and begin another one."""
        packet, parameters = self._measure.packet, self._measure.parameters
        summed = self._measure.ranks.sum(packet.values) if self._measure.ranks else None
        groups = self._grouping.groups(list(parameters))
        label = _Label(packet.rows, packet.steps, list(parameters.values()), groups)
        self._reader.put(packet.values, label, summed)
        self._measure.open()

    def _tell_what_came(self) -> None:
        for label, values in self._reader.take():
            numbers = Numbers(label.rows, label.steps, values)
            for row in range(len(label.rows)):
                with self._hearing:
                    self._tell(numbers, row, label)

    def _tell(self, numbers: Numbers, row: int, label: _Label) -> None:
        host = numbers.rows[row]
        reading = self._teller.reading(numbers, row)
        if host.measured and not reading.skipped:
            self._measure.noise.restart(label.parameters[place] for place in restarts(numbers))
            self.layers = layer_norms(numbers, row, label.groups)
            for name, norms in self.layers.items():
                self.monitor.group(name).update(**norms._asdict(), lr=reading.lr)
        self.reading = reading
        self.snapshot = self.monitor.update(
            reading.loss, reading.grad_norm, reading.step_norm, reading.noise, reading.lr, reading.step, host.batch_id
        )
        self.alarms.extend(self.snapshot.alarms)
        with self._acting:
            self._act(self.snapshot)

    def _act(self, snapshot: Snapshot) -> None:
        self.action = self.guard.step(snapshot)
        if self._on_snapshot is not None:
            self._on_snapshot(snapshot)
