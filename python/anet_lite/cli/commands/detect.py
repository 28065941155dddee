"""``anet-lite detect``: what is strange in a column of numbers, from a file or as they arrive."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO, cast

import typer

import anet_lite
from anet_lite.cli.view.output import Format, write

if TYPE_CHECKING:
    import io

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
    words: Annotated[bool, typer.Option(help="Compare bags of words too.")] = True,
    plot: Annotated[str, typer.Option(help="Draw series, score, p-value and alarms into this file.")] = "",
    form: Annotated[Format, typer.Option("--format", help="A table of alarms, or every sample.")] = Format.table,
) -> None:
    """Score each number by what came before it, and raise alarms.

    The table lists the alarms, each with the reason at its peak. CSV and JSON lines list every sample, as it is read.
    An empty cell is a missing sample.
    """
    from anet_lite.cli.options.csv_column import numbers
    from anet_lite.cli.rows import detection

    alarms = anet_lite.Alarms(threshold, merge)
    live = file == "-"
    if live:
        cast("io.TextIOWrapper", sys.stdout).reconfigure(line_buffering=True)
    with contextlib.nullcontext(sys.stdin) if live else _opened(file) as lines:
        values = numbers(lines, column, "standard input" if live else file, live)
        samples = detection.scored(values, words, threshold)
        if form is not Format.table and not plot:
            write((sample.row(index) for index, sample in enumerate(samples)), form)
            return
        kept = list(samples)
    episodes = detection.episodes(kept, alarms)
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
    try:
        return Path(file).open(newline="", encoding="utf-8-sig")
    except OSError as error:
        raise typer.BadParameter(f"{file}: {error.strerror}", param_hint="file") from None
