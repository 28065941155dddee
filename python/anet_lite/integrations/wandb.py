"""Weights & Biases: rows in the run's history, alarms as alerts of the run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anet_lite._internal.log_once import LogOnce
from anet_lite._internal.optional_import import need
from anet_lite._internal.validate import at_least
from anet_lite.tracker import Cooldown, metrics
from anet_lite.tracker.row import PREFIX

if TYPE_CHECKING:
    from anet_lite import Snapshot
    from anet_lite.tracker.cooldown import Alert


class WandbTracker:
    """Logs the numbers of a run as ``anet/theta``, ``anet/status`` and so on over ``anet/step``, and sends alerts.

    W&B writes in a process of its own, so ``log`` does not wait. Its history only goes forward: what is logged with a
    lower step than another row is dropped. So a row goes to the training step, or to where the history is by now,
    beside what you logged there.

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
        self.every: int = at_least("every", every, 1)
        self.merge: bool = merge
        self._cooldown = Cooldown(cooldown)
        self._log_once = LogOnce("writing to Weights & Biases")
        self._steps = 0
        self.run.define_metric(PREFIX + "step", hidden=True)
        self.run.define_metric(PREFIX + "*", step_metric=PREFIX + "step")

    def log(self, snapshot: Snapshot) -> None:
        """Take a snapshot. Every `every`-th one becomes a row, and each one with an alarm."""
        with self._log_once:
            due = self._steps % self.every == 0
            self._steps += 1
            if due or snapshot.alarms:
                self._row({**metrics(snapshot), PREFIX + "step": snapshot.step})
            alert = self._cooldown.alert(snapshot)
            if alert is not None:
                self._alert(alert)

    def flush(self) -> None:
        """Nothing to do: W&B writes by itself, and all of it at ``run.finish``."""

    def close(self) -> None:
        """Nothing to do: the run is yours to finish."""

    def _row(self, numbers: dict[str, float]) -> None:
        if self.merge:
            self.run.log(numbers, commit=False)
        else:
            self.run.log(numbers, step=max(self.run.step, int(numbers[PREFIX + "step"])))

    def _alert(self, alert: Alert) -> None:
        levels = self._wandb.AlertLevel
        level = {"failing": levels.ERROR, "healthy": levels.INFO}.get(alert.status, levels.WARN)
        self.run.alert(title=alert.title, text=alert.text, level=level, wait_duration=0)
