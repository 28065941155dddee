"""How a table of text is written, found from its beginning."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from anet_lite.reader.text.columns import columns_of
from anet_lite.reader.text.comment_names import named_by_comment, start_of
from anet_lite.reader.text.header import header_rows
from anet_lite.reader.text.layout import Layout
from anet_lite.reader.text.number_style import number_style
from anet_lite.reader.text.rows import Rows, is_sum
from anet_lite.reader.text.taken import taken_of

if TYPE_CHECKING:
    from anet_lite.reader.text.layout import TextColumn
    from anet_lite.reader.text.options import ReadOptions

_DELIMITERS = (";", "\t", ",", "|", " ")
_SEP = re.compile(rb"\s*\"?sep=(.)\"?[ \t]*(\r\n|\r|\n)", re.IGNORECASE)
"""A spreadsheet's note of its delimiter."""
_REST_OF_END = re.compile(rb"(\r*\n)?")
_ONE_COLUMN = "\x1f"
"""A delimiter that no file has."""
_READABLE = ("number", "flag", "time")


class Cut(NamedTuple):
    """How a beginning is cut into rows."""

    delimiter: str
    comment: str
    complete: bool


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
        layout, score = _fitting(head[start:], Cut(each, comment, complete), options)
        if layout and score > best:
            found, best = layout, score
    if not found:
        return None
    lines = head[:start].count(b"\n") or int(start > 0)
    return replace(found, skip=found.skip + start, line=found.line + lines)


def _comment(head: bytes) -> str:
    """Return what comment lines begin with: ``%`` where the first line does, nothing where most lines would be some."""
    lines = [line for line in re.split(rb"[\r\n]+", head) if line.strip()][:200]
    if lines and lines[0].startswith(b"%"):
        return "%"
    marked = sum(line.startswith(b"#") for line in lines)
    return "" if marked > 2 and marked * 2 > len(lines) else "#"


def _fitting(head: bytes, cut: Cut, options: ReadOptions) -> tuple[Layout | None, float]:
    """Return a layout with this delimiter, and how much of the table it reads."""
    rows = Rows.of(head, cut.delimiter, cut.comment, cut.complete)
    if not rows or ((rows.width == 1) != (cut.delimiter == _ONE_COLUMN) and not options.delimiter):
        return None, 0.0
    number, unclear = number_style(chain.from_iterable(rows.body(0)), cut.delimiter, options)
    count = header_rows(rows, number, options.header)
    columns = columns_of(rows, count, number, options)
    if _is_one_column(rows) or not _holds_numbers(columns, options) or _is_prose(rows, count, columns):
        return None, 0.0
    columns, named = (columns, False) if count else named_by_comment(head, rows, cut.comment, columns)
    layout = _layout(head, rows, count, columns, cut.comment, number)
    layout = replace(layout, missing=options.missing)
    layout.remarks.extend(taken_of(layout, rows, count, unclear, named))
    return layout, sum(column.kind in _READABLE for column in columns) / len(columns)


def _layout(
    head: bytes, rows: Rows, count: int, columns: list[TextColumn], comment: str, number: tuple[str, str]
) -> Layout:
    """Return the layout of a table, of whose first rows some are names and units."""
    skip = rows.records[count - 1][1] if count else start_of(head, rows)
    rest = _REST_OF_END.match(head[skip:]) if head[skip - 1 : skip] == b"\r" else None
    return Layout(
        delimiter="," if rows.delimiter == _ONE_COLUMN else rows.delimiter,
        width=rows.width,
        columns=tuple(columns),
        header=tuple(rows.records[0][2]) if count else (),
        comment=comment,
        decimal=number[0],
        thousands=number[1],
        summaries=_has_summaries(rows, count),
        skip=skip + (rest.end() if rest else 0),
        line=rows.records[count][0] if count < len(rows.records) else rows.records[-1][0] + 1,
    )


def _holds_numbers(columns: list[TextColumn], options: ReadOptions) -> bool:
    """Whether a column holds numbers, or is one that the user named."""
    named = {options.time, *options.keys}
    return any(column.kind in ("number", "flag") or column.name in named for column in columns)


def _is_one_column(rows: Rows) -> bool:
    """Whether the delimiter stands within the numbers of one column, as in ``1,5`` below a name without a comma."""
    if rows.delimiter != "," or rows.width != 2 or not rows.before or "," in rows.before[-1]:
        return False
    return all(re.fullmatch(r"-?\d+,\d+", ",".join(cells)) for cells in rows.body(0))


def _is_prose(rows: Rows, count: int, columns: list[TextColumn]) -> bool:
    """Whether the cells are words of a log: between spaces, a table has names above it or numbers alone."""
    if rows.delimiter != " ":
        return False
    clocks = {column.second for column in columns}
    words = [column for column in columns if column.kind in ("text", "key") and column.field not in clocks]
    if count:
        return len(words) > len(columns) / 2
    return bool(words)


def _has_summaries(rows: Rows, count: int) -> bool:
    """Whether ``Total`` in the first column sums up; where it comes again and again it is a name."""
    first = rows.column(0, count)
    return sum(map(is_sum, first[:-1])) < 2
