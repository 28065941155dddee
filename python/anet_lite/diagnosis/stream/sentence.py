"""An alarm of a stream in words."""

from __future__ import annotations

from math import inf, isfinite, isnan, nan
from typing import TYPE_CHECKING

from anet_lite._internal.one_line import one_line
from anet_lite.diagnosis.stream.figures import about, above, below, figure, step_of
from anet_lite.diagnosis.stream.reason import reason_of
from anet_lite.diagnosis.stream.words import REASONS, SHAPES, TEXTS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from anet_lite import Explanation

    Time = Callable[[int], str]

_RARE = 100.0
"""One sample in fewer is not rare enough to be told."""
_RAREST = 1e9
"""One sample in more is told as one in so many."""
_BOTH, _NAMED = 2, 3
"""Streams together are named up to so many."""
_KEPT = 2048
"""Samples that a detector keeps and compares with."""


def sentence(
    found: Explanation,
    lang: str = "en",
    *,
    name: str = "",
    time: Time | None = None,
    quiet: tuple[float, float] | None = None,
    p_value: float | None = None,
    first: float = nan,
    expected: float = nan,
    reason: str | None = None,
    held: bool = False,
    together: Sequence[str] = (),
) -> str:
    """Return what :func:`anet_lite.explain` says of an explanation."""
    texts = TEXTS[lang]
    what = one_line(name or found.name or "") or _unnamed(found, texts)
    if found.shape is None:
        return texts["warm_up"].format(what=what, samples=found.samples)
    expected = expected if _is_of_then(found) else nan
    step = step_of(found.usual_low, found.usual_high, found.value, expected)
    value = _value(found, what, step, texts, time, expected)
    head = _joint(found, what, together, texts, time) if found.joint else value + _course(found, lang, time)
    rare = texts["held"] if held else _rare(found.p_value if p_value is None else p_value, texts)
    parts = [
        head[0].upper() + head[1:] if what.startswith(texts["stream"]) else head,
        REASONS[lang].get(reason or reason_of(found) or "", ""),
        _quiet(found, quiet, found.value if isnan(first) and _is_of_then(found) else first, step, texts, time),
        "" if found.joint or (held and found.similar is None) else _similar(found, texts, time),
        rare,
    ]
    return texts["join"].join(part for part in parts if part)


def _joint(found: Explanation, what: str, together: Sequence[str], texts: dict[str, str], time: Time | None) -> str:
    """Say that the channels do not go together as usual, and which has the largest part in it: of two both have."""
    names = texts["and"].join(map(one_line, together)) if 0 < len(together) <= _NAMED else texts["channels"]
    since, samples = found.since or 0, _samples(found.length or 1, texts)
    began = ("lasting" if _goes_on(found) else "over") + ("_ago" if time is None else "")
    course = texts[began].format(time=_when(since, texts, time), samples=samples)
    most = "" if len(together) == _BOTH else texts["joint_most"].format(what=what)
    return texts["joint"].format(names=names) + most + course.rstrip(": ") + texts["stop"]


def _unnamed(found: Explanation, texts: dict[str, str]) -> str:
    return texts["stream"] if found.channel == 0 else texts["channel"].format(number=found.channel)


def _value(
    found: Explanation, what: str, step: float, texts: dict[str, str], time: Time | None, expected: float
) -> str:
    """Say the value beside what was expected and what is usual."""
    value = figure(found.value, step)
    if isnan(found.value):
        return texts["missing"].format(what=what)
    if found.value_age:
        said = texts["was"].format(what=what, value=value, time=_when(found.value_age, texts, time))
    else:
        said = texts["is"].format(what=what, value=value)
    if isfinite(expected):
        said += texts["expected"].format(expected=figure(expected, step))
    return said + _usual(found, step, texts)


def _usual(found: Explanation, step: float, texts: dict[str, str]) -> str:
    low, high = figure(found.usual_low, step), figure(found.usual_high, step)
    inside = found.usual_low <= found.value <= found.usual_high
    between = "fixed" if low == high else "within" if inside else "range"
    return texts[between].format(low=low, high=high, season=texts["season"] if found.season else "")


def _is_of_then(found: Explanation) -> bool:
    """Whether the value is the one with which the event began."""
    return found.value_age == (found.since or 0)


def _goes_on(found: Explanation) -> bool:
    """Whether the event reaches to the newest sample, or nearly so."""
    return (found.length or 0) + 2 > (found.since or 0)


def _course(found: Explanation, lang: str, time: Time | None) -> str:
    """Say since when, how long, and what it looks like."""
    texts = TEXTS[lang]
    began = ("lasting" if _goes_on(found) else "over") + ("_ago" if time is None else "")
    said = texts[began].format(time=_when(found.since or 0, texts, time), samples=_samples(found.length or 1, texts))
    return said + texts["end"].format(shape=SHAPES[lang][found.shape or "unusual_shape"])


def _samples(count: int, texts: dict[str, str]) -> str:
    return texts["one"] if count == 1 else texts["many"].format(count=f"{count:,}")


def _when(age: int, texts: dict[str, str], time: Time | None) -> str:
    """Return the time of a sample or, without times, how many samples ago it came."""
    return texts["ago"].format(samples=_samples(age, texts)) if time is None else one_line(time(age))


def _quiet(
    found: Explanation,
    quiet: tuple[float, float] | None,
    first: float,
    step: float,
    texts: dict[str, str],
    time: Time | None,
) -> str:
    """Say what would not have alarmed at the beginning: one side of it, where the value is of then and lies beyond."""
    if quiet is None or quiet == (-inf, inf):
        return ""
    low, high = quiet
    if isnan(low) or isnan(high):
        return texts["quiet_none"]
    is_of_then = _is_of_then(found)
    below_it = (is_of_then and found.value > high) or low == -inf
    above_it = (is_of_then and found.value < low) or high == inf
    # A value that stands still may alarm between others that do not.
    side = "_others" if low <= first <= high else "_below" if below_it else "_above" if above_it else ""
    said = texts["quiet" + side].format(low=above(low, step), high=below(high, step))
    return (
        said[0].upper() + said[1:]
        if is_of_then
        else texts["then"].format(time=_when(found.since or 0, texts, time)) + said
    )


def _similar(found: Explanation, texts: dict[str, str], time: Time | None) -> str:
    if found.shape == "missing_samples":
        return ""
    if found.similar is None:
        return texts["new"].format(count=f"{min(found.samples, _KEPT):,}")
    return texts["similar"].format(time=_when(found.similar[0], texts, time))


def _rare(p_value: float, texts: dict[str, str]) -> str:
    if not 0.0 < p_value <= 1.0 / _RARE:
        return ""
    return texts["rare"].format(count=about(min(1.0 / p_value, _RAREST)))
