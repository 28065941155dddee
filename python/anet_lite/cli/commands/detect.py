"""``anet-lite detect``: what is strange in a column of numbers, from a file or as they arrive."""

from __future__ import annotations

import contextlib
import io
import sys
from pathlib import Path
from typing import Annotated, TextIO, cast

import typer

import anet_lite
from anet_lite.cli.view.output import Format, write

_HEAD = 1 << 16
"""Bytes from which the encoding of a file is known."""

EXAMPLES = """Examples:

- `anet-lite detect cpu.csv --column load --plot cpu.png`
- `anet-lite detect cpu.csv --format csv > scored.csv`
- `tail -f log.csv | anet-lite detect --format jsonl`
"""


def detect(
    file: Annotated[str, typer.Argument(help="CSV file with a header or without; - is standard input.")] = "-",
    column: Annotated[str, typer.Option(help="Column to look at, where there are several of numbers.")] = "",
    threshold: Annotated[float, typer.Option(help="Largest p-value that alarms.")] = 1e-4,
    merge: Annotated[int, typer.Option(help="Alarms fewer samples apart than this are one.")] = 50,
    tokens: Annotated[bool, typer.Option(help="Compare bags of tokens too.")] = True,
    plot: Annotated[str, typer.Option(help="Draw series, score, p-value and alarms into this file.")] = "",
    form: Annotated[Format, typer.Option("--format", help="A table of alarms, or every sample.")] = Format.table,
) -> None:
    """Score each number by what came before it, and raise alarms.

    The table lists the alarms, each with the reason at its peak. CSV and JSON lines list every sample, as it is read.
    An empty cell is a missing sample.
    """
    from anet_lite.cli.options.csv_column import numbers
    from anet_lite.cli.rows import detection

    rule = anet_lite.Episodes(threshold, merge)
    live = file == "-"
    if live:
        cast("io.TextIOWrapper", sys.stdout).reconfigure(line_buffering=True)
        cast("io.TextIOWrapper", sys.stdin).reconfigure(errors="replace")
    with contextlib.nullcontext(sys.stdin) if live else _opened(file) as lines:
        values = numbers(lines, column, "standard input" if live else file, live)
        samples = detection.scored(values, tokens, threshold)
        if form is not Format.table and not plot:
            write((sample.row(index) for index, sample in enumerate(samples)), form)
            return
        kept = list(samples)
    episodes = detection.episodes(kept, rule)
    if form is not Format.table:
        write((sample.row(index) for index, sample in enumerate(kept)), form)
    elif episodes:
        write((detection.alarm_row(episode, kept) for episode in episodes), form)
    else:
        typer.echo(f"no alarm in {len(kept)} samples")
    if plot:
        from anet_lite.cli.view.detection_plot import draw

        draw(kept, episodes, threshold, plot)


def _opened(file: str) -> TextIO:
    from anet_lite.reader.forms.decoded import bytes_of, encoding_of, head_of, text_of

    try:
        head, packed = head_of(file, _HEAD)
        if packed:
            return io.StringIO(text_of(bytes_of(file))[0], newline=None)
        # Characters that the encoding of the beginning has not are in words: numbers have none of them.
        return Path(file).open(encoding=encoding_of(head), errors="replace")
    except OSError as error:
        raise typer.BadParameter(f"{file}: {error.strerror}", param_hint="file") from None
