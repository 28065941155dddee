"""An alarm of a stream whose sentence is known, for the tests of what takes alarms."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from anet_lite import StreamAlarm
from anet_lite.stream.moments import Moments


class ToldAlarm(StreamAlarm):
    """An alarm whose sentence is known."""

    def sentence(self, lang: str = "en") -> str:  # noqa: ARG002
        return f"{self.name} jumped to {self.value}"

    def to_dict(self) -> dict[str, Any]:
        return {"name": self.name, "start": self.start, "end": self.end, "value": self.value}


def begun(name: str = "cpu", start: int = 900) -> StreamAlarm:
    nothing: Any = None
    peak = {
        "value": 9.5,
        "value_row": start,
        "value_time": None,
        "score": 30.0,
        "p_value": 1e-7,
        "quiet": (0.0, 1.0),
        "first": 9.5,
        "expected": 0.5,
        "reason": None,
        "explanation": nothing,
    }
    times = {"start_time": None, "peak_time": None, "end_time": None}
    return ToldAlarm(name, start, start, None, **times, **peak, moments=Moments(None, np.arange(start + 1), None, None))


def over(alarm: StreamAlarm) -> StreamAlarm:
    return replace(alarm, end=alarm.start + 4)
