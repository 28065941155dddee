"""Which incidents are worth a message: one of a kind gives no second within a while."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Callable

from anet_lite._internal.validate import instance
from anet_lite.diagnosis import Incidents
from anet_lite.diagnosis.incidents import Message
from anet_lite.tracker.alert import Alert, title_of, title_of_stream
from anet_lite.tracker.texts import SET_ASIDE

if TYPE_CHECKING:
    from anet_lite import Snapshot, StreamAlarm


@dataclass
class _UnderWay:
    """The incident under way."""

    name: str
    since: int
    muted: bool = False
    told: int = 0
    """Messages that it has given."""


class Cooldown:
    """Lets the messages of an incident through, unless one that opened alike gave some a while ago.

    An incident gives a message when it opens, one more when its cause or gravity changes, and one when it ends. Where
    incidents follow each other, a person wants those of the first; that the run is failing is always told. An alarm of
    a stream gives a message when it begins and when it is over; streams have cooldowns of their own.

    What was told to begin is told to be over: an incident that the monitor drops, since it was set back or a note was
    made, ends with a message too. Where another opens in the same step, it takes the place and the name of the first.

    Args:
        seconds: Time after an incident has opened in which one with the same alarms gives no message.
        clock: Seconds from some beginning.
        lang: Language of the messages, ``"en"`` or ``"ja"``.

    Raises:
        ValueError: ``lang`` is another language.

    Example:
        >>> from anet_lite import Monitor
        >>> from anet_lite.tracker import Cooldown
        >>> cooldown, snapshot = Cooldown(), Monitor().update(loss=float("nan"), step=7)
        >>> cooldown.alert(snapshot).title
        'step 7: failing, nonfinite'
        >>> cooldown.alert(snapshot) is None, cooldown.under_way
        (True, True)

    """

    def __init__(self, seconds: float = 300.0, clock: Callable[[], float] = time.monotonic, lang: str = "en") -> None:
        self.seconds = seconds
        self.lang: str = lang
        self._clock = clock
        self._incidents = Incidents(lang)
        self._under_way: _UnderWay | None = None
        self._sent: dict[tuple[str, ...], float] = {}
        self._streams: dict[str, float] = {}
        self._muted_streams: set[str] = set()
        self._origin, self._named = secrets.token_hex(6), 0

    @property
    def under_way(self) -> bool:
        """Whether an incident of the run goes on, told or not."""
        return self._under_way is not None

    def name(self) -> str:
        """Return a name that no other incident has."""
        self._named += 1
        return f"{self._origin}-{self._named}"

    def alert(self, snapshot: Snapshot) -> Alert | None:
        """Return the message that a snapshot is worth; None where nothing is new, or it is in its cooldown."""
        message = self._incidents.news(snapshot) or self._dropped(snapshot)
        if message is None:
            return None
        incident = self._incident(message)
        over = message.kind == "ends"
        if over:
            self._under_way = None
        if not incident.told if over else incident.muted:
            return None
        incident.told += 1
        return Alert(
            title_of(message, self.lang), message.text, message.kind, message.status, message.alarms,
            incident.name, incident.told - 1, incident.since,
        )  # fmt: skip

    def stream_alert(self, alarm: StreamAlarm) -> Alert | None:
        """Return the message that an alarm of a stream is worth, where it begins and where it is over."""
        from anet_lite.stream.alarm import StreamAlarm

        instance("alarm", alarm, StreamAlarm)
        if alarm.end is not None:
            return None if alarm.name in self._muted_streams else self._stream_alert(alarm)
        now = self._clock()
        if now - self._streams.get(alarm.name, -float("inf")) < self.seconds:
            self._muted_streams.add(alarm.name)
            return None
        self._muted_streams.discard(alarm.name)
        self._streams[alarm.name] = now
        return self._stream_alert(alarm)

    def _incident(self, message: Message) -> _UnderWay:
        """Return the incident that a message is about."""
        incident = self._under_way or _UnderWay(self.name(), message.since)
        if message.kind == "opens":
            incident.since, incident.muted = message.since, self._is_muted(message)
        elif message.kind == "changes" and message.status == "failing":
            incident.muted = False
        self._under_way = incident
        return incident

    def _is_muted(self, message: Message) -> bool:
        now, rules = self._clock(), (message.status, *(alarm.rule for alarm in message.alarms))
        muted = now - self._sent.get(rules, -float("inf")) < self.seconds
        if not muted:
            self._sent[rules] = now
        return muted

    def _dropped(self, snapshot: Snapshot) -> Message | None:
        """Return the end of an incident of which the monitor says no more."""
        if self._under_way is None or self._incidents.under_way:
            return None
        since = self._under_way.since
        text = SET_ASIDE[self.lang].format(step=snapshot.step, since=since)
        return Message("ends", snapshot.step, snapshot.status, since, [], text)

    def _stream_alert(self, alarm: StreamAlarm) -> Alert:
        over = alarm.end is not None
        status, kind = ("over", "ends") if over else ("alarm", "opens")
        which = sha256(f"{alarm.name}\n{alarm.start}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
        return Alert(
            title_of_stream(alarm, self.lang), alarm.sentence(self.lang), kind, status, [alarm],
            f"{self._origin}-{which}", int(over), alarm.start,
        )  # fmt: skip
