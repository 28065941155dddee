"""One stream of rows, printed in three forms: a table to read, CSV and JSON lines to hand on."""

from __future__ import annotations

import csv
import json
import math
import sys
from enum import Enum
from itertools import chain, islice
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from anet_lite._internal.one_line import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from anet_lite.cli.rows.value import Value


class Format(str, Enum):  # str, since the last typer for Python 3.9 compares a default with the texts
    """The forms in which rows are printed."""

    table = "table"
    csv = "csv"
    jsonl = "jsonl"


def write(rows: Iterable[Mapping[str, Value]], form: Format) -> None:
    """Print rows that share their keys to standard output: CSV and JSON lines as they come, a table at the end."""
    {Format.table: _table, Format.csv: _csv, Format.jsonl: _jsonl}[form](rows)


def _table(rows: Iterable[Mapping[str, Value]]) -> None:
    table = Table()
    for row in rows:
        if not table.columns:
            for name in row:
                table.add_column(_cell(name), justify="right")
        table.add_row(*map(_cell, row.values()))
    Console().print(table)


def _cell(value: Value) -> Text:
    return Text(f"{value:.4f}" if isinstance(value, float) else one_line(str(value)))


def _csv(rows: Iterable[Mapping[str, Value]]) -> None:
    rows = iter(rows)
    for first in islice(rows, 1):
        out = csv.writer(sys.stdout, lineterminator="\n")
        out.writerow(map(neutral, first))
        out.writerows(map(neutral, row.values()) for row in chain([first], rows))


def neutral(value: Value) -> Value:
    """Return a cell that no spreadsheet takes for a formula: a text that begins like one gets an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def _jsonl(rows: Iterable[Mapping[str, Value]]) -> None:
    for row in rows:
        print(json.dumps({name: finite_or_none(value) for name, value in row.items()}))


def finite_or_none(value: Value) -> Value | None:
    """JSON has no NaN and no infinity: they become null."""
    return None if isinstance(value, float) and not math.isfinite(value) else value
