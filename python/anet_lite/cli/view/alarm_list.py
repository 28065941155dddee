"""The alarms of series that are over, on the screen: what was read, each alarm with its sentence, what was left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from anet_lite._internal.one_line import one_line
from anet_lite.stream import summary, unjudged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from anet_lite.stream import Found, StreamAlarm

_REMARKS = 8
"""Remarks on streams that are shown; of a fleet most are alike."""

_WORDS = {
    "en": {
        "strangest": "Strangest, though nothing that rings:",
        "more": "... and {count:,} more remarks.",
        "to": " to ",
        "held": "held back",
    },
    "ja": {
        "strangest": "警報には至らないが、最も変わっている箇所:",
        "more": "ほかに{count:,}件の注記があります。",
        "to": " から ",
        "held": "保留",
    },
}


def show(found: Found, strangest: Sequence[StreamAlarm], lang: str) -> None:
    """Print what a detector says of series."""
    words = _WORDS[lang]
    for line in _remarks(found, words, lang):
        typer.echo(one_line(line))
    typer.echo(summary(found, lang))
    for number, alarm in enumerate(found.alarms, 1):
        _show_one(f"{number:>4}. ", alarm, words, lang)
    if strangest and not found.rang:
        typer.echo(words["strangest"])
        for alarm in strangest:
            _show_one("   -  ", alarm, words, lang)


def _show_one(head: str, alarm: StreamAlarm, words: dict[str, str], lang: str) -> None:
    begin, end = alarm.when(), alarm.when(over=True) if alarm.end is not None else ""
    span = begin if end in ("", begin) else f"{begin}{words['to']}{end}"
    rarity = words["held"] if alarm.held else f"p {alarm.p_value:.1e}"
    typer.echo(one_line(f"{head}{span}   {rarity}"))
    typer.echo(one_line(f"      {alarm.sentence(lang)}"))


def _remarks(found: Found, words: dict[str, str], lang: str) -> list[str]:
    told = [*found.told(), *unjudged(found, lang)]
    more = [words["more"].format(count=len(told) - _REMARKS)] if len(told) > _REMARKS else []
    return [*told[:_REMARKS], *more]
