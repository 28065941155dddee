"""Transformers: a callback for ``Trainer`` and its subclasses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anet_lite._internal.log_once import LogOnce
from anet_lite._internal.optional_import import need
from anet_lite.integrations.method_hook import MethodHook

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from transformers import TrainerCallback

    from anet_lite import Monitor
    from anet_lite.policy import Guard
    from anet_lite.tracker import Tracker

if not TYPE_CHECKING:
    TrainerCallback = need("transformers", "transformers").TrainerCallback

KEY = "anet_lite"
"""The name under which ``trainer_state.json`` holds the state, beside that of other callbacks."""


class AnetCallback(TrainerCallback):
    """Watches a trainer: the loss of each step, gradient norm before clipping, noise, update norm and rate.

    The loss is what ``training_step`` returns, not what the trainer logs: with the default settings that is 0.0 where
    the step's loss was NaN. The norm is what ``Accelerator.clip_grad_norm_`` returns. Nothing is waited for in a step:
    snapshots come up to two intervals late. They are the same on every rank of a distributed run; rank 0 writes
    to log and trackers. Monitor and guard are saved in ``trainer_state.json`` and restored into the objects given here.
    Where the guard says ``stop``, all ranks stop together. Nothing is ever raised.

    Args:
        trainer: The trainer, to which the callback is added: ``trainer.add_callback(AnetCallback(trainer))``.
        monitor: Where the signals go; by default a new one.
        guard: What to do about alarms, such as ``Guard(Stop())``; by default they are logged in words.
        trackers: Where the snapshots go, such as ``[TensorBoardTracker("runs")]``.
        every: Steps in an interval; this and what follows as for ``anet_lite.integrations.torch.attach``.
        ema: Share of the past in the gradient's running mean.
        lean: Use the moments that Adam keeps.
        layers: A regular expression that finds a group's name in a parameter's name.
        signals: Named signals among what the trainer logs: names, or directions by name; by default every name whose
            direction is known, such as ``reward``, ``kl``, ``entropy`` and ``eval_loss``. They belong to the step that
            follows the log.

    """

    def __init__(
        self,
        trainer: Any,
        monitor: Monitor | None = None,
        *,
        guard: Guard | None = None,
        trackers: Sequence[Tracker] = (),
        every: int = 8,
        ema: float = 0.9,
        lean: bool = False,
        layers: str | None = None,
        signals: Mapping[str, str] | Iterable[str] | None = None,
    ) -> None:
        from anet_lite.integrations.logged_signals import LoggedSignals
        from anet_lite.integrations.torch.callback import Attached

        options = {"every": every, "ema": ema, "lean": lean, "layers": layers}
        self._signals = LoggedSignals(monitor, signals)
        self._attached = Attached(self._signals.monitor, guard, trackers, options)
        self._trainer, self._every = trainer, every
        self._method_hooks: list[MethodHook] = []
        self._log_once = LogOnce("observing the trainer")
        self._loss: Any = None
        self._norm: Any = None

    @property
    def monitor(self) -> Monitor:
        """The monitor."""
        return self._attached.monitor

    @property
    def watch(self) -> Any:
        """What ``attach`` returned; None before training."""
        return self._attached.watch

    def on_train_begin(self, args: Any, state: Any, control: Any, optimizer: Any = None, **_: Any) -> None:  # noqa: ARG002
        """Attach, and go on from what the checkpoint holds."""
        with self._log_once:
            self._hook_trainer()
            restored = state.stateful_callbacks.get(KEY)
            if restored:
                self._attached.load_state_dict(restored)
            self._attached.begin(self._trainer.model_wrapped, optimizer, state.is_world_process_zero)

    def on_pre_optimizer_step(self, args: Any, state: Any, control: Any, **_: Any) -> None:  # noqa: ARG002
        """Hand over the loss of the batches since the last step, and the norm of their gradient."""
        loss, norm, self._loss, self._norm = self._loss, self._norm, None, None
        if loss is not None:
            self._attached.apply(lambda watch: watch.loss(loss, grad_norm=norm, step=state.global_step))

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:  # noqa: ARG002
        """Close a step that a loss scaler has skipped; stop where the guard says so; prepare the checkpoint."""
        self._attached.apply(lambda watch: watch.skipped())
        with self._log_once:
            if self._agreed(state.global_step):
                control.should_training_stop = True
        self._store(state, control)

    def on_log(self, args: Any, state: Any, control: Any, logs: Any = None, **_: Any) -> None:  # noqa: ARG002
        """Take the named signals."""
        self._attached.apply(lambda watch: watch.named(**self._signals.of(logs or {})))

    def on_epoch_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:  # noqa: ARG002
        """Prepare the checkpoint."""
        self._store(state, control)

    def on_train_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:  # noqa: ARG002
        """Take the hooks off the trainer; read and write what is under way."""
        with self._log_once:
            self._unhook()
        self._attached.end()

    def _hook_trainer(self) -> None:
        self._unhook()
        self._method_hooks = [
            MethodHook(self._trainer, "training_step", self._log_once, after=self._observe_loss),
            MethodHook(self._trainer.accelerator, "clip_grad_norm_", self._log_once, after=self._observe_norm),
        ]

    def _unhook(self) -> None:
        for hook in self._method_hooks:
            hook.remove()
        self._method_hooks = []
        self._loss = self._norm = None

    def _observe_loss(self, loss: Any) -> None:
        """Add up what the trainer adds up: each batch's share of the step's loss."""
        self._loss = loss.detach() if self._loss is None else self._loss + loss.detach()

    def _observe_norm(self, norm: Any) -> None:
        self._norm = norm

    def _agreed(self, step: int) -> bool:
        """Whether to stop. Ranks ask each other once an interval."""
        stop, accelerator = self._attached.should_stop, self._trainer.accelerator
        if accelerator.num_processes == 1:
            return stop
        if step % self._every:
            return False
        if stop:
            accelerator.set_trigger()
        agreed: bool = accelerator.check_trigger()
        return agreed

    def _store(self, state: Any, control: Any) -> None:
        """Put the state where the trainer is about to save from."""
        with self._log_once:
            if control.should_save:
                state.stateful_callbacks[KEY] = self._attached.state_dict()
