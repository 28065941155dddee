"""How a table of text is written: what stands between its cells, whether it has a header, how its numbers look."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass

from anet_lite.reader.forms.decoded import lines_of

MISSING = {"", "-", "?", "na", "n/a", "#n/a", "null", "none", "--"}
"""Cells that are no value, in lower case."""
SPACES = " "
"""The delimiter that stands for any white space."""

_LOOKED_AT = 50
_NAMES = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars", SPACES: "spaces"}
_COMMA = re.compile(r"[+-]?\d+,\d+(e[+-]?\d+)?%?", re.IGNORECASE)
_ENOUGH = 0.8
"""The part of the rows that must be alike."""


@dataclass(frozen=True)
class Dialect:
    """How a table is written."""

    delimiter: str
    has_header: bool
    decimal_comma: bool

    def __str__(self) -> str:
        said = [_NAMES[self.delimiter]]
        said += ["decimal commas"] if self.decimal_comma else []
        said += [] if self.has_header else ["no header"]
        return ", ".join(said)

    def cells(self, line: str) -> list[str]:
        """Return the cells of a line."""
        if self.delimiter == SPACES:
            return line.split()
        (cells,) = csv.reader([line], delimiter=self.delimiter, skipinitialspace=True)
        return [cell.strip() for cell in cells]

    def number(self, cell: str) -> float | None:
        """Return the value of a cell; None where it is missing or no number.

        Example:
            >>> from anet_lite.reader.forms.dialect import Dialect
            >>> [Dialect(";", True, True).number(cell) for cell in ("1,5", "2 %", "n/a", "nan")]
            [1.5, 2.0, None, nan]

        """
        plain = cell.strip().rstrip("%").rstrip()
        if plain.lower() in MISSING:
            return None
        try:
            return float(plain.replace(",", ".") if self.decimal_comma else plain)
        except ValueError:
            return None


def table_lines(text: str) -> list[str]:
    """Return the lines of a table: none that is blank, a comment, or a spreadsheet's note of its delimiter."""
    lines = [line for line in lines_of(text) if line.strip() and not line.lstrip().startswith("#")]
    return lines[1:] if lines and lines[0].lower().startswith("sep=") else lines


def sniff(lines: list[str]) -> Dialect | None:
    """Return the dialect in which the first lines are a table with a column of numbers; None where there is none."""
    lines = lines[:_LOOKED_AT]
    for delimiter in (";", "\t", ",", "|", SPACES):
        if delimiter in "".join(lines):
            for decimal_comma in (True, False) if delimiter != "," else (False,):
                dialect = _fitting(Dialect(delimiter, True, decimal_comma), lines)
                if dialect:
                    return dialect
    one_column = _fitting(Dialect("\t", True, False), lines)
    return one_column and Dialect(",", one_column.has_header, False)


def _fitting(dialect: Dialect, lines: list[str]) -> Dialect | None:
    rows = [dialect.cells(line) for line in lines]
    if not rows:
        return None
    header, body = rows[0], rows[1:] or rows
    alike = [row for row in body if len(row) == len(header)]
    if len(alike) < _ENOUGH * len(body):
        return None
    if dialect.decimal_comma and not any(_COMMA.fullmatch(cell) for row in alike for cell in row):
        return None
    numeric = [_is_numeric([row[at] for row in alike], dialect) for at in range(len(header))]
    # Words between spaces are no cells: a sentence with numbers in it is no table.
    if not (all(numeric) if dialect.delimiter == SPACES else any(numeric)):
        return None
    has_header = not any(dialect.number(cell) is not None for cell in header)
    return Dialect(dialect.delimiter, has_header, dialect.decimal_comma)


def _is_numeric(cells: list[str], dialect: Dialect) -> bool:
    given = [cell for cell in cells if cell.strip().lower() not in MISSING]
    return bool(given) and sum(dialect.number(cell) is not None for cell in given) >= _ENOUGH * len(given)
