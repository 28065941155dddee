"""The alarms of series that are over, on the screen: what was read, each alarm with its sentence, what was left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from anet_lite._internal.one_line import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from anet_lite.stream import Found, StreamAlarm

_REMARKS = 8
"""Remarks on streams that are shown; of a fleet most are alike."""

_WORDS = {
    "en": {
        "none": "No alarm in {samples:,} samples{streams}.",
        "some": "{alarms:,} alarm{s} in {samples:,} samples{streams}.",
        "streams": " of {count:,} streams",
        "strangest": "Strangest, though nothing that rings:",
        "short": "{name} has only {samples:,} samples: the first 64 of a stream are not judged.",
        "more": "... and {count:,} more remarks.",
        "to": " to ",
    },
    "ja": {
        "none": "{samples:,}個の標本{streams}に警報はありません。",
        "some": "{samples:,}個の標本{streams}に警報が{alarms:,}件あります。",
        "streams": "({count:,}系列)",
        "strangest": "警報には至らないが、最も変わっている箇所:",
        "short": "{name}の標本は{samples:,}個だけです。各系列の最初の64個は判定しません。",
        "more": "ほかに{count:,}件の注記があります。",
        "to": " から ",
    },
}
_WARM_UP = 64


def show(found: Found, strangest: Sequence[StreamAlarm], lang: str) -> None:
    """Print what a detector says of series."""
    words = _WORDS[lang]
    for line in _remarks(found, words):
        typer.echo(one_line(line))
    samples = sum(len(scores.score) for scores in found.scores.values())
    streams = words["streams"].format(count=len(found.scores)) if len(found.scores) > 1 else ""
    count = len(found.alarms)
    head = words["some" if count else "none"]
    typer.echo(head.format(samples=samples, streams=streams, alarms=count, s="s" * (count != 1)))
    for number, alarm in enumerate(found.alarms, 1):
        _show_one(f"{number:>4}. ", alarm, words["to"], lang)
    if strangest and not count:
        typer.echo(words["strangest"])
        for alarm in strangest:
            _show_one("   -  ", alarm, words["to"], lang)


def _show_one(head: str, alarm: StreamAlarm, to: str, lang: str) -> None:
    begin, end = alarm.when(), alarm.when(over=True) if alarm.end is not None else ""
    span = begin if end in ("", begin) else f"{begin}{to}{end}"
    typer.echo(one_line(f"{head}{span}   p {alarm.p_value:.1e}"))
    typer.echo(one_line(f"      {alarm.sentence(lang)}"))


def _remarks(found: Found, words: dict[str, str]) -> list[str]:
    told = found.told()
    for name, scores in found.scores.items():
        if len(scores.score) <= _WARM_UP:
            told.append(words["short"].format(name=name or "-", samples=len(scores.score)))
    more = [words["more"].format(count=len(told) - _REMARKS)] if len(told) > _REMARKS else []
    return [*told[:_REMARKS], *more]
