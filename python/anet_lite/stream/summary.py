"""What came of series that are over, in a line, and what could not be judged of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anet_lite.stream.whole import Found

_WORDS = {
    "en": {
        "unjudged": "Nothing was judged: {samples:,} sample{more}{streams}.",
        "none": "No alarm in {samples:,} sample{more}{streams}.",
        "some": "{alarms:,} alarm{s} in {samples:,} sample{more}{streams}.",
        "streams": " of {count:,} streams",
        "part": " of {count:,} streams that were judged, of {all:,}",
        "held": "{count:,} more {was} held back, since {its} do{es} the like at other times.",
        "its": "its stream",
        "their": "their streams",
        "join": " ",
    },
    "ja": {
        "unjudged": "判定したものはありません: サンプル{samples:,}個{streams}。",
        "none": "{samples:,}個のサンプル{streams}に警報はありません。",
        "some": "{samples:,}個のサンプル{streams}に警報が{alarms:,}件あります。",
        "streams": "({count:,}系列)",
        "part": "(全{all:,}系列のうち判定した{count:,}系列)",
        "held": "ほかに{count:,}件は、同じ系列が他の時にも同様の動きをするため保留しました。",
        "its": "",
        "their": "",
        "join": "",
    },
}


def summary(found: Found, lang: str = "en") -> str:
    """Return how many alarms there were in what was judged, and how many were held back."""
    words = _WORDS[lang]
    judged = {name: scores for name, scores in found.scores.items() if found.is_judged(name)}
    counted = judged or found.scores
    samples, alarms = sum(len(scores.score) for scores in counted.values()), len(found.rang)
    some = "streams" if len(counted) == len(found.scores) else "part"
    streams = words[some].format(count=len(counted), all=len(found.scores)) if len(found.scores) > 1 else ""
    kind = "some" if alarms else "none" if judged else "unjudged"
    head = words[kind].format(
        samples=samples, streams=streams, alarms=alarms, s="s" * (alarms != 1), more="s" * (samples != 1)
    )
    return words["join"].join([head, *held_back(sum(found.held_back.values()), lang)])


def held_back(count: int, lang: str = "en") -> list[str]:
    """Return in a sentence how often an alarm was held back; nothing where none was."""
    words, one = _WORDS[lang], count == 1
    plural = {"was": "was" if one else "were", "its": words["its" if one else "their"], "es": "es" if one else ""}
    return [words["held"].format(count=count, **plural)] if count else []


def unjudged(found: Found, lang: str = "en") -> list[str]:
    """Return what is said of streams of which too little is known."""
    return [young.sentence(name, lang) for name, young in found.young.items()]
