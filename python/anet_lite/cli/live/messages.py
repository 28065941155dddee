"""Events as messages that chats, pagers and mail take."""

from __future__ import annotations

import secrets
from collections import Counter
from hashlib import sha256
from typing import TYPE_CHECKING

from anet_lite._internal.one_line import one_line
from anet_lite.cli.live.event import BACK, BEGINS, OVER, SILENT
from anet_lite.tracker import Alert
from anet_lite.tracker.alert import short_title, title_of_stream

if TYPE_CHECKING:
    from anet_lite.cli.live.event import Event

_KINDS = {BEGINS: "opens", OVER: "ends", SILENT: "opens", BACK: "ends"}
_STATUS = {
    "en": {SILENT: "silent", BACK: "back"},
    "ja": {SILENT: "無音", BACK: "再開"},
}


class Messages:
    """Makes a message of an event, and names the incident that it is about: an alarm, a silence.

    Args:
        lang: ``"en"`` or ``"ja"``.

    """

    def __init__(self, lang: str = "en") -> None:
        self._lang, self._origin = lang, secrets.token_hex(6)
        self._told: Counter[str] = Counter()

    def of(self, event: Event) -> Alert:
        """Return the message of an event; of a run's, the one that it has."""
        if event.message is not None:
            return event.message
        incident = self._incident(event)
        self._told[incident] += 1
        alarms = [] if event.alarm is None else [event.alarm]
        return Alert(
            self._title(event), event.text, _KINDS.get(event.kind, "remark"), event.kind, alarms,
            incident, self._told[incident] - 1, event.alarm.start if event.alarm else 0,
        )  # fmt: skip

    def _incident(self, event: Event) -> str:
        about = "silence" if event.alarm is None else f"{event.alarm.start} {event.alarm.held}"
        which = sha256(f"{event.name}\n{about}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
        return f"{self._origin}-{which}"

    def _title(self, event: Event) -> str:
        if event.alarm is not None:
            return title_of_stream(event.alarm, self._lang)
        status = _STATUS[self._lang].get(event.kind, event.kind)
        return short_title(one_line(f"{event.name}: {status}" if event.name else status))
