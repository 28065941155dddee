"""Weights & Biases: rows in the run's history, alarms as alerts of the run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anet_lite._internal.log_once import LogOnce
from anet_lite._internal.optional_import import need
from anet_lite.tracker.intake import Intake
from anet_lite.tracker.row import PREFIX, stream_prefix

if TYPE_CHECKING:
    from anet_lite import Detection, Snapshot, StreamAlarm
    from anet_lite.integrations.remarks import Remark
    from anet_lite.tracker import Alert, Row


class WandbTracker:
    """Logs the numbers of a run as ``anet/theta``, ``anet/status`` and so on over ``anet/step``, and sends alerts.

    W&B writes in a process of its own, so ``log`` does not wait. Its history only goes forward: what is logged with a
    lower step than another row is dropped. So a row goes to the training step, or to where the history is by now,
    beside what you logged there. Numbers of a stream, ``anet/stream/<name>/score`` and so on, go to a row of their own,
    with the number of the sample in ``anet/stream/<name>/sample``.

    An incident is an alert when it opens, one when its cause or gravity changes, and one when it ends; so are remarks
    on the loop itself. The run's summary holds the newest: ``anet/incidents``, how many were told, and
    ``anet/last_title`` and ``anet/last_message``. ``anet/incident`` is 1 while one goes on.

    Args:
        run: What ``wandb.init`` returned; by default the current run.
        every: Steps from one row to the next; steps with an alarm are always written.
        cooldown: Seconds in which an incident that opens like another gives no alert.
        merge: Put the newest numbers into the row that you have open, and open none. For runs that call ``run.log``
            with a ``step`` that is smaller than the training step, such as the epoch.
        lang: Language of the messages, ``"en"`` or ``"ja"``.

    Raises:
        ImportError: The extra ``anet-lite[wandb]`` is not installed.
        TypeError: ``every`` is not an integer.
        ValueError: ``every`` is below 1, ``lang`` is another language, or there is no current run.

    """

    def __init__(
        self, run: Any = None, every: int = 10, cooldown: float = 300.0, merge: bool = False, lang: str = "en"
    ) -> None:
        self._wandb = need("wandb", "wandb")
        self.run: Any = run or self._wandb.run
        if self.run is None:
            raise ValueError("run must be given where wandb.init has not been called")
        self.every: int = every
        self.merge: bool = merge
        self._intake = Intake(every, cooldown, lang=lang)
        self._defined: set[str] = set()
        self._incidents = 0
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

    def tell(self, remark: Remark) -> None:
        """Take a remark on the loop itself, such as that no step comes: an alert of its own."""
        with self._log_once:
            alert = self._intake.remark(remark).alert
            if alert is not None:
                self._alert(alert)

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
        level = {"critical": levels.ERROR, "info": levels.INFO}.get(alert.severity, levels.WARN)
        self.run.alert(title=alert.title, text=alert.text, level=level, wait_duration=0)
        self._incidents += alert.kind != "remark" and alert.number == 0
        newest = {"incidents": self._incidents, "last_title": alert.title, "last_message": alert.text}
        self.run.summary.update({PREFIX + name: value for name, value in newest.items()})
