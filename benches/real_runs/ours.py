"""The monitor on a log, fed as a loop would feed it: where its incidents open, and the status it leaves behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anet_lite import Monitor

if TYPE_CHECKING:
    from real_runs.judge import Detector
    from real_runs.logs import Log


def monitor(asked: float = 1.0) -> Detector:
    """Return the monitor as a detector."""

    def detect(log: Log) -> list[int]:
        watch = Monitor(asked)
        return sorted({alarm.incident for row in log.rows() for alarm in watch.update(**row).alarms})

    return detect


def status(log: Log) -> str:
    """Return the status after the last row."""
    watch = Monitor()
    for row in log.rows():
        watch.update(**row)
    return watch.status
