"""One short paragraph about a snapshot: status, strongest alarm in numbers, likeliest cause, next action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anet_lite.diagnosis.texts import QUANTITIES, STATUS, TEXTS

if TYPE_CHECKING:
    from anet_lite import Alarm, Snapshot
    from anet_lite.diagnosis.rank import LikelyCause

_ONSETS = {0: "onset_now", 1: "onset_before"}
"""The sentences of an onset few steps ago."""

_NAMED = 3
"""Groups that a paragraph names."""


def paragraph(snapshot: Snapshot, causes: list[LikelyCause], lang: str) -> str:
    """Return the paragraph in a language of ``TEXTS``."""
    texts = TEXTS[lang]
    status = STATUS[lang][snapshot.status]
    if not snapshot.alarms:
        return texts["no_alarm"].format(step=snapshot.step, status=status)
    strongest = max(snapshot.alarms, key=lambda alarm: alarm.strength)
    parts = [
        texts["alarm"].format(step=snapshot.step, status=status),
        _numbers(strongest, snapshot, lang),
        _onset(snapshot, texts),
        _groups(strongest.groups, texts),
        *_circumstances(snapshot, texts),
        *_advice(causes, texts),
    ]
    return texts["join"].join(part for part in parts if part)


def _numbers(alarm: Alarm, snapshot: Snapshot, lang: str) -> str:
    texts, rule = TEXTS[lang], alarm.rule
    what = _quantity(alarm, snapshot, lang)
    if alarm.family == "nonfinite":
        return texts["nonfinite"].format(what=what, value=alarm.value, rule=rule)
    if alarm.family == "frozen":
        # A zero step counts from the first; another value repeats from the second on.
        length = alarm.length + (alarm.signal != "step_norm")
        return texts["count"].format(what=what, value=alarm.value, length=length, rule=rule)
    if alarm.ratio is None or alarm.expected is None:
        return texts["value"].format(what=what, value=alarm.value, rule=rule)
    return texts["ratio"].format(what=what, value=alarm.value, ratio=alarm.ratio, expected=alarm.expected, rule=rule)


def _quantity(alarm: Alarm, snapshot: Snapshot, lang: str) -> str:
    """Name what an alarm measured: a signal, or a ratio of two."""
    if alarm.family == "update_size" and alarm.rule not in snapshot.firing:
        return TEXTS[lang]["peers"]
    return QUANTITIES[lang].get(alarm.family, alarm.signal)


def _onset(snapshot: Snapshot, texts: dict[str, str]) -> str:
    if not snapshot.onset:
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
        parts.append(texts["batch"].format(batch=snapshot.batch_id))
    return parts


def _advice(causes: list[LikelyCause], texts: dict[str, str]) -> list[str]:
    if not causes:
        return []
    likeliest = causes[0]
    cause = texts["cause"].format(what=likeliest.what, reason=likeliest.reason)
    return [cause, texts["next"].format(action=likeliest.action)]
