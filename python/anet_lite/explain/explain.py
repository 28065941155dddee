"""From the numbers of an alarm to words: what moved first, likely causes in order, next actions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from anet_lite.explain.causes import CAUSES, Cause
from anet_lite.explain.features import evidence

if TYPE_CHECKING:
    from anet_lite import Alarm, Snapshot

#: Groups that a paragraph names.
_NAMED = 3


class LikelyCause(NamedTuple):
    """A cause, why it is likely, and what to do about it."""

    name: str
    what: str
    reason: str
    action: str
    weight: float


class Explanation(NamedTuple):
    """An alarm in words and as data."""

    paragraph: str
    """One short paragraph."""
    moved_first: str | None
    """The score that began to stir first."""
    since: int | None
    """The row in which it began."""
    causes: list[LikelyCause]
    """Likely causes, the likeliest first."""
    actions: list[str]
    """What to do next, in the same order."""
    last_values: dict[str, list[float | None]]
    """The newest values of every signal that was given, at most 8."""


_SIGNALS = ("loss", "grad_norm", "step_norm", "noise", "lr")

_WORDS = {
    "en": {
        "quiet": "Step {step}: the run is {status}.",
        "status": {"warming_up": "warming up", "healthy": "healthy", "suspect": "suspect", "failing": "failing"},
        "head": "Step {step}: the run is {status}.",
        "ratio": "{what} is {value:.3g}, {ratio:.3g} times the usual {expected:.3g} ({rule}).",
        "count": "{what} has been {value:.3g} for {length} steps ({rule}).",
        "bad": "{what} is {value} ({rule}).",
        "plain": "{what} is {value:.3g} ({rule}).",
        "first": "First to move was {first}, {ago} steps earlier.",
        "at_once": "{first} moved first, in this step.",
        "groups": "It shows in {groups}.",
        "more": "{groups} and {count} more",
        "batch": "The batch is {batch}.",
        "note": 'It comes {ago} steps after the note "{text}".',
        "cause": "Most likely {what}: {reason}.",
        "next": "Next: {action}.",
        "join": " ",
        "list": ", ",
        "update_size": "update per unit of rate",
        "noise_share": "noise over gradient norm",
        "beside": "update over that of the other groups",
    },
    "ja": {
        "quiet": "ステップ{step}: 学習は{status}です。",
        "status": {"warming_up": "準備中", "healthy": "正常", "suspect": "要注意", "failing": "故障"},
        "head": "ステップ{step}: 学習は{status}の状態です。",
        "ratio": "{what}は{value:.3g}で、通常の{expected:.3g}の{ratio:.3g}倍です({rule})。",
        "count": "{what}は{length}ステップ続けて{value:.3g}です({rule})。",
        "bad": "{what}は{value}です({rule})。",
        "plain": "{what}は{value:.3g}です({rule})。",
        "first": "最初に動いたのは{first}で、{ago}ステップ前です。",
        "at_once": "最初に動いたのは{first}で、このステップです。",
        "groups": "該当グループ: {groups}。",
        "more": "{groups}ほか{count}件",
        "batch": "バッチは{batch}です。",
        "note": "「{text}」という宣言から{ago}ステップ後です。",
        "cause": "最も疑わしい原因: {what}({reason})。",
        "next": "次の手: {action}。",
        "join": "",
        "list": "、",
        "update_size": "学習率あたりの更新量",
        "noise_share": "勾配ノルムに対するノイズの比",
        "beside": "他のグループに対する更新量の比",
    },
}


def explain(snapshot: Snapshot, lang: str = "en") -> Explanation:
    """Return what a snapshot's alarms mean.

    Causes are ranked by a table of what each score speaks for (``anet_lite.explain.causes``); the score that moved
    first counts half as much again. A snapshot without alarms gives a paragraph that says so, and no causes.

    Args:
        snapshot: What ``Monitor.update`` returned.
        lang: ``"en"`` or ``"ja"``.

    Raises:
        ValueError: There is no such language.

    Example:
        >>> from anet_lite import Monitor
        >>> from anet_lite.explain import explain
        >>> print(explain(Monitor().update(loss=float("nan"), step=7)).paragraph)
        Step 7: the run is failing. loss is nan (nonfinite). nonfinite moved first, in this step. Most likely a bad
            input or label, or a logarithm or division of 0: the loss itself is not finite. Next: look at this batch.

    """
    if lang not in _WORDS:
        raise ValueError(f"lang must be 'en' or 'ja', got {lang!r}")
    causes = [_worded(cause, weight, lang) for cause, weight in _ranked(snapshot)]
    first = snapshot.onset[0] if snapshot.alarms and snapshot.onset else None
    values = {name: snapshot.recent(name) for name in _SIGNALS}
    return Explanation(
        paragraph=_paragraph(snapshot, causes, lang),
        moved_first=first[0] if first else None,
        since=first[1] if first else None,
        causes=causes,
        actions=[cause.action for cause in causes],
        last_values={name: newest for name, newest in values.items() if any(v is not None for v in newest)},
    )


def _ranked(snapshot: Snapshot) -> list[tuple[Cause, float]]:
    """Causes that something speaks for, by its weight; ties in the order of the table."""
    if not snapshot.alarms:
        return []
    found = evidence(snapshot)
    weights = [(cause, sum(cause.evidence.get(name, 0.0) * w for name, w in found.items())) for cause in CAUSES]
    return sorted((pair for pair in weights if pair[1] > 0), key=lambda pair: -pair[1])


def _worded(cause: Cause, weight: float, lang: str) -> LikelyCause:
    return LikelyCause(cause.name, *(cause.ja if lang == "ja" else cause.en), weight)


def _groups(groups: list[str], lang: str) -> str:
    say = _speaker(lang)
    named = say("list").join(groups[:_NAMED])
    return say("more", groups=named, count=len(groups) - _NAMED) if len(groups) > _NAMED else named


def _paragraph(snapshot: Snapshot, causes: list[LikelyCause], lang: str) -> str:
    words = _WORDS[lang]
    say = _speaker(lang)
    status = words["status"][snapshot.status]  # type: ignore[index]
    if not snapshot.alarms:
        return say("quiet", step=snapshot.step, status=status)
    loudest = max(snapshot.alarms, key=lambda alarm: alarm.strength)
    parts = [
        say("head", step=snapshot.step, status=status),
        _numbers(loudest, snapshot, lang),
        _first_to_move(snapshot, lang),
    ]
    if loudest.groups:
        parts.append(say("groups", groups=_groups(loudest.groups, lang)))
    if snapshot.note is not None:
        text, row = snapshot.note
        parts.append(say("note", text=text, ago=snapshot.row - row))
    if snapshot.batch_id is not None:
        parts.append(say("batch", batch=snapshot.batch_id))
    if causes:
        parts.append(say("cause", what=causes[0].what, reason=causes[0].reason))
        parts.append(say("next", action=causes[0].action))
    return say("join").join(part for part in parts if part)


def _numbers(alarm: Alarm, snapshot: Snapshot, lang: str) -> str:
    say = _speaker(lang)
    what = say(alarm.family) if alarm.family in ("update_size", "noise_share") else alarm.signal
    if alarm.family == "update_size" and alarm.rule not in snapshot.firing:
        what = say("beside")
    if alarm.family == "nonfinite":
        return say("bad", what=what, value=alarm.value, rule=alarm.rule)
    if alarm.family == "frozen":
        # A zero step counts from the first; another value repeats from the second on.
        length = alarm.length + (alarm.signal != "step_norm")
        return say("count", what=what, value=alarm.value, length=length, rule=alarm.rule)
    if alarm.ratio is None or alarm.expected is None:
        return say("plain", what=what, value=alarm.value, rule=alarm.rule)
    return say("ratio", what=what, value=alarm.value, ratio=alarm.ratio, expected=alarm.expected, rule=alarm.rule)


def _first_to_move(snapshot: Snapshot, lang: str) -> str:
    if not snapshot.onset:
        return ""
    name, since = snapshot.onset[0]
    ago = snapshot.row - since
    return _speaker(lang)("first" if ago else "at_once", first=name, ago=ago)


class _Speaker(NamedTuple):
    words: dict[str, object]

    def __call__(self, key: str, **values: object) -> str:
        text = str(self.words[key])
        return text.format(**values) if values else text


def _speaker(lang: str) -> _Speaker:
    return _Speaker(dict(_WORDS[lang]))
