"""What a run has come to, in a sentence: whether it could be judged at all, and how it stands."""

# ruff: noqa: RUF001 (the dash of a value that is not known)

from __future__ import annotations

from anet_lite._internal.validate import instance, language
from anet_lite._native import RunSummary
from anet_lite.diagnosis.texts import CONCLUSIONS, STATUS


def too_short(summary: RunSummary, lang: str = "en") -> str:
    """Return the sentence that a run was too short to be judged, with how many rows were and are needed; else "".

    Example:
        >>> from anet_lite import Monitor
        >>> from anet_lite.diagnosis import too_short
        >>> monitor = Monitor()
        >>> rows = monitor.update_many([1.0] * 40)
        >>> too_short(monitor.summary()).partition(". ")[0]
        'Too short for the monitor to judge: 40 rows came, 155 are needed'

    """
    _check(summary, lang)
    return "" if summary.judged else short_of(summary.rows, summary.needed, lang)


def short_of(rows: int, needed: int, lang: str = "en") -> str:
    """Return the sentence of a run of so many rows that was not judged."""
    return CONCLUSIONS[lang]["too_short"].format(rows=rows, needed=needed)


def conclusion(summary: RunSummary, lang: str = "en") -> str:
    """Return how a run stands at its end.

    Example:
        >>> from anet_lite import Monitor
        >>> from anet_lite.diagnosis import conclusion
        >>> monitor = Monitor()
        >>> rows = monitor.update_many([2.0 + 0.1 * (at % 7) for at in range(300)])
        >>> conclusion(monitor.summary())
        'Healthy: no incident in 141 rows that were judged.'

    """
    _check(summary, lang)
    texts = CONCLUSIONS[lang]
    parts = [too_short(summary, lang), _standing(summary, lang), texts["ruined"] if summary.ruined else ""]
    return texts["join"].join(part for part in parts if part)


def _check(summary: RunSummary, lang: str) -> None:
    instance("summary", summary, RunSummary)
    language(lang)


def _standing(summary: RunSummary, lang: str) -> str:
    """Say how it stands; nothing where nothing was judged and nothing fired."""
    texts, status = CONCLUSIONS[lang], summary.status
    if not summary.incidents:
        if status in ("healthy", "warming_up"):
            return texts["healthy"].format(judged=summary.judged) if summary.judged else ""
        return texts["unopened"].format(status=STATUS[lang][status].capitalize())
    last, count = summary.incidents[-1], summary.incident_count
    return texts["again" if status == "healthy" else status].format(
        incidents=texts["one" if count == 1 else "many"].format(count=count),
        step=last.step,
        rules=texts["list"].join(last.rules),
        before=_short(last.before),
        after=_short(last.after),
    )


def _short(value: float | None) -> str:
    return "–" if value is None else f"{value:.4g}"
