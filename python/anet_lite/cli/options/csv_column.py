"""One column of numbers out of a CSV, line by line, so that a live stream works too."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

import typer

from anet_lite._internal.one_line import listed
from anet_lite._native import CsvRows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LOOKED_AT = 20
"""Rows of a file from which the columns of numbers are known."""

BLOCK = 256
"""Lines of a file that are read by one call. A live stream is read line by line."""


def numbers(lines: Iterable[str], column: str, source: str, live: bool) -> Iterator[float | None]:
    """Yield the numbers of the chosen column, or of the only one that holds numbers; None where a cell is empty.

    Which columns hold numbers is known from the first rows, of a live stream from the first.
    """
    rows = _rows(lines, 1 if live else BLOCK)
    names = next(rows, None)
    if names is None:
        raise typer.BadParameter(f"{source} is empty", param_hint="file")
    if all(_is_number(cell) for cell in names):
        names, rows = [str(index) for index in range(1, len(names) + 1)], chain([names], rows)
    head = list(islice(rows, 1 if live else LOOKED_AT))
    index = _index_of(names, head, column, source)
    return (_number(row, index, line, source) for line, row in enumerate(chain(head, rows), 1) if row)


def _rows(lines: Iterable[str], together: int) -> Iterator[list[str]]:
    reader, coming = CsvRows(), iter(lines)
    while block := list(islice(coming, together)):
        yield from reader.feed("".join(block).encode())
    yield from reader.finish()


def _index_of(names: list[str], head: list[list[str]], column: str, source: str) -> int:
    if column:
        if column not in names:
            raise typer.BadParameter(
                f"{source} has no {column!r}; its columns are {listed(names)}", param_hint="column"
            )
        return names.index(column)
    numeric = [index for index in range(len(names)) if _holds_numbers([row[index] for row in head if len(row) > index])]
    if not numeric:
        wanted = f"{source} has no column of numbers"
        raise typer.BadParameter(f"{wanted}; its columns are {listed(names)}", param_hint="file")
    if len(numeric) > 1:
        several = f"{source} has several columns of numbers"
        chosen = listed([names[index] for index in numeric])
        raise typer.BadParameter(f"must be chosen, for {several}: {chosen}", param_hint="column")
    return numeric[0]


def _holds_numbers(cells: list[str]) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    return bool(filled) and all(_is_number(cell) for cell in filled)


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _number(row: list[str], index: int, line: int, source: str) -> float | None:
    cell = row[index] if index < len(row) else ""
    try:
        return float(cell)
    except ValueError:
        if cell.strip():
            text = f"{source}, row {line}: {cell.strip()!r} is not a number"
            raise typer.BadParameter(text, param_hint="file") from None
        return None
