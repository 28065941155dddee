"""What happens in a stream while it is watched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from anet_lite._internal.one_line import one_line

if TYPE_CHECKING:
    from anet_lite.stream import StreamAlarm

BEGINS, OVER, HELD, SILENT, BACK = "begins", "over", "held", "silent", "back"
_HEADS = {BEGINS: "ALARM", OVER: "over", HELD: "held back", SILENT: "SILENT", BACK: "back"}


@dataclass(frozen=True)
class Event:
    """An alarm begins, is over or is held back; a stream falls silent or is back."""

    kind: str
    """``begins``, ``over``, ``held``, ``silent`` or ``back``."""
    name: str
    """The stream."""
    time: str
    """When: the time in the data, else the number of the row, or the clock where nothing came."""
    text: str
    """What happened, in words."""
    alarm: StreamAlarm | None = None

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
