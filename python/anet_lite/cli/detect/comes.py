"""Streams while they come: from standard input, or from a file that grows."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING, cast

import typer

from anet_lite._internal.one_line import one_line
from anet_lite.cli.detect.pictures import draw
from anet_lite.cli.live.pieces import Pieces
from anet_lite.cli.live.session import Session, Sink
from anet_lite.cli.live.silence import Silence
from anet_lite.cli.live.sinks.messengers import Told
from anet_lite.cli.live.sinks.screen import ScreenSink
from anet_lite.cli.live.state_file import StateFile
from anet_lite.cli.options.choice import choice_of
from anet_lite.cli.options.exit_status import INTERRUPTED
from anet_lite.cli.view.output import Format
from anet_lite.cli.view.sample_lines import SampleLines
from anet_lite.reader.live import LiveReader
from anet_lite.stream import of_series, seconds_of
from anet_lite.stream.columns import Choice
from anet_lite.stream.summary import held_back

if TYPE_CHECKING:
    import io

    from anet_lite.cli.detect.asked import Asked
    from anet_lite.reader.table import Table, Wanted

_LOOK = 0.5
"""Seconds after which a loop looks at the clock though nothing came."""


class Coming:
    """A live input: bytes to rows to events."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._state = StateFile(asked.state)
        self._reader = LiveReader(asked.reading, self._choose, asked.where)
        self._choice = Choice(())
        self._told = False
        silence = Silence(seconds_of(asked.stale, "stale") if asked.stale else 0.0, lang=asked.lang)
        alone = asked.alarms_alone or asked.as_json
        lines = None if asked.form is Format.table or alone else SampleLines(asked.form)
        keep = bool(asked.plot or asked.report)
        self.session: Session = Session(asked.streams(), silence, sinks_of(asked), lines, asked.lang, keep)

    def take(self, tables: list[Table]) -> None:
        """Score the rows of tables."""
        self._tell_form()
        for table in tables:
            self.session.take(table, self._choice)
        sys.stdout.flush()
        self._state.save_now_and_then(self.session.watched)

    def read(self, pieces: Pieces) -> None:
        """Take all that comes, until it ends."""
        while (piece := pieces.get(_LOOK)) is not None:
            self.take(self._reader.feed(piece) if piece else [])
            self.session.look_at_clock()
        self.take(self._reader.finish())

    def end(self) -> int:
        """End the streams, save them, draw them; return how many alarms there were."""
        watched, asked = self.session.watched, self._asked
        lost = self.session.finish(goes_on=bool(asked.state))
        self._state.save(watched)
        for name, texts in {"": self._reader.remarks(), **watched.remarks()}.items():
            for text in texts:
                typer.echo(one_line(of_series(name, text)), err=True)
        for text in self._not_judged():
            typer.echo(one_line(text), err=True)
        if lost:
            typer.echo(f"{lost:,} events were not confirmed as delivered", err=True)
        if self.session.rows == 0:
            typer.echo(f"{asked.where}: no row has come", err=True)
        draw(asked, self.session.found(), watched, self._reader.form)
        return self.session.rang

    def _not_judged(self) -> list[str]:
        """Return what was held back, and of which streams too little is known."""
        watched, lang = self.session.watched, self._asked.lang
        young = [each.sentence(name, lang) for name, each in watched.young.items()]
        return [*young, *held_back(sum(watched.held_back.values()), lang)]

    def _choose(self, reader: LiveReader) -> Wanted:
        asked = self._asked
        keys = () if asked.no_keys else asked.keys
        columns = list(asked.columns)
        self._choice = choice_of(reader.known, columns, asked.every_column, keys, asked.time, asked.where)
        asked.refuse_unknown(self._choice.columns)
        return self._choice.wanted

    def _tell_form(self) -> None:
        """Say once, beside what is printed, how the input is read."""
        if self._reader.form and not self._told:
            self._told = True
            time = f", time {self._choice.time}" if self._choice.time else ""
            looked_at = ", ".join(self._choice.columns)
            typer.echo(one_line(f"{self._asked.where}: {self._reader.form}; {looked_at} looked at{time}"), err=True)


def run(asked: Asked) -> int:
    """Tell what happens as it comes; return how many alarms there were.

    Ctrl-C ends the input: what goes on is told, saved and delivered as at its end.
    """
    cast("io.TextIOWrapper", sys.stdout).reconfigure(line_buffering=True)
    coming, interrupted = Coming(asked), False
    try:
        coming.read(Pieces(asked.file if asked.follow and asked.file != "-" else ""))
    except KeyboardInterrupt:
        interrupted = True
    with suppress(KeyboardInterrupt):  # a second Ctrl-C ends the waiting
        rang = coming.end()
        if interrupted:
            raise typer.Exit(INTERRUPTED)
        return rang
    raise typer.Exit(INTERRUPTED)


def sinks_of(asked: Asked) -> list[Sink]:
    """Return where events go.

    Raises:
        ImportError: The extra that a sink needs is not installed.
        ValueError: An address is none.

    """
    sinks = list[Sink]()
    if asked.form is Format.table or asked.alarms_alone or asked.as_json:
        sinks.append(ScreenSink(as_json=asked.as_json or asked.form is not Format.table))
    if asked.execute:
        from anet_lite.cli.live.sinks.command import CommandSink

        sinks.append(CommandSink(asked.execute))
    sinks += Told(asked.webhook, asked.webhook_form, asked.notify, asked.lang).sinks()
    if asked.prometheus:
        from anet_lite.cli.live.sinks.prometheus import PrometheusSink

        sinks.append(PrometheusSink(asked.prometheus))
    return sinks
