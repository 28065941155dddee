"""One short paragraph about a snapshot: status, strongest alarm in numbers, likeliest cause, next action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anet_lite._internal.one_line import one_line
from anet_lite._internal.plain_text import plain_text
from anet_lite.diagnosis.numbers import numbers
from anet_lite.diagnosis.subject import subject
from anet_lite.diagnosis.texts import STATUS, TEXTS

if TYPE_CHECKING:
    from anet_lite import Alarm, Snapshot
    from anet_lite.diagnosis.rank import LikelyCause

_ONSETS = {0: "onset_now", 1: "onset_before"}
"""The sentences of an onset few rows ago."""

_NAMED = 3
"""Groups that a paragraph names."""

_PLAIN = ("nonfinite", "dead", "explosion", "resume")
"""Families of which one alarm says more than any score: they are told first."""


def paragraph(snapshot: Snapshot, causes: list[LikelyCause], lang: str) -> str:
    """Return the paragraph in a language of ``TEXTS``."""
    texts = TEXTS[lang]
    status, about = STATUS[lang][snapshot.status], subject(snapshot, lang)
    parts = [texts["status"].format(step=snapshot.step, subject=about, status=status)]
    if snapshot.alarms:
        told = max(snapshot.alarms, key=_telling)
        parts += [numbers(told, snapshot, lang), _onset(told, snapshot, texts), _groups(told.groups, texts)]
        parts += _circumstances(snapshot, texts)
    # Notes, batches and names are the caller's, and a line of a log is to stay one.
    return one_line(texts["join"].join(part for part in (*parts, *_advice(causes, texts)) if part))


def _telling(alarm: Alarm) -> tuple[bool, float]:
    return alarm.family in _PLAIN, alarm.strength


def _onset(told: Alarm, snapshot: Snapshot, texts: dict[str, str]) -> str:
    """Say what rose first, unless it is what was just told of this row."""
    if not snapshot.onset or snapshot.onset[0] == (told.rule, snapshot.row):
        return ""
    first, since = snapshot.onset[0]
    ago = snapshot.row - since
    return texts[_ONSETS.get(ago, "onset")].format(first=first, ago=ago)


def _groups(groups: list[str], texts: dict[str, str]) -> str:
    if not groups:
        return ""
    named = texts["list"].join(groups[:_NAMED])
    if len(groups) > _NAMED:
        named = texts["more_groups"].format(groups=named, count=len(groups) - _NAMED)
    return texts["groups"].format(groups=named)


def _circumstances(snapshot: Snapshot, texts: dict[str, str]) -> list[str]:
    """Return what the caller said of the step: a note before it, its batch."""
    parts: list[str] = []
    if snapshot.note is not None:
        text, row = snapshot.note
        parts.append(texts["note"].format(text=text, ago=snapshot.row - row))
    if snapshot.batch_id is not None:
        parts.append(texts["batch"].format(batch=plain_text(snapshot.batch_id)))
    return parts


def _advice(causes: list[LikelyCause], texts: dict[str, str]) -> list[str]:
    if not causes:
        return []
    likeliest = causes[0]
    cause = texts["cause"].format(what=likeliest.what, reason=likeliest.reason)
    return [cause, texts["next"].format(action=likeliest.action)]
