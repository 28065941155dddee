"""The callback: the session of a training, and what Keras calls."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from anet_lite._internal.log_once import LogOnce
from anet_lite._internal.optional_import import need
from anet_lite.integrations.keras.checkpoint import CheckpointGate, beside
from anet_lite.integrations.keras.tap import NOTHING_CAME, Options, Tap, tap_class
from anet_lite.integrations.logged_signals import LoggedSignals
from anet_lite.integrations.saving import Inspection, Saving
from anet_lite.integrations.session import Session
from anet_lite.policy.carried import refuse_idle

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from keras.callbacks import Callback

    from anet_lite import Monitor
    from anet_lite.integrations.method_hook import MethodHook
    from anet_lite.policy import Guard
    from anet_lite.tracker import Tracker

keras: Any = need("keras", "keras")
if not TYPE_CHECKING:
    Callback = keras.callbacks.Callback


class AnetCallback(Callback):
    """Watches ``fit``: the loss of each batch, the gradient norm before clipping, and the rate.

    With the torch backend noise and update norm as well. The loss is what ``compute_loss`` returns: the loss in Keras's
    logs is a mean over the epoch. Nothing is waited for in a batch: with torch, snapshots come up to two intervals
    late, with TensorFlow one, with JAX when the device has computed them. Where the guard says ``stop``, training stops
    at the next batch. Nothing is ever raised.

    Args:
        monitor: Where the signals go; by default a new one.
        guard: What to do about alarms, such as ``Guard(Stop())``; by default they are logged in words. `LowerLR` scales
            the rate of each step, under any schedule; with JAX, whose step is compiled as a whole, it needs
            ``Guard(..., set_scale=...)``. `SkipStep` is refused.
        trackers: Where the snapshots go, such as ``[TensorBoardTracker("runs")]``.
        every: Steps in an interval. With torch, noise and update are measured in its last step.
        ema: With torch: share of the past in the gradient's running mean, which costs one copy of the model; the update
            costs one more.
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
        ValueError: Its backend is none of torch, JAX and TensorFlow, the guard's policy cannot be carried out, or
            ``on_bad_save`` is none of the three.

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
        make = tap_class(keras.backend.backend())
        refuse_idle(guard, make.carried, "AnetCallback")
        self._saving = Saving(on_bad_save)
        self._gates: list[MethodHook] = []
        self._signals = LoggedSignals(monitor, signals)
        self._session = Session(self._signals.monitor, guard, trackers)
        self._backup = None if backup is None else os.fspath(backup)
        self._log_once = LogOnce("watching fit")
        factor = lambda: self._session.guard.rate_factor  # noqa: E731
        self._tap: Tap = make(Options(self._take, self._log_once, factor, every, ema))
        self._held: dict[str, Any] = {}
        self._next = 0

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
            self._tap.remove()
            if self._backup is not None and os.path.exists(self._backup):
                with open(self._backup, encoding="utf-8") as file:
                    self.load_state_dict(json.load(file))
            self._tap.begin(self.model)
            self._stand_before_checkpoints()

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:  # noqa: ARG002
        """Close the step. Stop where the guard says so."""
        with self._log_once:
            self._tap.end_batch()
            if self._session.should_stop:
                self.model.stop_training = True

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:  # noqa: ARG002
        """Take the named signals. Write the backup, as a whole or not at all."""
        with self._log_once:
            self._tap.drain()
            self._held.update(self._signals.of(logs or {}))
        if self._backup is None:
            return
        with self._log_once:
            self._give()
            with open(f"{self._backup}.new", "w", encoding="utf-8") as file:
                json.dump(self.state_dict(), file)
            os.replace(f"{self._backup}.new", self._backup)

    def on_train_end(self, logs: Any = None) -> None:  # noqa: ARG002
        """Take the hooks off; read and write what is under way; remove the backup."""
        with self._log_once:
            self._tap.remove()
            self._tap.drain()
            self._give()
            self._remove_gates()
            if self._backup is not None and os.path.exists(self._backup):
                os.remove(self._backup)
            if not self._next:
                raise RuntimeError(NOTHING_CAME)
        self._session.conclude()
        self._session.flush()

    def _stand_before_checkpoints(self) -> None:
        self._remove_gates()
        for one in beside(self):
            gate = CheckpointGate(one, self._saving, self._inspect, self._session.remarks)
            self._gates += gate.hooks(self._log_once)

    def _remove_gates(self) -> None:
        for hook in self._gates:
            hook.remove()
        self._gates = []

    def _inspect(self) -> Inspection:
        """Read every batch that is over, and look at all variables of the model with one wait for the device."""
        self._tap.drain()
        self._give()
        variables = [one for one in self.model.variables if "float" in str(one.dtype)]
        ops = keras.ops
        finite = ops.convert_to_numpy(ops.stack([ops.all(ops.isfinite(one)) for one in variables])) if variables else ()
        bad = tuple(one.path for one, good in zip(variables, finite) if not good)
        return Inspection(self._next - 1, self._session.status, len(variables), bad)

    def _take(self, signals: dict[str, Any]) -> None:
        """Hold a step until the next one comes: what is known at the end of an epoch belongs to its last step."""
        self._give()
        self._held = {**signals, "step": self._next}
        self._next += 1

    def _give(self) -> None:
        held, self._held = self._held, {}
        if held:
            held.setdefault("step", max(self._next - 1, 0))
            self._session.update(**held)
