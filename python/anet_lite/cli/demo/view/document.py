"""The demo as a JSON document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anet_lite.cli.demo.model import CALM_UNTIL
from anet_lite.diagnosis import explain

if TYPE_CHECKING:
    from anet_lite.cli.demo.experiment import Experiment
    from anet_lite.documents.run import DemoDocument


def document(experiment: Experiment, seed: int, plot: str | None) -> DemoDocument:
    """Return what was trained, the alarm, and when the loss broke."""
    alarm = experiment.alarm
    return {
        "seed": seed,
        "steps": len(experiment.run.loss),
        "rate_grows_after": CALM_UNTIL,
        "alarm_step": alarm.step if alarm else None,
        "rules": [each.rule for each in alarm.alarms] if alarm else [],
        "text": str(explain(alarm)) if alarm else "",
        "broke": experiment.broke,
        "twin_alarms": experiment.twin_alarms,
        "plot": plot,
    }
