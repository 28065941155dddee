"""The numbers of an alarm in a sentence: the value of this row, what was judged, and what that was compared with."""

from __future__ import annotations

from math import exp, isfinite
from typing import TYPE_CHECKING, NamedTuple

from anet_lite.diagnosis.texts import QUANTITIES, SIGNALS, TEXTS, USUAL

if TYPE_CHECKING:
    from anet_lite import Alarm, Snapshot

_MOST_TIMES = 1e4
"""A ratio above this tells nothing: its denominator is next to 0."""


class _Judged(NamedTuple):
    """What a rule judges: a mean, a median or the value itself, of how many values, against what."""

    by: str
    rows: int
    against: str


_ITSELF = _Judged("value", 1, "usual")

_JUDGED = {
    "level_loss": _Judged("mean", 32, "usual"),
    "level_grad": _Judged("mean", 32, "usual"),
    "fade_grad": _Judged("mean", 8, "usual"),
    "vanish": _Judged("mean", 16, "least"),
    "update_up": _Judged("geometric", 8, "usual"),
    "update_down": _Judged("geometric", 8, "usual"),
    "noise_fall": _Judged("geometric", 8, "usual"),
    "drawdown": _Judged("mean", 32, "best"),
    "lr_jump": _Judged("value", 1, "largest"),
    "lr_drop": _Judged("value", 1, "row_before"),
    "explosion": _Judged("value", 1, "rows_before"),
    "over_start": _Judged("mean", 8, "start"),
    "gave_back": _Judged("smoothed", 64, "best"),
    "over_all": _Judged("mean", 8, "largest"),
    "higher_again": _Judged("median", 32, "peak"),
    "longer_again": _Judged("median", 8, "before"),
    "early_rise": _Judged("mean", 8, "best"),
    "early_burst": _Judged("mean", 8, "usual"),
    "early_vanish": _Judged("median", 8, "start"),
    "zero_rate": _Judged("value", 1, "largest"),
    "signal_rise": _Judged("median", 8, "usual"),
    "signal_fall": _Judged("median", 8, "usual"),
    "collapse": _Judged("median", 8, "median_before"),
    "resumed_worse": _Judged("median", 16, "first_time"),
}
"""By rule; drift sums as many rows as the alarm says, all others judge the value itself."""

_COUNTS = ("frozen", "dead")
"""Families whose rules count rows of one value."""


def numbers(alarm: Alarm, snapshot: Snapshot, lang: str) -> str:
    """Return the sentence."""
    said = _counted(alarm, lang) or _compared(alarm, snapshot, lang)
    if lang == "en" and alarm.signal in SIGNALS[lang]:  # A name that the caller gave is left as it is.
        said = said[0].upper() + said[1:]
    return said + TEXTS[lang]["end"].format(rule=alarm.rule)


def _counted(alarm: Alarm, lang: str) -> str:
    """Say how long a value has stood, or that it is no number; empty for other rules."""
    texts, what = TEXTS[lang], SIGNALS[lang].get(alarm.signal, alarm.signal)
    if not isfinite(alarm.value):
        return texts["nonfinite"].format(what=what, value=alarm.value)
    if alarm.rule == "chance_level" and alarm.expected is not None:
        classes = round(exp(alarm.expected))
        return texts["chance"].format(what=what, value=alarm.value, length=alarm.length, classes=classes)
    if alarm.rule == "signal_nonzero":
        return texts["nonzero"].format(what=what, value=alarm.value)
    if alarm.rule == "overfit" and alarm.expected is not None:
        return texts["evaluations"].format(what=what, value=alarm.value, expected=alarm.expected, length=alarm.length)
    if alarm.family in _COUNTS and alarm.rule != "early_vanish":
        # A repeated value counts from the second on.
        length = alarm.length + (alarm.family == "frozen")
        return texts["count" if alarm.value else "zero"].format(what=what, value=alarm.value, length=length)
    return ""


def _compared(alarm: Alarm, snapshot: Snapshot, lang: str) -> str:
    """Say the value of this row, the mean that was judged, and what it was compared with."""
    texts, judged = TEXTS[lang], _judged(alarm)
    what = _quantity(alarm, snapshot, lang)
    now = None if judged.by == "value" else _now(alarm, snapshot)
    given = {"what": what, "now": now, "value": alarm.value, "rows": judged.rows}
    form = judged.by if now is not None or judged.by == "value" else f"{judged.by}_alone"
    said = texts[form].format(**given)
    if now is not None:
        said = texts["here"].format(**given) + texts["part"] + said
    return said + _comparison(alarm, judged, lang)


def _comparison(alarm: Alarm, judged: _Judged, lang: str) -> str:
    if alarm.expected is None:
        return "" if lang == "en" else "です"
    texts = TEXTS[lang]
    usual = USUAL[lang][judged.against].format(expected=alarm.expected)
    told = alarm.value > 0 and alarm.expected > 0 and alarm.ratio is not None and alarm.ratio <= _MOST_TIMES
    form = "times" if told else "against"
    return texts["next_part"] + texts[form].format(usual=usual, ratio=alarm.ratio)


def _judged(alarm: Alarm) -> _Judged:
    if alarm.family == "drift":
        return _Judged("mean", alarm.length, "usual") if alarm.length > 1 else _ITSELF
    if alarm.family == "reference":
        return _Judged("value", 1, "good_run")
    return _JUDGED.get(alarm.rule, _ITSELF)


def _now(alarm: Alarm, snapshot: Snapshot) -> float | None:
    """Return the value of this row in the units of what was judged."""
    if alarm.family == "update_size":
        moved, rate = snapshot.step_norm, snapshot.lr
        return moved / rate if moved is not None and rate else None
    if alarm.family == "noise_share":
        noise, norm = snapshot.noise, snapshot.grad_norm
        return noise / norm if noise is not None and norm else None
    five = {name: getattr(snapshot, name) for name in SIGNALS["en"]}
    return five.get(alarm.signal, snapshot.signals.get(alarm.signal))


def _quantity(alarm: Alarm, snapshot: Snapshot, lang: str) -> str:
    """Name what an alarm measured: a signal, or a ratio of two."""
    if alarm.family == "update_size" and alarm.rule not in snapshot.firing:
        return TEXTS[lang]["peers"]
    return QUANTITIES[lang].get(alarm.family) or SIGNALS[lang].get(alarm.signal, alarm.signal)
