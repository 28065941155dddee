"""What was guessed of a table from its beginning, in sentences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from anet_lite._internal.one_line import listed
from anet_lite._native import find_time_style
from anet_lite.reader.text.column_kinds import given_cells

if TYPE_CHECKING:
    from anet_lite.reader.text.layout import Layout
    from anet_lite.reader.text.rows import Rows


def taken_of(layout: Layout, rows: Rows, count: int, unclear: str, named: bool) -> list[str]:
    """Return what a person would want to know of it.

    Args:
        layout: How the table was taken.
        rows: Its first rows.
        count: How many of them are names and units.
        unclear: A cell whose comma could be either.
        named: Whether the names come from a comment line.

    """
    found = list[str]()
    if rows.before:
        found.append(
            f"{len(rows.before)} line{'s' * (len(rows.before) > 1)} before the table left out: {rows.before[0]!r}"
        )
    if named:
        found.append("names taken from the comment line before the first row")
    if count and all(re.fullmatch(r"(19|20)\d\d", cell.strip()) for cell in rows.records[0][2]):
        found.append(f"the first row, {listed(list(layout.header))}, taken for names; --no-header takes it for numbers")
    if count > 1:
        found.append(f"row {count} taken for units: {listed(rows.records[1][2])}")
    if unclear:
        sign = "decimal" if layout.decimal == "," else "between thousands"
        found.append(f"{unclear!r}: the comma taken as {sign}; --decimal says otherwise")
    doubles = [name for name in layout.names if re.fullmatch(r".+\.\d+", name) and name not in rows.records[0][2]]
    if doubles and count:
        found.append(f"columns of the same name are told apart as {listed(doubles)}")
    return found + _time_remarks(layout, rows, count)


def _time_remarks(layout: Layout, rows: Rows, count: int) -> list[str]:
    column = layout.column(layout.time)
    if not column:
        return []
    cells = given_cells(rows.column(column.field, count), layout.missing)
    if column.second is not None:
        cells = [f"{one} {other}" for one, other in zip(cells, rows.column(column.second, count))]
    found = find_time_style(cells)
    if column.style in ("excel", "matlab"):
        origin = "1899-12-30, as a spreadsheet counts" if column.style == "excel" else "the year 0, as MATLAB counts"
        return [f"{column.name} taken for days since {origin}"]
    if not found:
        return []
    said = [
        f"{column.name}: {cells[0]!r} read with the {column.style}, but the other order fits too; --order says which"
    ] * found[1]
    said += [f"{column.name} has no year"] * (found[2] and not found[4]) + [f"{column.name} has no date"] * (
        not found[2]
    )
    return said
