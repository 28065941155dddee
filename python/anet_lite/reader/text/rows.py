"""The first rows of a table, and which of them is its header."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anet_lite._native import find_time_style, read_cell, split_table

if TYPE_CHECKING:
    from typing_extensions import Self

_MOST = 400
"""Rows that are looked at."""
_ENOUGH = 0.8
"""The part of the rows that must have as many cells as most."""


_SUMS = ("total", "totals", "sum", "average", "avg", "mean", "summe", "gesamt", "合計", "平均")


def is_sum(cell: str) -> bool:
    """Whether a row that begins with this cell may sum up the others."""
    return cell.strip().lower().rstrip(":") in _SUMS


@dataclass(frozen=True)
class Rows:
    """The first rows of a table, cut at a delimiter."""

    delimiter: str
    width: int
    """Cells of most rows."""
    records: list[tuple[int, int, list[str]]]
    """Each row's line, the bytes up to its end, its cells: from the first that has that many cells on."""
    before: list[str]
    """What stood before them, but for blank lines."""

    @classmethod
    def of(cls, head: bytes, delimiter: str, comment: str, complete: bool) -> Self | None:
        """Cut the beginning of a file; None where its rows are not alike."""
        records = split_table(head, delimiter, comment)
        records = records[: -1 if not complete and len(records) > 1 else None][:_MOST]
        filled = [record for record in records if any(cell.strip() for cell in record[2])]
        if not filled:
            return None
        counts = Counter(len(record[2]) for record in filled)
        width = max(counts, key=lambda each: (counts[each], each))
        first = next(at for at, record in enumerate(filled) if len(record[2]) == width)
        if first == 1 and _names_no_rows(filled[0][2], filled[1][2]):
            first = 0
        body = filled[first:]
        # A header that comes again, and a sum, say nothing of the columns.
        rest = [record for record in body[1:] if record[2] != body[0][2] and not is_sum(record[2][0])]
        body = body[:1] + (rest or body[1:])
        if sum(len(record[2]) == width for record in body[1:] or body) < _ENOUGH * len(body[1:] or body):
            return None
        # A blank line of one column is a sample: it stays.
        kept = [record for record in records if record[0] >= body[0][0]] if width == 1 else body
        return cls(delimiter, width, kept, [delimiter.join(record[2]) for record in filled[:first]])

    def column(self, at: int, start: int) -> list[str]:
        """Return the cells of a column, from one of the rows on."""
        return [cells[at] for _, _, cells in self.records[start:] if len(cells) > at]

    def body(self, start: int) -> list[list[str]]:
        """Return the cells of the rows of full width, from one of them on."""
        return [cells for _, _, cells in self.records[start:] if len(cells) == self.width]


def _names_no_rows(header: list[str], row: list[str]) -> bool:
    """Whether a header is one cell shorter than its rows because their names have none."""
    words = not any(read_cell(cell) or find_time_style([cell]) for cell in header)
    return (
        len(header) > 1 and len(header) == len(row) - 1 and words and any(map(read_cell, row)) and bool(row[-1].strip())
    )
