"""Weights & Biases: rows in the run's history, alarms as alerts of the run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anet_lite._internal.log_once import LogOnce
from anet_lite._internal.optional_import import need
from anet_lite.tracker.intake import Intake
from anet_lite.tracker.row import PREFIX, stream_prefix

if TYPE_CHECKING:
    from anet_lite import Detection, Snapshot, StreamAlarm
    from anet_lite.tracker import Row
    from anet_lite.tracker.cooldown import Alert


class WandbTracker:
    """Logs the numbers of a run as ``anet/theta``, ``anet/status`` and so on over ``anet/step``, and sends alerts.

    W&B writes in a process of its own, so ``log`` does not wait. Its history only goes forward: what is logged with a
    lower step than another row is dropped. So a row goes to the training step, or to where the history is by now,
    beside what you logged there. Numbers of a stream, ``anet/stream/<name>/score`` and so on, go to a row of their own,
    with the number of the sample in ``anet/stream/<name>/sample``.

    Args:
        run: What ``wandb.init`` returned; by default the current run.
        every: Steps from one row to the next; steps with an alarm are always written.
        cooldown: Seconds in which an incident that opens like another gives no alert.
        merge: Put the newest numbers into the row that you have open, and open none. For runs that call ``run.log``
            with a ``step`` that is smaller than the training step, such as the epoch.

    Raises:
        ImportError: The extra ``anet-lite[wandb]`` is not installed.
        TypeError: ``every`` is not an integer.
        ValueError: ``every`` is below 1, or there is no current run.

    """

    def __init__(self, run: Any = None, every: int = 10, cooldown: float = 300.0, merge: bool = False) -> None:
        self._wandb = need("wandb", "wandb")
        self.run: Any = run or self._wandb.run
        if self.run is None:
            raise ValueError("run must be given where wandb.init has not been called")
        self.every: int = every
        self.merge: bool = merge
        self._intake = Intake(every, cooldown)
        self._defined: set[str] = set()
        self._log_once = LogOnce("writing to Weights & Biases")
        self.run.define_metric(PREFIX + "step", hidden=True)
        self.run.define_metric(PREFIX + "*", step_metric=PREFIX + "step")

    def log(self, seen: Snapshot | Detection | StreamAlarm, stream: str = "", step: int | None = None) -> None:
        """Take a snapshot of the run, a sample of a stream, or an alarm of a stream.

        One in ``every`` becomes a row, of each stream too, and each with an alarm. ``stream`` and ``step`` name the
        sample of a detection.
        """
        with self._log_once:
            row = self._intake.take(seen, stream, step)
            if row is not None:
                self._row(row)
                if row.alert is not None:
                    self._alert(row.alert)

    def flush(self) -> None:
        """Nothing to do: W&B writes by itself, and all of it at ``run.finish``."""

    def close(self) -> None:
        """Nothing to do: the run is yours to finish."""

    def _row(self, row: Row) -> None:
        if row.stream is not None:
            self._stream_row(stream_prefix(row.stream), row)
            return
        numbers = {**row.metrics, PREFIX + "step": row.step}
        if self.merge:
            self.run.log(numbers, commit=False)
        else:
            self.run.log(numbers, step=max(self.run.step, row.step))

    def _stream_row(self, prefix: str, row: Row) -> None:
        """Write where the history is by now: a stream's samples are not the run's steps."""
        if prefix not in self._defined:
            self._defined.add(prefix)
            self.run.define_metric(prefix + "*", step_metric=prefix + "sample")
        self.run.log({**row.metrics, prefix + "sample": row.step}, commit=not self.merge)

    def _alert(self, alert: Alert) -> None:
        levels = self._wandb.AlertLevel
        level = {"failing": levels.ERROR, "healthy": levels.INFO, "over": levels.INFO}.get(alert.status, levels.WARN)
        self.run.alert(title=alert.title, text=alert.text, level=level, wait_duration=0)
