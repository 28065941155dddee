"""How a run that is over went, in words: the verdict, its incidents, what the monitor made of the end, why it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anet_lite.verdict.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from anet_lite import RunSummary
    from anet_lite.reader.ending import Ending
    from anet_lite.verdict.verdict import Verdict

_CALM = ("no_progress", "not_judged", "no_loss")
_WORDS = {
    "en": {
        "none": "No incident.",
        "one": "1 incident{lead}.",
        "many": "{count} incidents{lead}.",
        "earlier": "; the last before it opened {earlier} rows earlier",
        "same": "; the last opened in that row",
        "join": " ",
    },
    "ja": {
        "none": "異常はありません。",
        "one": "異常は1件です{lead}。",
        "many": "異常は{count}件です{lead}。",
        "earlier": "(その行までで最後の異常は{earlier}行前に始まりました)",
        "same": "(最後の異常はその行で始まりました)",
        "join": "",
    },
}


def retrospect(
    verdict: Verdict, opened: Sequence[int], summary: RunSummary, ending: Ending | None = None, lang: str = "en"
) -> str:
    """Return how a run went, in English or Japanese.

    Args:
        verdict: The verdict.
        opened: The rows in which incidents opened, in order.
        summary: What the run came to for the monitor.
        ending: Why it ended, where its log says so.
        lang: ``"en"`` or ``"ja"``.

    Raises:
        ValueError: There is no such language.

    Example:
        >>> from anet_lite import Monitor
        >>> from anet_lite.verdict import Verdict, retrospect
        >>> verdict = Verdict("failing", "not_finite", since=12, step=12)
        >>> retrospect(verdict, [9], Monitor().summary()).partition(". ")[0]
        'Failing from step 12 on: the loss is not finite'

    """
    from anet_lite.diagnosis import conclusion, too_short
    from anet_lite.reader.ending import ending_sentence

    said = [sentence(verdict, lang)]
    if opened or verdict.kind != "healthy":
        said.append(_incidents(verdict.since, opened, lang))
    # A verdict that cannot judge the loss must not hide what the run came to for the monitor.
    worse = verdict.kind in _CALM and summary.status in ("settled", "suspect", "failing")
    said.append(conclusion(summary, lang) if worse else too_short(summary, lang))
    said += [ending_sentence(ending, lang)] if ending else []
    return _WORDS[lang]["join"].join(part for part in said if part)


def _incidents(since: int | None, opened: Sequence[int], lang: str) -> str:
    """Return how many there were, and how long before the verdict's row the last opened, if one did."""
    words = _WORDS[lang]
    before = [row for row in opened if since is not None and row <= since]
    earlier = 0 if since is None or not before else since - before[-1]
    lead = words["earlier" if earlier else "same"].format(earlier=earlier) if before else ""
    return words["many" if len(opened) > 1 else "one" if opened else "none"].format(count=len(opened), lead=lead)
