"""Lightning: a callback for ``lightning`` and for ``pytorch_lightning``, which are two trees of classes."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from anet_lite._internal.log_once import LogOnce
from anet_lite._internal.optional_import import need
from anet_lite.integrations.method_hook import MethodHook

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lightning.pytorch import Callback

    from anet_lite import Monitor, TombstoneLog
    from anet_lite.integrations.going_back import GoingBack
    from anet_lite.policy import Guard, Policy
    from anet_lite.tracker import Tracker

TREES = ("lightning.pytorch", "pytorch_lightning")


def _tree() -> Any:
    """Return the tree that is in use, or the one that is installed."""
    imported = next((sys.modules[name] for name in TREES if name in sys.modules), None)
    if imported is not None:
        return imported
    try:
        return need(TREES[0], "lightning")
    except ImportError as error:
        if error.name != "lightning":
            raise
        return need(TREES[1], "lightning")


if not TYPE_CHECKING:
    Callback = _tree().Callback


SAVES = ("_save_topk_checkpoint", "_save_last_checkpoint")
"""The methods of ``ModelCheckpoint`` that save one and remove another."""

MARK = ".anet.json"
"""What follows a checkpoint's name in that of the file that says what is wrong with it."""


class AnetCallback(Callback):
    """Watches a training: loss, gradient norm before clipping, noise, update norm and rate of one optimizer.

    Nothing is waited for in a step: snapshots come up to two intervals late. They are the same on every rank of a
    distributed run; rank 0 writes to log and trackers. Monitor and guard are saved with Lightning's checkpoints and
    restored into the objects given here. Where the guard says ``stop``, all ranks stop together. Nothing is ever
    raised into training.

    Args:
        monitor: Where the signals go; by default a new one.
        guard: What to do about alarms, such as ``Guard(Stop())``; by default they are logged in words.
        trackers: Where the snapshots go, such as ``[TensorBoardTracker("runs")]``.
        optimizer: Which of several optimizers is watched.
        every: Steps in an interval; this and what follows as for ``anet_lite.integrations.torch.attach``.
        ema: Share of the past in the gradient's running mean.
        lean: Use the moments that Adam keeps.
        layers: A regular expression that finds a group's name in a parameter's name.
        signals: Named signals among ``trainer.callback_metrics``: names, or directions by name; by default every name
            whose direction is known, such as ``reward``, ``val_loss`` and ``entropy``. They belong to the step that
            follows.
        on_bad_save: What becomes of a checkpoint of ``ModelCheckpoint`` before which the model is found not finite:
            ``refuse`` leaves it and the older ones as they are; ``mark`` lets it be saved, with what is wrong in a file
            ``<checkpoint>.anet.json``, as that of a failing run always is; ``keep`` looks at nothing. Each is looked at
            when it is due, which waits for the device.
        **watching: ``locate``, ``also``, ``clock``, ``stall``, ``scaler`` and ``replicas`` of ``attach``.

    Raises:
        TypeError: ``attach`` has no such option.
        ValueError: The guard's policy cannot be carried out, or a signal has no direction.

    Example:
        >>> from lightning.pytorch import Trainer
        >>> from anet_lite.integrations.lightning import AnetCallback
        >>> callback = AnetCallback()
        >>> trainer = Trainer(callbacks=[callback], logger=False, enable_checkpointing=False)

    """

    def __init__(
        self,
        monitor: Monitor | None = None,
        *,
        guard: Guard | None = None,
        trackers: Sequence[Tracker] = (),
        optimizer: int = 0,
        every: int = 8,
        ema: float = 0.9,
        lean: bool = False,
        layers: str | None = None,
        signals: Mapping[str, str] | Iterable[str] | None = None,
        on_bad_save: str = "refuse",
        **watching: Any,
    ) -> None:
        from anet_lite.integrations.logged_signals import LoggedSignals
        from anet_lite.integrations.torch.callback import Attached

        options = {"every": every, "ema": ema, "lean": lean, "layers": layers, "on_bad_save": on_bad_save, **watching}
        self._signals = LoggedSignals(monitor, signals)
        self._attached = Attached(self._signals.monitor, guard, trackers, options)
        self._optimizer, self._every = optimizer, every
        self._logged: dict[str, Any] = {}
        self._gates: list[MethodHook] = []
        self._looked_at: int | None = None
        self._path: Any = None
        self._allowed = True
        self.going_back: GoingBack | None = None
        """The way back, where `guarded` made this callback."""
        self._log_once = LogOnce("taking the named signals")

    @property
    def monitor(self) -> Monitor:
        """The monitor."""
        return self._attached.monitor

    @property
    def watch(self) -> Any:
        """What ``attach`` returned; None before training."""
        return self._attached.watch

    @property
    def state_key(self) -> str:
        """The name under which checkpoints hold the state, in both trees."""
        return "anet_lite"

    def state_dict(self) -> dict[str, Any]:
        """Return what was learned."""
        return self._attached.state_dict()

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Go on from a state when training begins."""
        self._attached.load_state_dict(state_dict)

    def on_train_start(self, trainer: Any, pl_module: Any) -> None:
        """Attach: by now the optimizers are made and restored."""
        model = trainer.strategy.model or pl_module
        self._attached.begin(model, trainer.optimizers[self._optimizer], trainer.is_global_zero)
        with self._log_once:
            self._gate(trainer)

    def _gate(self, trainer: Any) -> None:
        """Stand before each checkpoint: a refused one must not push out the one before; a mark goes with its own."""
        from anet_lite.integrations.saving import unmark

        self._ungate()
        for callback in trainer.checkpoint_callbacks:
            names = [name for name in SAVES if hasattr(callback, name)]
            self._gates += [MethodHook(callback, name, self._log_once, gate=self._may_save) for name in names]
        self._looked_at = None

        def saves(path: Any, *_: Any, **__: Any) -> None:
            self._path = path

        def saved(_: Any) -> None:
            if self._looked_at == trainer.global_step and trainer.is_global_zero:
                name, mark = f"step={trainer.global_step}", f"{self._path}{MARK}"
                self._attached.apply(lambda watch: watch.saving.wrote(name, mark))

        def removes(path: Any, *_: Any, **__: Any) -> None:
            if trainer.is_global_zero:
                unmark(f"{path}{MARK}")

        self._gates.append(MethodHook(trainer, "save_checkpoint", self._log_once, before=saves, after=saved))
        self._gates.append(MethodHook(trainer.strategy, "remove_checkpoint", self._log_once, before=removes))

    def _ungate(self) -> None:
        for hook in self._gates:
            hook.remove()
        self._gates = []

    def _may_save(self, trainer: Any, *_: Any) -> bool:
        """Look once at each step: a callback saves the best and the last apart."""
        watch = self._attached.watch
        if watch is None:
            return True
        if self._looked_at != trainer.global_step:
            self._allowed = watch.may_write(f"step={trainer.global_step}")
            self._looked_at = trainer.global_step
        return self._allowed

    def on_before_backward(self, trainer: Any, pl_module: Any, loss: Any) -> None:  # noqa: ARG002
        """Take the loss as it was before it was scaled for half precision and divided for accumulation."""
        self._attached.apply(lambda watch: watch.loss(_whole(trainer, loss), step=trainer.global_step))

    def on_before_optimizer_step(self, trainer: Any, pl_module: Any, optimizer: Any) -> None:  # noqa: ARG002
        """Measure the gradients before they are clipped."""
        if getattr(optimizer, "optimizer", optimizer) is trainer.optimizers[self._optimizer]:
            self._attached.apply(lambda watch: watch.gradients())

    def on_train_batch_end(self, trainer: Any, pl_module: Any, outputs: Any, batch: Any, batch_idx: int) -> None:  # noqa: ARG002
        """Stop where the guard says so, or where it does on another rank."""
        self._take_named(trainer)
        if len(trainer.optimizers) == 1:
            self._attached.apply(lambda watch: watch.skipped() if trainer.global_step > watch.steps else None)
        stop = self._attached.should_stop
        if trainer.world_size > 1:
            due = (batch_idx + 1) % self._every == 0
            stop = due and trainer.strategy.reduce_boolean_decision(stop, all=False)
        if stop:
            trainer.should_stop = True
        if self.going_back is not None:
            self._obey(self.going_back, trainer)

    def _obey(self, going_back: GoingBack, trainer: Any) -> None:
        with self._log_once:
            if going_back.is_due:
                self._attached.go_back()
                trainer.should_stop = True
            elif going_back.is_asked and not self._may_save(trainer):
                going_back.not_written()
            elif going_back.is_asked:
                path = os.path.join(trainer.default_root_dir, "anet_checkpoints", f"step={trainer.global_step}.ckpt")
                trainer.save_checkpoint(path)
                going_back.written(path)

    def on_validation_end(self, trainer: Any, pl_module: Any) -> None:  # noqa: ARG002
        """Take what the validation logged."""
        if not trainer.sanity_checking:
            self._take_named(trainer)

    def _take_named(self, trainer: Any) -> None:
        """Take the named signals that were logged since the last time: the trainer keeps them, each until the next."""
        with self._log_once:
            logged = self._signals.of(trainer.callback_metrics)
            new = {name: value for name, value in logged.items() if value is not self._logged.get(name)}
            self._logged.update(new)
            self._attached.apply(lambda watch: watch.named(**new))

    def on_train_end(self, trainer: Any, pl_module: Any) -> None:  # noqa: ARG002
        """Read and write what is under way."""
        self._attached.end()

    def teardown(self, trainer: Any, pl_module: Any, stage: str) -> None:  # noqa: ARG002
        """Leave the checkpoints alone: the last of them is saved when training has ended."""
        with self._log_once:
            self._ungate()

    def on_exception(self, trainer: Any, pl_module: Any, exception: BaseException) -> None:  # noqa: ARG002
        """Keep the evidence. Other ranks may be elsewhere, so they are not waited for."""
        if trainer.world_size == 1:
            self._attached.end()
        else:
            self._attached.flush()


def _whole(trainer: Any, loss: Any) -> Any:
    """Undo scaling on the device. Manual optimisation divides for itself, if at all."""
    scaler = getattr(trainer.precision_plugin, "scaler", None)
    if scaler is not None:
        loss = loss / scaler.scale(loss.new_ones(()))
    automatic = trainer.lightning_module.automatic_optimization
    return loss.detach() * (trainer.accumulate_grad_batches if automatic else 1)


class GuardedTrainer:
    """A trainer that goes back to its own checkpoints where the policy says so. Made by `guarded`."""

    def __init__(self, trainer: Any, callback: AnetCallback, going_back: GoingBack) -> None:
        self.trainer: Any = trainer
        self.callback: AnetCallback = callback
        self._going_back = callback.going_back = going_back

    def fit(self, model: Any, *data: Any, ckpt_path: str | None = None, **options: Any) -> None:
        """Fit, and again from a trusted checkpoint as often as the policy says.

        A run that is stopped ends with the weights of the checkpoint that is trusted.
        """
        self._going_back.run(
            lambda path: self.trainer.fit(model, *data, ckpt_path=path, **options),
            ckpt_path,
            lambda: self.callback.watch.should_stop,
        )
        last = self._going_back.last()
        if last is not None:
            torch = need("torch", "torch")
            model.load_state_dict(torch.load(last, map_location="cpu", weights_only=True)["state_dict"])


def guarded(
    trainer: Any,
    policy: Policy | None = None,
    *,
    tombstones: TombstoneLog | None = None,
    lang: str = "en",
    **options: Any,
) -> GuardedTrainer:
    """Let a trainer recover by itself: ``guarded(trainer, Rollback()).fit(model, data)``.

    Checkpoints are Lightning's own, in ``anet_checkpoints`` below ``default_root_dir``: the policy asks for one when
    the run has been healthy for a while, ``fit`` ends where it says ``rollback``, and begins again from the checkpoint
    that has proved good. What a lower rate cannot help against stops the run after ``max_attempts``.

    Args:
        trainer: The trainer.
        policy: By default ``Rollback(factor=0.5)``, which halves the rate with each way back.
        tombstones: Where each way back is recorded.
        lang: Language of the messages, ``"en"`` or ``"ja"``.
        **options: Those of `AnetCallback`, but the guard.

    """
    from anet_lite.integrations.going_back import GoingBack

    going_back = GoingBack(policy, tombstones, lang)
    callback = AnetCallback(guard=going_back.guard, **options)
    trainer.callbacks.insert(0, callback)  # before Lightning's own checkpoints, which come last
    return GuardedTrainer(trainer, callback, going_back)
