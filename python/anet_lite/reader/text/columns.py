"""The columns of a table, by its first rows and what is known of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from anet_lite._native import AnetValueError, find_time_style
from anet_lite.reader.text.column_kinds import column_of, given_cells, with_clocks
from anet_lite.reader.text.header import names_of

if TYPE_CHECKING:
    from anet_lite.reader.text.layout import TextColumn
    from anet_lite.reader.text.options import ReadOptions
    from anet_lite.reader.text.rows import Rows


def columns_of(rows: Rows, count: int, number: tuple[str, str], options: ReadOptions) -> list[TextColumn]:
    """Return the columns of a table, of whose first rows some are names and units.

    Raises:
        ValueError: The column that is said to be the time holds none.

    """
    names = names_of(rows.records[0][2] if count else [], rows.width)
    cells = [rows.column(at, count) for at in range(rows.width)]
    # What stands there for a name that is not written tells nothing of the column.
    found = [column_of(name if count else "", at, cells[at], number, options.missing) for at, name in enumerate(names)]
    found = [replace(column, name=name) for column, name in zip(found, names)]
    found = with_clocks(found, [given_cells(each, options.missing) for each in cells])
    if count:
        found = [column for column in found if not (column.kind == "empty" and column.name == str(column.field + 1))]
    return [_as_known(column, cells[column.field], options) for column in found]


def _as_known(column: TextColumn, cells: list[str], options: ReadOptions) -> TextColumn:
    """Return a column as the user knows it."""
    if column.name in options.keys:
        column = replace(column, kind="key")
    if options.time:
        column = _as_time(column, cells, options)
    is_ordered = options.order and column.style.endswith("first")
    return replace(column, style=options.order) if is_ordered else column


def _as_time(column: TextColumn, cells: list[str], options: ReadOptions) -> TextColumn:
    """Return the column that the user calls the time as that, and every other as none."""
    if column.name != options.time:
        return replace(column, kind="text") if column.kind == "time" else column
    found = find_time_style(given_cells(cells, options.missing))
    if not found and not column.style:
        example = next(iter(given_cells(cells, options.missing)), "")
        raise AnetValueError(f"--time {column.name}: {example!r} is no time; a time is a date or seconds since 1970")
    return replace(column, kind="time", style=column.style or (found[0] if found else ""))
