"""How a table of text is written, found from its beginning."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from anet_lite._internal.one_line import listed
from anet_lite._native import AnetValueError, find_time_style
from anet_lite.reader.text.column_kinds import column_of, given_cells, with_clocks
from anet_lite.reader.text.header import header_rows, names_of
from anet_lite.reader.text.layout import Layout, TextColumn
from anet_lite.reader.text.number_style import number_style
from anet_lite.reader.text.rows import Rows, is_sum

if TYPE_CHECKING:
    from anet_lite.reader.text.options import ReadOptions

_DELIMITERS = (";", "\t", ",", "|", " ")
_SEP = re.compile(rb"\s*\"?sep=(.)\"?[ \t]*(\r\n|\r|\n)", re.IGNORECASE)
"""A spreadsheet's note of its delimiter."""
_REST_OF_END = re.compile(rb"(\r*\n)?")
_ONE_COLUMN = "\x1f"
"""A delimiter that no file has."""
_READABLE = ("number", "flag", "time")


def sniff(head: bytes, options: ReadOptions, complete: bool = True) -> Layout | None:
    """Return how a table is written; None where there is none with a column of numbers.

    Args:
        head: Its beginning, in UTF-8.
        options: What is known of it already.
        complete: Whether the last line of the beginning is whole.

    Raises:
        ValueError: The column of the time that was named is not there, or holds no times.

    """
    declared = _SEP.match(head)
    start = declared.end() if declared else 0
    delimiter = options.delimiter or (declared[1].decode(errors="replace") if declared else "")
    comment = _comment(head[start:])
    found: Layout | None = None
    best = 0.0
    for each in [delimiter] if delimiter else [*_DELIMITERS, _ONE_COLUMN]:
        layout, score = _fitting(head[start:], each, comment, options, complete)
        if layout and score > best:
            found, best = layout, score
    if not found:
        return None
    lines = head[:start].count(b"\n") or int(start > 0)
    return replace(found, skip=found.skip + start, line=found.line + lines)


def _comment(head: bytes) -> str:
    """Return what comment lines begin with: ``%`` where the first line does, nothing where most lines would be comments."""
    lines = [line for line in re.split(rb"[\r\n]+", head) if line.strip()][:200]
    if lines and lines[0].startswith(b"%"):
        return "%"
    marked = sum(line.startswith(b"#") for line in lines)
    return "" if marked > 2 and marked * 2 > len(lines) else "#"


def _fitting(
    head: bytes, delimiter: str, comment: str, options: ReadOptions, complete: bool
) -> tuple[Layout | None, float]:
    """Return a layout with this delimiter, and how much of the table it reads."""
    rows = Rows.of(head, delimiter, comment, complete)
    if not rows or (rows.width == 1) != (delimiter == _ONE_COLUMN) and not options.delimiter:
        return None, 0.0
    if _is_one_column(rows):
        return None, 0.0
    cells = list(chain.from_iterable(rows.body(0)))
    number, unclear = number_style(cells, delimiter, options)
    count = header_rows(rows, number, options.header)
    columns = _columns(rows, count, number, options)
    readable = [column for column in columns if column.kind in _READABLE]
    known = bool(options.time or options.keys) and bool({options.time, *options.keys} & {each.name for each in columns})
    if not (known or any(column.kind in ("number", "flag") for column in columns)) or _is_prose(rows, count, columns):
        return None, 0.0
    names = tuple(rows.records[0][2]) if count else ()
    columns, named = _named_by_comment(head, rows, comment, columns) if not count else (columns, False)
    _, skip, _ = rows.records[count - 1] if count else (0, _start(head, rows), [])
    skip += len(_REST_OF_END.match(head[skip:])[0]) if head[skip - 1 : skip] == b"\r" else 0  # type: ignore[index]
    line = rows.records[count][0] if count < len(rows.records) else rows.records[-1][0] + 1
    layout = Layout(
        "," if delimiter == _ONE_COLUMN else delimiter, rows.width, tuple(columns), names, comment, *number,
        missing=options.missing, summaries=_has_summaries(rows, count), skip=skip, line=line,
    )  # fmt: skip
    layout.remarks.extend(_remarks(layout, rows, count, unclear, named))
    return layout, len(readable) / len(columns)


