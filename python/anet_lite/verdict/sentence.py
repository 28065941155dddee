"""A verdict as one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anet_lite._native import AnetValueError
from anet_lite.verdict.verdict import NEEDED

if TYPE_CHECKING:
    from anet_lite.verdict.verdict import Verdict

_SENTENCES = {
    "en": {
        "healthy": "Healthy: no incident; the loss went from {start:.4g} to {end:.4g}, its best level was {best:.4g}.",
        "recovered": "Recovered after incidents: the loss went from {start:.4g} to {end:.4g}, its best was {best:.4g}.",
        "settled_worse": "Settled worse from {at} on: the loss ends at {end:.4g}, its best level was {best:.4g}.",
        "failing": "Failing from {at} on: the loss began at {start:.4g}, was {best:.4g} at best, ends at {end:.4g}.",
        "overfits": "Overfits from {at} on: {signal} was {best_evaluation:.4g} there, its best, and ends at "
        "{last_evaluation:.4g}.",
        "collapsed": "Collapsed at {at}: the loss fell from {before:.4g}, faster than it ever learned, and ends at "
        "{end:.4g}. No training does that: look for a leak, a batch repeated, targets that are gone, a flipped sign.",
        "failing by signal": "Failing from {at} on: {signal} left its usual range there, far, and has not come back.",
        "settled_worse by signal": "Settled elsewhere from {at} on: {signal} left its usual range, and the run is "
        "not back.",
        "not_finite": "Failing from {at} on: the loss is not finite.",
        "evaluation_not_finite": "Failing from {at} on: the evaluation loss {signal} is not finite.",
        "zero_gradient": "Failing from {at} on: the gradient is zero or nothing beside what it was, so nothing trains.",
        "stuck": "Failing from {at} on: the loss is always {end:.4g}, above its start of {start:.4g}.",
        "no_progress": "No verdict on the loss: it is negative, or never fell from its start of {start:.4g}.",
        "not_judged": "Not judged: {losses:.0f} losses were read, {needed} are needed.",
        "no_loss": "No verdict on the loss: none was read.",
    },
    "ja": {
        "healthy": "健全:異常なし。損失は{start:.4g}から{end:.4g}になりました。最良の水準は{best:.4g}です。",
        "recovered": "回復:警報のあとも改善を保ちました。損失は{start:.4g}から{end:.4g}、最良の水準は{best:.4g}です。",
        "settled_worse": "{at}から悪化したまま:損失は{end:.4g}で終わりました。最良の水準は{best:.4g}でした。",
        "failing": "{at}から失敗:損失は{end:.4g}で終わりました。最良は{best:.4g}、開始時は{start:.4g}でした。",
        "overfits": "{at}から過学習:{signal}はここで最良の{best_evaluation:.4g}でしたが、"
        "{last_evaluation:.4g}で終わりました。",
        "collapsed": "{at}で損失が急落:{before:.4g}から、学習ではありえない速さで下がり、{end:.4g}で終わりました。"
        "正解の漏れ、同じバッチの繰り返し、正解データの欠落、損失の符号を確かめてください。",
        "failing by signal": "{at}から失敗:{signal}が通常の範囲を大きく外れ、戻っていません。",
        "settled_worse by signal": "{at}から別の水準:{signal}が通常の範囲を外れ、元に戻っていません。",
        "not_finite": "{at}から失敗:損失が有限の値ではありません。",
        "evaluation_not_finite": "{at}から失敗:評価損失{signal}が有限の値ではありません。",
        "zero_gradient": "{at}から失敗:勾配がゼロか、以前に比べて無に等しく、何も学習していません。",
        "stuck": "{at}から失敗:損失がずっと{end:.4g}で、開始時の{start:.4g}を上回っています。",
        "no_progress": "損失の判定なし:損失が負か、開始時の{start:.4g}から下がっていません。",
        "not_judged": "判定なし:読めた損失は{losses:.0f}個で、{needed}個必要です。",
        "no_loss": "損失の判定なし:損失が読めませんでした。",
    },
}

_PLACES = {
    "en": {"step": "step {step}", "row": "row {row}"},
    "ja": {"step": "ステップ{step}", "row": "{row}行目"},
}


def sentence(verdict: Verdict, lang: str = "en") -> str:
    """Return the verdict in English or Japanese.

    Raises:
        ValueError: ``lang`` is neither ``en`` nor ``ja``.

    Example:
        >>> from anet_lite.verdict import Verdict, sentence
        >>> sentence(Verdict("not_judged", "count", evidence={"losses": 7}))
        'Not judged: 7 losses were read, 32 are needed.'

    """
    if lang not in _SENTENCES:
        raise AnetValueError(f"lang must be one of en, ja, got {lang!r}")
    words = _SENTENCES[lang]
    place = _PLACES[lang]["row" if verdict.step is None else "step"]
    at = place.format(step=verdict.step, row=verdict.since)
    text = words[_key(verdict)]
    return text.format(at=at, needed=NEEDED, signal=verdict.signal, **verdict.evidence)


def _key(verdict: Verdict) -> str:
    if verdict.reason == "signal":
        return f"{verdict.kind} by signal"
    return verdict.reason if verdict.kind == "failing" and verdict.reason != "level" else verdict.kind
