"""The words around a run's plots, in two languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anet_lite._native import __version__
from anet_lite.diagnosis.texts import STATUS
from anet_lite.reader.ending import ending_sentence
from anet_lite.verdict import sentence

if TYPE_CHECKING:
    from anet_lite.page.run import Run

KINDS = {
    "en": {
        "settled_worse": "settled worse",
        "overfits": "overfits",
        "collapsed": "collapsed",
    },
    "ja": {
        "settled_worse": "悪化したまま",
        "overfits": "過学習",
        "collapsed": "損失が急落",
    },
}
"""Verdicts that stand in the place of a status."""

TITLES = {
    "Loss": "損失",
    "Norms": "ノルム",
    "Learning rate": "学習率",
    "ϑ, consistency of the noise": "ϑ(ノイズの一貫性)",
    "Precursor z": "前駆のz",
}
"""What plots are called in Japanese; others have their own names."""

WORDS = {
    "en": {
        "alarms": "Alarms",
        "audit": "Tombstones",
        "notes": "Notes of the recorder",
        "strip": "Status over the whole run",
        "to": " to ",
        "more": "{count:,} more are not listed.",
        "worst": "{status} at worst",
        "step": "step {x}",
        "row": "row {x}",
        "one incident": "1 incident",
        "incidents": "{count:,} incidents",
        "one alarm": " with 1 alarm.",
        "with alarms": " with {count:,} alarms.",
        "none": "No alarm.",
        "unwarned": " None opened before that.",
        "there": " The last one opened there.",
        "before": " The last before that opened at {at}.",
        "rows": "{form}, {rows:,} rows.",
        "replayed": "Alarms and metrics are what a monitor says of these rows now.",
        "recorded": "Alarms and metrics are as they were recorded.",
        "by": " by {operator}, policy {policy} ",
        "hint": "Drag across a plot to look closer, double-click to see all. All plots move together.",
        "touch": "Tap a step below to look closer, tap a plot twice to see all. All plots move together.",
        "footer": "Dotted: alarms. Shaded: incidents. Solid: from where on the verdict holds. Dashed: tombstones. "
        "Triangles: not finite. anet-lite {version}, plots by uPlot.",
        "join": " ",
    },
    "ja": {
        "alarms": "警報",
        "audit": "トゥームストーン",
        "notes": "レコーダーの注記",
        "strip": "学習全体の状態",
        "to": " 〜 ",
        "more": "ほかに{count:,}件あります。",
        "worst": "最悪時: {status}",
        "step": "ステップ{x}",
        "row": "{x}行目",
        "one incident": "異常1件",
        "incidents": "異常{count:,}件",
        "one alarm": "、警報1件。",
        "with alarms": "、警報{count:,}件。",
        "none": "警報はありません。",
        "unwarned": "それより前に始まった異常はありません。",
        "there": "最後の異常はそこで始まりました。",
        "before": "その前の最後の異常は{at}で始まりました。",
        "rows": "{form}、{rows:,}行。",
        "replayed": "警報と指標は、これらの行をいまモニターに与えた結果です。",
        "recorded": "警報と指標は記録されたままのものです。",
        "by": " 実行者{operator}、方針{policy} ",
        "hint": "図の上をドラッグすると拡大し、ダブルクリックで全体に戻ります。すべての図が連動します。",
        "touch": "下のステップに触れると拡大し、図を2回たたくと全体に戻ります。すべての図が連動します。",
        "footer": "点線: 警報。帯: 異常。実線: 判定の始まり。破線: トゥームストーン。三角: 有限でない値。"
        "anet-lite {version}、作図はuPlot。",
        "join": "",
    },
}


def words_of(run: Run, lang: str, more: int) -> dict[str, str]:
    """Return all that the page of a run says besides its alarms; `more` of them are not listed."""
    words = WORDS[lang]
    told = words["replayed" if run.replayed else "recorded"]
    verdict = [*_verdict(run, lang), _incidents(run, lang), run.remark]
    return {
        "lang": lang,
        **{name: words[name] for name in ("alarms", "audit", "notes", "by", "hint", "touch", "strip", "to")},
        "place": words[run.axis],
        "more": words["more"].format(count=more) if more else "",
        "worst": words["worst"].format(status=said(run.worst, lang)),
        "verdict": words["join"].join(part for part in verdict if part),
        "facts": words["join"].join([words["rows"].format(form=run.form, rows=run.rows), told]),
        "footer": words["footer"].format(version=__version__),
    }


def title_of(panel: str, lang: str) -> str:
    """Return what a plot is called."""
    return TITLES.get(panel, panel) if lang == "ja" else panel


def said(status: str, lang: str) -> str:
    """Return a status, or a verdict that stands in its place, as a reader is to see it."""
    return {**STATUS[lang], **KINDS[lang]}.get(status, status.replace("_", " "))


def _verdict(run: Run, lang: str) -> list[str]:
    """Return how the run went, and why it ended where its log says so."""
    verdict = [sentence(run.verdict, lang)] if run.verdict else []
    return [*verdict, *([ending_sentence(run.ending, lang)] if run.ending else [])]


def _incidents(run: Run, lang: str) -> str:
    """Return how many incidents there were, and whether one opened before the run broke."""
    words, opened = WORDS[lang], dict[int, float]()
    if not run.alarms:
        return words["none"]
    for event in run.alarms:
        opened.setdefault(event.incident, float(run.steps[event.row]))
    counts = {"incident": len(opened), "alarm": len(run.alarms)}
    incidents = words["one incident" if counts["incident"] == 1 else "incidents"].format(count=counts["incident"])
    alarms = words["one alarm" if counts["alarm"] == 1 else "with alarms"].format(count=counts["alarm"])
    return incidents + alarms + _lead(list(opened.values()), run, words)


def _lead(opened: list[float], run: Run, words: dict[str, Any]) -> str:
    since = run.verdict.since if run.verdict else None
    if since is None:
        return ""
    broke = float(run.steps[since])
    before = [at for at in opened if at <= broke]
    if not before:
        return words["unwarned"]
    at = words[run.axis].format(x=f"{before[-1]:,.12g}")
    return words["there"] if before[-1] == broke else words["before"].format(at=at)
