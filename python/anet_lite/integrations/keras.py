"""Keras 3 with its torch backend: a callback that observes the loss and the gradients of each batch."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, NamedTuple

from anet_lite._internal.log_once import LogOnce
from anet_lite._internal.optional_import import need
from anet_lite.integrations.logged_signals import LoggedSignals
from anet_lite.integrations.method_hook import MethodHook
from anet_lite.integrations.session import Session
from anet_lite.policy.carried import refuse_idle

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from keras.callbacks import Callback

    from anet_lite import Monitor
    from anet_lite.policy import Guard
    from anet_lite.tracker import Tracker

keras: Any = need("keras", "keras")
if not TYPE_CHECKING:
    Callback = keras.callbacks.Callback


RATE = "_get_current_learning_rate"
"""The method from which an optimizer of Keras takes the rate of a step: a variable's value, or that of a schedule."""


class _StepSignals(NamedTuple):
    """Which signals were measured in a step, in the order of their numbers."""

    step: int
    names: list[str]


class AnetCallback(Callback):
    """Watches ``fit``: the loss of each batch, gradient norm before clipping, noise, update norm and rate.

    The loss is what ``compute_loss`` returns: the loss in Keras's logs is a mean over the epoch. Nothing is waited for
    in a batch: snapshots come up to two intervals late. Where the guard says ``stop``, training stops at the next
    batch. Nothing is ever raised.

    Args:
        monitor: Where the signals go; by default a new one.
        guard: What to do about alarms, such as ``Guard(Stop())``; by default they are logged in words. `LowerLR` scales
            the rate of each step, under any schedule; `SkipStep` is refused.
        trackers: Where the snapshots go, such as ``[TensorBoardTracker("runs")]``.
        every: Steps in an interval. Noise and update are measured in its last step.
        ema: Share of the past in the gradient's running mean, which costs one copy of the model; the update costs one
            more.
        signals: Named signals among the logs of an epoch: names, or directions by name; by default every name whose
            direction is known, such as ``val_loss`` and ``val_accuracy``. They belong to the epoch's last step.
        on_bad_save: What becomes of a checkpoint of ``ModelCheckpoint`` before which the model is found not finite:
            ``refuse`` leaves the file and the best value as they are; ``mark`` lets it be saved, with what is wrong in
            ``<file>.anet.json``, as that of a failing run always is; ``keep`` looks at nothing. Each is looked at when
            it is due, which waits for the device. The callback of ``ModelCheckpoint`` must be in the same list.
        backup: A JSON file that holds the state, as ``BackupAndRestore`` holds the model's: written after each epoch,
            read when training begins, removed when it ends.

    Raises:
        ImportError: Keras is not installed.
        ValueError: Its backend is not torch, the guard's policy cannot be carried out, or ``on_bad_save`` is none of
            the three.

    """

    def __init__(
        self,
        monitor: Monitor | None = None,
        *,
        guard: Guard | None = None,
        trackers: Sequence[Tracker] = (),
        every: int = 8,
        ema: float = 0.9,
        signals: Mapping[str, str] | Iterable[str] | None = None,
        backup: str | os.PathLike[str] | None = None,
        on_bad_save: str = "refuse",
    ) -> None:
        Callback.__init__(self)
        if keras.backend.backend() != "torch":
            raise ValueError(f"KERAS_BACKEND must be torch, got {keras.backend.backend()}")
        self._torch = need("torch", "torch")
        inner = "anet_lite.integrations.torch.measure"
        norms, ema_, copies = (need(f"{inner}.{name}", "torch") for name in ("norms", "ema", "param_copies"))
        self._squares, self._gradient_ema, self._copies = norms.squares, ema_.GradientEma(ema), copies.ParamCopies()
        self._reader = need("anet_lite.integrations.torch.device.async_copy", "torch").DelayedReader()
        refuse_idle(guard, ("scale_lr",), "AnetCallback")
        self._saving = need("anet_lite.integrations.torch.act.saving", "torch").Saving(on_bad_save)
        self._signals = LoggedSignals(monitor, signals)
        self._session = Session(self._signals.monitor, guard, trackers)
        self._every, self._backup = every, None if backup is None else os.fspath(backup)
        self._log_once = LogOnce("watching fit")
        self._method_hooks: list[MethodHook] = []
        self._numbers: dict[str, Any] = {}
        self._rows: list[Any] = []
        self._interval: list[_StepSignals] = []
        self._applied: tuple[list[Any], list[Any], Any] | None = None
        self._next = 0
        self._inner: Any = None

    @property
    def monitor(self) -> Monitor:
        """The monitor."""
        return self._session.monitor

    def state_dict(self) -> dict[str, Any]:
        """Return what was learned, of plain types."""
        return {**self._session.state_dict(), "next": self._next}

    def load_state_dict(self, state: dict[str, Any]) -> None:
        """Go on from a state, with the same monitor and guard.

        Raises:
            ValueError: It is not a callback's state.

        """
        self._session.load_state_dict({name: value for name, value in state.items() if name != "next"})
        self._next = int(state.get("next", 0))

    def on_train_begin(self, logs: Any = None) -> None:  # noqa: ARG002
        """Put hooks on the model and its optimizer; go on from the backup if there is one."""
        with self._log_once:
            self._unhook()
            if self._backup is not None and os.path.exists(self._backup):
                with open(self._backup, encoding="utf-8") as file:
                    self.load_state_dict(json.load(file))
            self._inner = inner = getattr(self.model.optimizer, "inner_optimizer", self.model.optimizer)
            self._method_hooks = [
                MethodHook(self.model, "compute_loss", self._log_once, self._before_loss, self._observe_loss),
                MethodHook(inner, "apply", self._log_once, self._before_apply, self._after_apply),
                *self._checkpoint_hooks(),
            ]

    def _checkpoint_hooks(self) -> list[MethodHook]:
        """Stand before each checkpoint of the other callbacks."""
        from anet_lite.integrations.keras_checkpoint import CheckpointGate, beside

        gates = [CheckpointGate(one, self._saving, self._inspect, self._session.remarks) for one in beside(self)]
        return [hook for gate in gates for hook in gate.hooks(self._log_once)]

    def _inspect(self) -> Any:
        """Read every batch that is over, and look at all variables of the model."""
        inner = "anet_lite.integrations.torch.act"
        finite, saving = (need(f"{inner}.{name}", "torch") for name in ("finite", "saving"))
        self._drain()
        tensors = {one.path: one.value.detach() for one in self.model.variables if one.value.is_floating_point()}
        bad = tuple(finite.not_finite(tensors))
        return saving.Inspection(self._next - 1, self._session.status, len(tensors), bad)

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:  # noqa: ARG002
        """Close the step; at the end of an interval read the one before. Stop where the guard says so."""
        with self._log_once:
            if len(self._interval) >= self._every:  # not sooner: the logs of an epoch belong to its last step
                self._exchange()
            numbers, self._numbers = self._numbers, {}
            if numbers:
                self._interval.append(_StepSignals(self._next, list(numbers)))
                self._rows.extend(number.detach().double().reshape(1) for number in numbers.values())
                self._next += 1
            if self._session.should_stop:
                self.model.stop_training = True

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:  # noqa: ARG002
        """Take the named signals. Write the backup, as a whole or not at all."""
        with self._log_once:
            self._take_named(self._signals.of(logs or {}))
        if self._backup is None:
            return
        with self._log_once:
            self._drain()
            with open(f"{self._backup}.new", "w", encoding="utf-8") as file:
                json.dump(self.state_dict(), file)
            os.replace(f"{self._backup}.new", self._backup)

    def on_train_end(self, logs: Any = None) -> None:  # noqa: ARG002
        """Take the hooks off; read and write what is under way; remove the backup."""
        with self._log_once:
            self._unhook()
            self._drain()
            if self._backup is not None and os.path.exists(self._backup):
                os.remove(self._backup)
        self._session.conclude()
        self._session.flush()

    def _take_named(self, named: dict[str, Any]) -> None:
        """Add numbers of the host to the newest step; after a checkpoint that step has been read."""
        if not self._interval and named and self._next:
            self._drain()
            self._session.update(**named, step=self._next - 1)
        if self._interval:
            self._interval[-1].names.extend(named)
            values = self._torch.as_tensor([float(value) for value in named.values()], dtype=self._rows[-1].dtype)
            self._rows.append(values.to(self._rows[-1].device))

    def _unhook(self) -> None:
        for hook in self._method_hooks:
            hook.remove()
        self._method_hooks = []

    def _before_loss(self, *_: Any, training: bool = True, **__: Any) -> None:
        self._training = training

    def _observe_loss(self, loss: Any) -> None:
        if self._training:
            self._numbers["loss"] = loss.detach()

    def _before_apply(self, grads: Sequence[Any], trainable_variables: Any = None) -> None:
        """Measure the gradients; in the last step of an interval their noise too, and note the parameters."""
        self._scale_rate()
        optimizer, variables = self.model.optimizer, trainable_variables or self.model.trainable_variables
        pairs = [(variable.value, grad) for variable, grad in zip(variables, grads) if grad is not None]
        scale = optimizer.loss_scale_factor or 1.0
        parameters = [parameter for parameter, _ in pairs]
        found = [grad / scale if scale != 1.0 else grad for _, grad in pairs]
        device = parameters[0].device
        self._numbers["grad_norm"] = self._squares(found, device).sum().sqrt()
        rate = optimizer.learning_rate
        self._numbers["lr"] = self._torch.as_tensor(getattr(rate, "value", rate), device=device)
        if len(self._interval) % self._every + 1 == self._every:
            _, noise = self._gradient_ema.squares(parameters, found, device)
            self._numbers["noise"] = noise.sqrt().sum()
            self._copies.before(parameters)
            self._applied = parameters, found, device

    def _scale_rate(self) -> None:
        """Let this step use a part of its rate, whatever schedule gives it; callbacks between steps find the whole."""
        factor = self._session.guard.rate_factor
        self._restore_rate()
        if factor != 1.0:
            scheduled = getattr(self._inner, RATE)
            self._inner.__dict__[RATE] = lambda: scheduled() * factor

    def _restore_rate(self) -> None:
        self._inner.__dict__.pop(RATE, None)

    def _after_apply(self, _: Any) -> None:
        self._restore_rate()
        applied, self._applied = self._applied, None
        if applied is not None:
            update, *_ = self._copies.after(*applied)
            self._numbers["step_norm"] = update.sum().sqrt()

    def _exchange(self) -> None:
        """Read the last interval and start the copy of this one to the host."""
        for interval, values in self._reader.take():
            self._update(interval, values)
        if self._rows:
            self._reader.put(self._torch.cat(self._rows), self._interval)
        self._rows, self._interval = [], []

    def _drain(self) -> None:
        self._exchange()
        self._exchange()

    def _update(self, interval: list[_StepSignals], values: list[float]) -> None:
        rest = iter(values)
        for step, names in interval:
            signals: dict[str, Any] = {name: next(rest) for name in names}
            self._session.update(**signals, step=step)
