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
                table.add_column(name, justify="right")
        table.add_row(*map(_cell, row.values()))
    Console().print(table)


def _cell(value: Value) -> str:
    return f"{value:.4f}" if isinstance(value, float) else str(value)


def _csv(rows: Iterable[Mapping[str, Value]]) -> None:
    rows = iter(rows)
    for first in islice(rows, 1):
        out = csv.DictWriter(sys.stdout, first.keys(), lineterminator="\n")
        out.writeheader()
        out.writerows(chain([first], rows))


def _jsonl(rows: Iterable[Mapping[str, Value]]) -> None:
    for row in rows:
        print(json.dumps({name: _json(value) for name, value in row.items()}))


def _json(value: Value) -> Value | None:
    """JSON has no NaN and no infinity: they become null."""
    return None if isinstance(value, float) and not math.isfinite(value) else value
