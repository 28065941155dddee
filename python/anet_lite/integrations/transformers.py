"""Transformers: a callback for ``Trainer`` and its subclasses."""

from __future__ import annotations

import inspect
import os
from typing import TYPE_CHECKING, Any

from anet_lite._internal.log_once import LogOnce
from anet_lite._internal.optional_import import need
from anet_lite._native import AnetValueError
from anet_lite.integrations.method_hook import MethodHook

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from transformers import TrainerCallback

    from anet_lite import Monitor, TombstoneLog
    from anet_lite.integrations.going_back import GoingBack
    from anet_lite.policy import Guard, Policy
    from anet_lite.tracker import Tracker

if not TYPE_CHECKING:
    TrainerCallback = need("transformers", "transformers").TrainerCallback

KEY = "anet_lite"
"""The name under which ``trainer_state.json`` holds the state, beside that of other callbacks."""


MARK = "anet_lite.json"
"""The file in a checkpoint's folder that says what is wrong with it."""


class AnetCallback(TrainerCallback):
    """Watches a trainer: the loss of each step, gradient norm before clipping, noise, update norm and rate.

    The loss is what ``training_step`` returns, not what the trainer logs: with the default settings that is 0.0 where
    the step's loss was NaN. The norm is what ``Accelerator.clip_grad_norm_`` returns. Nothing is waited for in a step:
    snapshots come up to two intervals late. They are the same on every rank of a distributed run; rank 0 writes
    to log and trackers. Monitor and guard are saved in ``trainer_state.json`` and restored into the objects given here.
    Where the guard says ``stop``, all ranks stop together. Steps have the trainer's own numbers, from 1 on. Nothing is
    ever raised into training.

    Args:
        trainer: The trainer, to which the callback is added: ``trainer.add_callback(AnetCallback(trainer))``. Without
            it, as in ``Trainer(..., callbacks=[AnetCallback()])``, it is found among the callers when training begins.
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
        on_bad_save: What becomes of a checkpoint before which the model is found not finite: ``refuse`` leaves it out;
            ``mark`` lets it be saved, with what is wrong in its ``anet_lite.json``, as that of a failing run always is;
            ``keep`` looks at nothing. Each is looked at when it is due by steps, epochs or as the best so far, which
            waits for the device. A refused one is not the best either.
        **watching: ``locate``, ``also``, ``clock``, ``stall``, ``scaler`` and ``replicas`` of ``attach``.

    Raises:
        TypeError: ``attach`` has no such option.
        ValueError: The guard's policy cannot be carried out, or a signal has no direction.

    """

    def __init__(
        self,
        trainer: Any = None,
        monitor: Monitor | None = None,
        *,
        guard: Guard | None = None,
        trackers: Sequence[Tracker] = (),
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
        self._trainer, self._every = trainer, every
        self._method_hooks: list[MethodHook] = []
        self._log_once = LogOnce("observing the trainer")
        self._loss: Any = None
        self._norm: Any = None
        self._best: tuple[Any, Any] = None, None
        self._refused: int | None = None
        self.going_back: GoingBack | None = None
        """The way back, where `guarded` made this callback."""

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
            self._trainer = self._trainer or _calling_trainer(self)
            self._hook_trainer()
            restored = state.stateful_callbacks.get(KEY)
            if restored:
                self._attached.load_state_dict(restored)
            self._attached.begin(self._trainer.model_wrapped, optimizer, state.is_world_process_zero)

    def on_pre_optimizer_step(self, args: Any, state: Any, control: Any, **_: Any) -> None:  # noqa: ARG002
        """Hand over the loss of the batches since the last step, and the norm of their gradient."""
        loss, norm, self._loss, self._norm = self._loss, self._norm, None, None
        if loss is not None:
            step = state.global_step + 1  # the number that the trainer logs it under
            self._attached.apply(lambda watch: watch.loss(loss, grad_norm=norm, step=step))

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:  # noqa: ARG002
        """Close a step that a loss scaler has skipped; stop where the guard says so; prepare the checkpoint."""
        self._attached.apply(lambda watch: watch.skipped())
        with self._log_once:
            if self._agreed(state.global_step):
                control.should_training_stop = True
            if self.going_back is not None:
                self._obey(self.going_back, control)
        self._store(state, control)

    def _may_save(self, step: int) -> bool:
        """Look at the model before a checkpoint; all ranks come to the same, since all see the same numbers."""
        watch = self._attached.watch
        if watch is None or watch.may_write(f"checkpoint-{step}"):
            return True
        self._refused = step
        if self.going_back is not None:
            self.going_back.not_written()
        return False

    def _note_best(self, *_: Any, **__: Any) -> None:
        state = self._trainer.state
        self._best = state.best_metric, state.best_global_step

    def _judge_best(self, is_best: Any) -> Any:
        """Let a model whose checkpoint is refused not be the best; with ``save_strategy="best"`` that saves it now."""
        state, strategy = self._trainer.state, self._trainer.args.save_strategy
        saves = is_best and strategy == "best"
        if is_best and (self._refused == state.global_step or (saves and not self._may_save(state.global_step))):
            state.best_metric, state.best_global_step = self._best
            return False
        if saves:
            state.stateful_callbacks[KEY] = self._attached.state_dict()
        return is_best

    def _obey(self, going_back: GoingBack, control: Any) -> None:
        if going_back.is_due:
            self._attached.go_back()
            control.should_training_stop, control.should_save = True, False
        elif going_back.is_asked:
            control.should_save = True

    def on_save(self, args: Any, state: Any, control: Any, **_: Any) -> None:  # noqa: ARG002
        """Mark a checkpoint that is bad; note where one is that was asked for."""
        folder = os.path.join(args.output_dir, f"checkpoint-{state.global_step}")
        if state.is_world_process_zero:
            name, mark = os.path.basename(folder), os.path.join(folder, MARK)
            self._attached.apply(lambda watch: watch.saving.wrote(name, mark))
        if self.going_back is not None:
            self.going_back.written(folder)

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
            MethodHook(
                self._trainer, "_determine_best_metric", self._log_once, before=self._note_best, change=self._judge_best
            ),
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
                control.should_save = self._may_save(state.global_step)
            if control.should_save:
                state.stateful_callbacks[KEY] = self._attached.state_dict()


def _calling_trainer(callback: TrainerCallback) -> Any:
    """Return the trainer whose call led here: a callback is given the model, the optimizer and more, but not it."""
    frame = inspect.currentframe()
    while frame is not None:
        caller = frame.f_locals.get("self")
        handler = getattr(caller, "callback_handler", None)
        if handler is not None and callback in handler.callbacks:
            return caller
        frame = frame.f_back
    raise RuntimeError("no trainer was found: give it to AnetCallback, as trainer.add_callback(AnetCallback(trainer))")


class GuardedTrainer:
    """A trainer that goes back to its own checkpoints where the policy says so. Made by `guarded`."""

    def __init__(self, trainer: Any, callback: AnetCallback, going_back: GoingBack) -> None:
        self.trainer: Any = trainer
        self.callback: AnetCallback = callback
        self._going_back = callback.going_back = going_back

    def train(self, resume_from_checkpoint: Any = None, **options: Any) -> Any:
        """Train, and again from a trusted checkpoint as often as the policy says. Return what ``Trainer.train`` does.

        A run that is stopped ends with the weights of the checkpoint that is trusted.
        """
        result = self._going_back.run(
            lambda path: self.trainer.train(resume_from_checkpoint=path, **options),
            resume_from_checkpoint,
            lambda: self.callback.watch.should_stop,
        )
        last = self._going_back.last()
        if last is not None:
            self.trainer._load_from_checkpoint(last)
        return result


def guarded(
    trainer: Any,
    policy: Policy | None = None,
    *,
    tombstones: TombstoneLog | None = None,
    lang: str = "en",
    **options: Any,
) -> GuardedTrainer:
    """Let a trainer recover by itself: ``guarded(trainer, Rollback()).train()``.

    Checkpoints are the trainer's own: the policy asks for one when the run has been healthy for a while, training ends
    where it says ``rollback``, and is resumed from the checkpoint that has proved good. The same data come again after
    it, as after every resume; what a lower rate cannot help against then stops the run after ``max_attempts``. A
    checkpoint that ``save_total_limit`` has removed in the meantime is named in the log, and the run goes on.

    Args:
        trainer: The trainer.
        policy: By default ``Rollback(factor=0.5)``, which halves the rate with each way back.
        tombstones: Where each way back is recorded.
        lang: Language of the messages, ``"en"`` or ``"ja"``.
        **options: Those of `AnetCallback`, but the guard.

    Raises:
        ValueError: The trainer saves no optimizer (``save_only_model``), or a setting is impossible.

    """
    from anet_lite.integrations.going_back import GoingBack

    if trainer.args.save_only_model:
        raise AnetValueError("trainer.args.save_only_model must be False: a resume needs the optimizer")
    going_back = GoingBack(policy, tombstones, lang)
    callback = AnetCallback(trainer, guard=going_back.guard, **options)
    trainer.add_callback(callback)
    return GuardedTrainer(trainer, callback, going_back)
