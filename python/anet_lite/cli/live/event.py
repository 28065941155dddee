"""What happens in a stream while it is watched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from anet_lite._internal.one_line import one_line

if TYPE_CHECKING:
    from anet_lite.stream import StreamAlarm
    from anet_lite.tracker import Alert

BEGINS, CHANGES, OVER, HELD, SILENT, BACK = "begins", "changes", "over", "held", "silent", "back"
_HEADS = {BEGINS: "ALARM", CHANGES: "ALARM", OVER: "over", HELD: "held back", SILENT: "SILENT", BACK: "back"}
_KINDS = {"opens": BEGINS, "changes": CHANGES, "ends": OVER}


@dataclass(frozen=True)
class Event:
    """An alarm begins, changes, is over or is held back; a stream falls silent or is back."""

    kind: str
    """``begins``, ``changes``, ``over``, ``held``, ``silent`` or ``back``."""
    name: str
    """The stream."""
    time: str
    """When: the time in the data, else the number of the row, or the clock where nothing came."""
    text: str
    """What happened, in words."""
    alarm: StreamAlarm | None = None
    message: Alert | None = None
    """What is told of a run."""

    def line(self) -> str:
        """Return the event as one line."""
        name = f" {self.name}" if self.name else ""
        return one_line(f"{self.time}  {_HEADS[self.kind]}{name}: {self.text}")

    def to_dict(self) -> dict[str, Any]:
        """Return the event as plain types, with all of its alarm."""
        alarm = self.alarm.to_dict() if self.alarm else {}
        return {"event": self.kind, "name": self.name, "time": self.time, "text": self.text, **alarm}


def of_alarm(alarm: StreamAlarm, lang: str) -> Event:
    """Return the event that an alarm begins, is over or is held back."""
    over = alarm.end is not None
    return Event(
        HELD if alarm.held else OVER if over else BEGINS, alarm.name, alarm.when(over), alarm.sentence(lang), alarm
    )


def of_message(message: Alert, now: str) -> Event:
    """Return the event that an incident of a run begins, changes or is over."""
    rules = " ".join(getattr(alarm, "rule", "") for alarm in message.alarms)
    text = f"{rules}: {message.text}" if rules else message.text
    return Event(_KINDS[message.kind], "", now, text, message=message)
