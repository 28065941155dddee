"""What a record says of its incidents, as the messages that they are worth."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anet_lite._internal.one_line import one_line
from anet_lite.diagnosis.subject import SUBJECTS
from anet_lite.diagnosis.texts import ENDS, STATUS
from anet_lite.tracker import Alert
from anet_lite.tracker.alert import short_title
from anet_lite.tracker.texts import TITLES

if TYPE_CHECKING:
    from anet_lite.reader.follow import Fired

_CALM = ("healthy", "settled")


@dataclass
class _Told:
    incident: float | None
    since: int
    name: str
    failing: bool = False
    messages: int = 0


class Recorded:
    """Tells an incident of a record where it opens, where the run is failing in it for the first time, and its end.

    Args:
        lang: Language of titles and of the end, ``"en"`` or ``"ja"``; an alarm stays in the words of the record.

    """

    def __init__(self, lang: str = "en") -> None:
        self._lang, self._origin, self._named = lang, secrets.token_hex(6), 0
        self._told: _Told | None = None

    def alarm(self, fired: Fired, incident: float | None, status: str) -> Alert | None:
        """Return the message of an alarm; None where nothing is new."""
        told = self._told
        if told is None or told.incident != incident:
            self._named += 1
            told = self._told = _Told(incident, fired.step, f"{self._origin}-{self._named}")
        graver = status == "failing" and not told.failing
        if told.messages and not graver:
            return None
        told.failing = told.failing or graver
        texts = TITLES[self._lang]
        what = texts["fires"].format(status=self._status(status), rules=texts["list"].join(fired.rules.split()))
        return self._alert(fired.step, what, fired.text, "changes" if told.messages else "opens", status)

    def calm(self, step: int, status: str) -> Alert | None:
        """Return the end of the incident, where the run has a status of its own again."""
        if self._told is None or status not in _CALM:
            return None
        run = SUBJECTS[self._lang]["run"]
        text = ENDS[self._lang][status].format(step=step, since=self._told.since, subject=run)
        what = TITLES[self._lang]["over"].format(status=self._status(status))
        alert = self._alert(step, what, text, "ends", status)
        self._told = None
        return alert

    def _alert(self, step: int, what: str, text: str, kind: str, status: str) -> Alert:
        told = self._told
        assert told is not None
        told.messages += 1
        title = short_title(one_line(TITLES[self._lang]["step"].format(step=step, what=what)))
        return Alert(title, text, kind, status, [], told.name, told.messages - 1, told.since)

    def _status(self, status: str) -> str:
        return status if self._lang == "en" else STATUS[self._lang].get(status, status)