def _is_one_column(rows: Rows) -> bool:
    """Whether the delimiter stands within the numbers of one column, as in ``1,5`` below a name without a comma."""
    if rows.delimiter != "," or rows.width != 2 or not rows.before or "," in rows.before[-1]:
        return False
    return all(re.fullmatch(r"-?\d+,\d+", ",".join(cells)) for cells in rows.body(0))


def _columns(rows: Rows, count: int, number: tuple[str, str], options: ReadOptions) -> list[TextColumn]:
    names = names_of(rows.records[0][2] if count else [], rows.width)
    cells = [rows.column(at, count) for at in range(rows.width)]
    found = [
        column_of(name if count else "", at, cells[at], number, options.missing) for at, name in enumerate(names)
    ]
    found = [replace(column, name=name) for column, name in zip(found, names)]
    found = with_clocks(found, [given_cells(each, options.missing) for each in cells])
    header = rows.records[0][2] if count else []
    nameless = lambda column: count and column.kind == "empty" and column.name == str(column.field + 1)  # noqa: E731
    found = [column for column in found if not nameless(column) or column.field < len(header) - 1]
    found = [replace(column, kind="key") if column.name in options.keys else column for column in found]
    found = [_as_time(column, cells[column.field], options) for column in found] if options.time else found
    return [replace(column, style=options.order) if "first" in column.style else column for column in found] \
        if options.order else found


def _as_time(column: TextColumn, cells: list[str], options: ReadOptions) -> TextColumn:
    """Return the column that the user calls the time as that, and every other as none."""
    if column.name != options.time:
        return replace(column, kind="text") if column.kind == "time" else column
    found = find_time_style(given_cells(cells, options.missing))
    if not found and not column.style:
        example = next(iter(given_cells(cells, options.missing)), "")
        raise AnetValueError(f"--time {column.name}: {example!r} is no time; a time is a date or seconds since 1970")
    return replace(column, kind="time", style=column.style or (found[0] if found else ""))


def _is_prose(rows: Rows, count: int, columns: list[TextColumn]) -> bool:
    """Whether the cells are words of a log: between spaces, a table has names above it or numbers alone."""
    if rows.delimiter != " ":
        return False
    clocks = {column.second for column in columns}
    words = [column for column in columns if column.kind in ("text", "key") and column.field not in clocks]
    if count:
        return len(words) > len(columns) / 2
    return bool(words)


def _start(head: bytes, rows: Rows) -> int:
    """Return the bytes before the first row of a table without a header."""
    line = rows.records[0][0]
    return next((end for at, end, _ in reversed(_ends(head)) if at < line), 0)


def _ends(head: bytes) -> list[tuple[int, int, bytes]]:
    found, at = list[tuple[int, int, bytes]](), 0
    for number, match in enumerate(re.finditer(rb"\r+\n|\r|\n", head), 1):
        found.append((number, match.end(), head[at : match.start()]))
        at = match.end()
    return found


def _named_by_comment(
    head: bytes, rows: Rows, comment: str, columns: list[TextColumn]
) -> tuple[list[TextColumn], bool]:
    """Return the columns with the names in the comment line before the first row, if it holds as many."""
    line = rows.records[0][0]
    lines = [text for at, _, text in _ends(head) if at < line and text.strip()]
    if not lines or not comment or not lines[-1].lstrip().startswith(comment.encode()):
        return columns, False
    text = lines[-1].decode(errors="replace").lstrip().lstrip(comment).strip()
    names = text.split() if rows.delimiter == " " else [cell.strip() for cell in text.split(rows.delimiter)]
    if len(names) != rows.width or len(columns) != rows.width:
        return columns, False
    return [replace(column, name=name) for column, name in zip(columns, names_of(names, rows.width))], True


def _has_summaries(rows: Rows, count: int) -> bool:
    """Whether ``Total`` in the first column sums up; where it comes again and again it is a name."""
    first = rows.column(0, count)
    return sum(map(is_sum, first[:-1])) < 2  # noqa: PLR2004


def _remarks(layout: Layout, rows: Rows, count: int, unclear: str, named: bool) -> list[str]:
    found = list[str]()
    if rows.before:
        found.append(f"{len(rows.before)} line{'s' * (len(rows.before) > 1)} before the table left out: {rows.before[0]!r}")
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
    said = [f"{column.name}: {cells[0]!r} read with the {column.style}, but the other order fits too; --order says which"] * found[1]
    said += [f"{column.name} has no year"] * (found[2] and not found[4]) + [f"{column.name} has no date"] * (not found[2])
    return said
