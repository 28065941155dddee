"""A snapshot, or what is said of a stream, as the flat numbers that trackers take."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anet_lite._internal.schema import METRICS, SIGNALS
from anet_lite._internal.theta import has_evidence
from anet_lite._internal.validate import instance
from anet_lite._native import Snapshot

if TYPE_CHECKING:
    from anet_lite import Detection, StreamAlarm
    from anet_lite.tracker.alert import Alert

PREFIX = "anet/"
STATUS = {"warming_up": 0, "healthy": 1, "settled": 2, "suspect": 3, "failing": 4}
"""The status as a number, so that it can be drawn."""


@dataclass(frozen=True)
class Row:
    """What a tracker writes of one step, or of one sample of a stream."""

    step: int
    """The step of the run, or the number of the sample in its stream."""
    time: float
    """Seconds since 1970, when the step was logged."""
    metrics: dict[str, float]
    alert: Alert | None
    stream: str | None = None
    """The stream; None for a step of a run."""


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


def sample_metrics(detection: Detection, stream: str = "") -> dict[str, float]:
    """Return score and p-value of a sample, under names that hold the stream's; none where nothing was measured.

    Example:
        >>> from anet_lite import StreamDetector
        >>> from anet_lite.tracker.row import sample_metrics
        >>> sample_metrics(StreamDetector().push(1.0), "cpu")
        {'anet/stream/cpu/score': 0.0, 'anet/stream/cpu/p_value': 1.0}
        >>> sample_metrics(StreamDetector().push(None))
        {}

    """
    numbers = {"score": detection.score, "p_value": detection.p_value}
    return {stream_prefix(stream) + name: value for name, value in numbers.items() if not math.isnan(value)}


def alarm_metrics(alarm: StreamAlarm) -> dict[str, float]:
    """Return an alarm of a stream as a number: 1 where it begins, 0 where it is over."""
    return {f"{stream_prefix(alarm.name)}alarm": float(alarm.end is None)}


def stream_prefix(stream: str) -> str:
    """Return how names of a stream's numbers begin."""
    return f"{PREFIX}stream/{stream}/" if stream else f"{PREFIX}stream/"


def _newest(snapshot: Snapshot, signal: str) -> float | None:
    values = snapshot.recent(signal)
    return values[-1] if values else None
