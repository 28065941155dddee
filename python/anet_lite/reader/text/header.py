"""The names of a table's columns, and whether its first row holds them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from anet_lite._native import find_time_style, read_cell
from anet_lite.reader.text.column_kinds import given_cells

if TYPE_CHECKING:
    from anet_lite.reader.text.number_style import Style
    from anet_lite.reader.text.rows import Rows

_YEAR = re.compile(r"(19|20)\d\d")
_MOST_UNITS = 2
"""Rows of units that may stand below the names."""


def header_rows(rows: Rows, number: Style, wanted: bool | None) -> int:
    """Return how many of the first rows are no data: the names, and units below them.

    A row holds names where a column of numbers or times has neither in it.
    """
    if wanted is False or not rows.records:
        return 0
    first = rows.records[0][2]
    body = rows.body(1)
    if wanted is None and not _is_header(first, body, number, rows.width):
        return 0
    count = 1
    while count <= _MOST_UNITS and _is_units(rows, count, number):
        count += 1
    return count


def _is_header(first: list[str], body: list[list[str]], number: Style, width: int) -> bool:
    if not body:
        return not any(_is_value(cell, number) for cell in first)
    if len(first) == width - 1:
        first = ["", *first]
    numeric = [at for at in range(width) if _is_numeric([row[at] for row in body], number)]
    names = [first[at] for at in numeric if at < len(first) and first[at].strip()]
    if any(given_cells([name], ()) and not _is_value(name, number) for name in names):
        return True
    return len(names) > 1 and _are_years(names) and not any(_are_years([row[at] for at in numeric]) for row in body)


def _is_numeric(cells: list[str], number: Style) -> bool:
    given = given_cells(cells, ())
    return bool(given) and sum(_is_value(cell, number) for cell in given) > len(given) / 2


def _is_value(cell: str, number: Style) -> bool:
    return read_cell(cell, *number) is not None or find_time_style([cell]) is not None


def _are_years(cells: list[str]) -> bool:
    """Whether cells are years one after another, as the columns of a yearly table are called."""
    if not all(_YEAR.fullmatch(cell.strip()) for cell in cells):
        return False
    years = [int(cell) for cell in cells]
    return all(after - before == 1 for before, after in zip(years, years[1:]))


def _is_units(rows: Rows, at: int, number: Style) -> bool:
    """Whether a row has words where the rows below it have numbers, in every column of numbers."""
    body = rows.body(at + 1)
    if len(rows.records) <= at or len(body) < _MOST_UNITS or len(rows.records[at][2]) != rows.width:
        return False
    row = rows.records[at][2]
    numeric = [place for place in range(rows.width) if _is_numeric([each[place] for each in body], number)]
    return bool(numeric) and all(
        given_cells([row[place]], ()) and not _is_value(row[place], number) for place in numeric
    )


def names_of(cells: list[str], width: int) -> list[str]:
    """Return a name for every column: its number where it has none, and a number behind one that was there before.

    Example:
        >>> from anet_lite.reader.text.header import names_of
        >>> names_of(["", "load", "load"], 3), names_of(["load"], 2)
        (['1', 'load', 'load.2'], ['1', 'load'])

    """
    cells = [*[""] * (width - len(cells)), *cells] if len(cells) == width - 1 else cells
    names: list[str] = []
    for at in range(width):
        plain = " ".join(cells[at].split()) if at < len(cells) else ""
        plain = "time" if plain and not read_cell(plain) and find_time_style([plain]) else plain or str(at + 1)
        name, again = plain, 2
        while name in names:
            name, again = f"{plain}.{again}", again + 1
        names.append(name)
    return names
