"""Which incidents are worth a message: one of a kind gives no second within a while."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Callable

from anet_lite._internal.one_line import one_line
from anet_lite._internal.validate import instance
from anet_lite.diagnosis import Incidents

if TYPE_CHECKING:
    from anet_lite import Alarm, Snapshot, StreamAlarm
    from anet_lite.diagnosis import Message


@dataclass(frozen=True)
class Alert:
    """A message to a person."""

    title: str
    """At most 63 characters."""
    text: str
    """What happened, in words."""
    kind: str
    """``opens``, ``changes`` or ``ends``, of an incident or of an alarm of a stream; ``remark`` of the loop itself."""
    status: str
    """The run's status; of a stream ``alarm`` or ``over``."""
    alarms: list[Alarm] | list[StreamAlarm]
    """The alarms of the step, none where the incident ends; of a stream, the alarm."""


class Cooldown:
    """Lets the messages of an incident through, unless one that opened alike gave some a while ago.

    An incident gives a message when it opens, one more when its cause or gravity changes, and one when it ends. Where
    incidents follow each other, a person wants those of the first; that the run is failing is always told. An alarm of
    a stream gives a message when it begins and when it is over; streams have cooldowns of their own.

    Args:
        seconds: Time after an incident has opened in which one with the same alarms gives no message.
        clock: Seconds from some beginning.

    Example:
        >>> from anet_lite import Monitor
        >>> from anet_lite.tracker import Cooldown
        >>> cooldown, snapshot = Cooldown(), Monitor().update(loss=float("nan"), step=7)
        >>> cooldown.alert(snapshot).title
        'step 7: failing, nonfinite'
        >>> cooldown.alert(snapshot) is None
        True

    """

    def __init__(self, seconds: float = 300.0, clock: Callable[[], float] = time.monotonic) -> None:
        self.seconds = seconds
        self._clock = clock
        self._incidents = Incidents()
        self._sent: dict[tuple[str, ...], float] = {}
        self._muted = False
        self._streams: dict[str, float] = {}
        self._muted_streams: set[str] = set()

    def alert(self, snapshot: Snapshot) -> Alert | None:
        """Return the message that a snapshot is worth; None where nothing is new, or it is in its cooldown."""
        message = self._incidents.news(snapshot)
        if message is None:
            return None
        if message.kind == "opens":
            now, rules = self._clock(), (message.status, *(alarm.rule for alarm in message.alarms))
            self._muted = now - self._sent.get(rules, -float("inf")) < self.seconds
            if not self._muted:
                self._sent[rules] = now
        elif message.kind == "changes" and message.status == "failing":
            self._muted = False
        return None if self._muted else _alert(message)

    def stream_alert(self, alarm: StreamAlarm) -> Alert | None:
        """Return the message that an alarm of a stream is worth, where it begins and where it is over."""
        from anet_lite.stream.alarm import StreamAlarm

        instance("alarm", alarm, StreamAlarm)
        if alarm.end is not None:
            return None if alarm.name in self._muted_streams else _stream_alert(alarm)
        now = self._clock()
        if now - self._streams.get(alarm.name, -float("inf")) < self.seconds:
            self._muted_streams.add(alarm.name)
            return None
        self._muted_streams.discard(alarm.name)
        self._streams[alarm.name] = now
        return _stream_alert(alarm)


def _stream_alert(alarm: StreamAlarm) -> Alert:
    over = alarm.end is not None
    status, kind = ("over", "ends") if over else ("alarm", "opens")
    title = one_line(f"{alarm.name} {alarm.when(over)}: {status}".strip())
    return Alert(short_title(title), alarm.sentence(), kind, status, [alarm])


def _alert(message: Message) -> Alert:
    rules = ", ".join(alarm.rule for alarm in message.alarms) or f"since step {message.since}"
    what = f"over, {message.status}" if message.kind == "ends" else f"{message.status}, {rules}"
    return Alert(
        short_title(f"step {message.step}: {what}"), message.text, message.kind, message.status, message.alarms
    )


def short_title(title: str, most: int = 63) -> str:
    """Return a title that every service takes whole."""
    return title if len(title) <= most else title[: most - 1] + "…"
