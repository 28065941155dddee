"""A snapshot as the flat numbers that trackers take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from anet_lite._internal.schema import METRICS, SIGNALS
from anet_lite._internal.theta import has_evidence
from anet_lite._internal.validate import instance
from anet_lite._native import Snapshot

if TYPE_CHECKING:
    from anet_lite.tracker.cooldown import Alert

PREFIX = "anet/"
STATUS = {"warming_up": 0, "healthy": 1, "settled": 2, "suspect": 3, "failing": 4}
"""The status as a number, so that it can be drawn."""


@dataclass(frozen=True)
class Row:
    """What a tracker writes of one step."""

    step: int
    time: float
    """Seconds since 1970, when the step was logged."""
    metrics: dict[str, float]
    alert: Alert | None


def metrics(snapshot: Snapshot) -> dict[str, float]:
    """Return the numbers of a snapshot under names that begin with ``anet/``.

    The six metrics, the status (0 warming up, 1 healthy, 2 settled, 3 suspect, 4 failing), the signals that were given,
    the number of alarms, and for each alarm ``anet/alarm/<rule>`` with its strength. What is not finite stays so.
    ``anet/theta`` is left out while there is no evidence for it.

    Example:
        >>> from anet_lite import Monitor
        >>> from anet_lite.tracker import metrics
        >>> numbers = metrics(Monitor().update(loss=float("inf"), step=3))
        >>> numbers["anet/loss"], numbers["anet/status"], numbers["anet/alarm/nonfinite"]
        (inf, 4.0, 1.0)

    """
    instance("snapshot", snapshot, Snapshot)
    numbers = {name: float(getattr(snapshot, name)) for name in METRICS}
    if not has_evidence(numbers["theta"]):
        del numbers["theta"]
    numbers.update(status=float(STATUS[snapshot.status]), alarms=float(len(snapshot.alarms)))
    numbers.update((name, value) for name in SIGNALS if (value := _newest(snapshot, name)) is not None)
    numbers.update((f"alarm/{alarm.rule}", alarm.strength) for alarm in snapshot.alarms)
    return {PREFIX + name: value for name, value in numbers.items()}


def _newest(snapshot: Snapshot, signal: str) -> float | None:
    values = snapshot.recent(signal)
    return values[-1] if values else None
