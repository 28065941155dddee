"""Ultralytics: callbacks for the trainer of a YOLO model."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from anet_lite._internal.log_once import LogOnce
from anet_lite._native import AnetTypeError, Monitor
from anet_lite.integrations.logged_signals import LoggedSignals
from anet_lite.integrations.method_hook import MethodHook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from anet_lite.policy import Guard
    from anet_lite.tracker import Tracker

METRICS = ("mAP50(B)", "mAP50-95(B)", "mAP50(M)", "mAP50-95(M)", "mAP50(P)", "mAP50-95(P)", "accuracy_top1")
"""What a validation measures of boxes, masks, poses and classes: what is bad of each is a fall."""

STATE = "last.anet.json"
"""The file beside ``last.pt`` that holds the state: Ultralytics writes its checkpoint by itself."""


class AnetCallback:
    """Watches ``YOLO.train``: loss, gradient norm before clipping, noise, update norm, rate, metrics, and the EMA copy.

    The loss is the sum of those that the progress bar shows, the mean over the batches of a step. A checkpoint before
    which the model or its EMA copy is not finite is refused: Ultralytics would put zeros for the numbers that are not
    finite, and save it. The state is a file beside ``last.pt``, read when training is resumed. Where the guard says
    ``stop``, training ends after the batch. Nothing is ever raised into training. One process: with several devices
    Ultralytics trains in processes of its own, into which no callback goes.

    Args:
        monitor: Where the signals go; by default a new one.
        guard: What to do about alarms, such as ``Guard(Stop())``; by default they are logged in words.
        trackers: Where the snapshots go, such as ``[TensorBoardTracker("runs")]``.
        every: Steps in an interval; this and what follows as for ``anet_lite.integrations.torch.attach``.
        ema: Share of the past in the gradient's running mean.
        lean: Use the moments that Adam keeps.
        layers: A regular expression that finds a group's name in a parameter's name.
        signals: Named signals among the metrics of an epoch: names, or directions by name; by default mean average
            precision, top-1 accuracy and validation losses. They belong to the step that follows.
        on_bad_save: ``refuse``, ``mark`` or ``keep``, as for ``attach``.
        **watching: ``locate``, ``clock`` and ``stall`` of ``attach``.

    Raises:
        TypeError: ``attach`` has no such option.
        ValueError: The guard's policy cannot be carried out, or a signal has no direction.

    """

    def __init__(
        self,
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
        from anet_lite.integrations.torch.callback import Attached

        if monitor is None and signals is None:
            monitor = Monitor(signals={f"metrics/{name}": "falls" for name in METRICS})
        self._signals = LoggedSignals(monitor, signals)
        self._options: dict[str, Any] = {"every": every, "ema": ema, "lean": lean, "layers": layers, **watching}
        self._options["on_bad_save"] = on_bad_save
        self._attached = Attached(self._signals.monitor, guard, trackers, self._options)
        self._log_once = LogOnce("watching the trainer")
        self._hooks: list[MethodHook] = []
        self._losses: list[Any] = []
        self._is_taken = False

    @property
    def monitor(self) -> Monitor:
        """The monitor."""
        return self._attached.monitor

    @property
    def watch(self) -> Any:
        """What ``attach`` returned; None before training."""
        return self._attached.watch

    def add_to(self, model: Any) -> None:
        """Add the callbacks to a model, or to a trainer: ``callback.add_to(YOLO("yolo11n.yaml"))``.

        Raises:
            TypeError: It takes no callbacks.

        """
        if not callable(getattr(model, "add_callback", None)):
            raise AnetTypeError(f"model must have add_callback, as YOLO has, got {type(model).__name__}")
        events: dict[str, Callable[[Any], None]] = {
            "on_train_start": self._start,
            "on_train_batch_end": self._end_batch,
            "on_fit_epoch_end": self._end_epoch,
            "on_model_save": self._save,
            "on_train_end": self._end,
            "teardown": self._end,
        }
        for event, function in events.items():
            model.add_callback(event, self._harmless(function))

    def _harmless(self, function: Callable[[Any], None]) -> Callable[[Any], None]:
        def run(trainer: Any) -> None:
            with self._log_once:
                function(trainer)

        return run

    def _start(self, trainer: Any) -> None:
        """Attach: by now model, optimizer and EMA copy are made and restored."""
        self._unhook()
        path = os.path.join(trainer.wdir, STATE)
        if trainer.resume and os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                self._attached.load_state_dict(json.load(file))
        self._options["also"] = {"ema": trainer.ema.ema}
        self._attached.begin(trainer.model, trainer.optimizer, True)
        self._hooks = [
            MethodHook(
                trainer, "optimizer_step", self._log_once, lambda: self._take_loss(trainer), after=self._take_skip
            ),
            MethodHook(trainer.scaler, "unscale_", self._log_once, after=self._take_gradients),
            MethodHook(trainer, "save_model", self._log_once, gate=lambda: self._may_save(trainer)),
            MethodHook(trainer, "_handle_nan_recovery", self._log_once, gate=self._may_recover),
        ]

    def _take_batch(self, trainer: Any) -> None:
        """Add the loss of a batch, once: before the step, or after the batch where no step follows it."""
        if not self._is_taken:
            self._losses.append(sum(value.detach() for value in trainer.loss_items.values()))
        self._is_taken = True

    def _take_loss(self, trainer: Any) -> None:
        """Hand over the mean loss of the batches since the last step: their number grows while the rate warms up."""
        self._take_batch(trainer)
        losses, self._losses = self._losses, []
        self._attached.apply(lambda watch: watch.loss(sum(losses) / len(losses)))

    def _take_gradients(self, _: Any) -> None:
        """Measure the gradients after they are unscaled and before they are clipped."""
        self._attached.apply(lambda watch: watch.gradients())

    def _take_skip(self, _: Any) -> None:
        """Close a step that a loss scaler has skipped."""
        self._attached.apply(lambda watch: watch.skipped())

    def _end_batch(self, trainer: Any) -> None:
        self._take_batch(trainer)
        self._is_taken = False
        if self._attached.should_stop:
            trainer.stop = True

    def _end_epoch(self, trainer: Any) -> None:
        """Take the metrics of the validation."""
        self._attached.apply(lambda watch: watch.named(**self._signals.of(trainer.metrics or {})))

    def _may_save(self, trainer: Any) -> bool:
        watch = self._attached.watch
        return watch is None or watch.may_save(f"last.pt of epoch {trainer.epoch + 1}")

    def _may_recover(self, _: int) -> bool:
        """Keep the trainer from beginning the epoch again where it is to stop."""
        return not self._attached.should_stop

    def _save(self, trainer: Any) -> None:
        """Write the state beside the checkpoint, as a whole or not at all."""
        path = os.path.join(trainer.wdir, STATE)
        with open(f"{path}.new", "w", encoding="utf-8") as file:
            json.dump(self._attached.state_dict(), file)
        os.replace(f"{path}.new", path)

    def _end(self, _: Any) -> None:
        """Take the hooks off; read and write what is under way."""
        if self._hooks:
            self._unhook()
            self._attached.end()

    def _unhook(self) -> None:
        for hook in self._hooks:
            hook.remove()
        self._hooks, self._losses, self._is_taken = [], [], False
