"""A log as a source of columns."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from anet_lite.reader.ending.find import ending_of
from anet_lite.reader.forms.memory import RowsInMemory
from anet_lite.reader.forms.text_log.counters import is_counter
from anet_lite.reader.forms.text_log.numbers import pairs
from anet_lite.reader.forms.text_log.rows import Line, Row, joined, of_one_rank, without_open_bars
from anet_lite.reader.forms.text_log.tables import Tables
from anet_lite.reader.printed import headed, set_said, states

if TYPE_CHECKING:
    from anet_lite.reader.ending.find import Ending

TIME = "timestamp"
"""The column of the times at the heads of the lines."""
_BAR = re.compile(r"\|\s*(\d+)/(\d+) \[\d|^\s*(\d+)/(\d+)\s+(?:[\[━-]|\d+s\b)")
_SUMMARY = re.compile(r"\s*wandb:")
"""What W&B prints at the end of all that the run said before."""
_LONGEST = 20_000
"""Signs of a line that are looked at: longer ones are no log's."""


class TextLog(RowsInMemory):
    """Lines with names and numbers; all others are passed over. Lines of one step are one row."""

    def __init__(self, lines: list[str]) -> None:
        found = _lines(lines)
        kept, rank, others = of_one_rank(found)
        rows = without_open_bars(joined(kept))
        self.ending: Ending | None = ending_of(lines, _losses(rows))
        super().__init__(
            _form(len({line.at for line in found}), len(lines), rank, others), [_cells(row) for row in rows]
        )


def _lines(lines: list[str]) -> list[Line]:
    """Return the lines that have numbers; the set that a heading names holds for those that follow it."""
    tables, found, is_other = Tables(), list[Line](), False
    for at, raw in enumerate(lines, 1):
        for state in () if _SUMMARY.match(raw) else states(raw[:_LONGEST]):
            head = headed(state)
            numbers = tables.row(head.text) or _pairs(head.text, is_other)
            if numbers:
                is_other &= not any(map(is_counter, numbers))
                found.append(Line(at, numbers, head.time, head.rank, _is_open(head.text)))
            else:
                is_other = head.text.rstrip().endswith((":", "...")) and set_said(head.text, False)
    return found


def _pairs(text: str, is_other: bool) -> dict[str, float]:
    found = pairs(text)
    return pairs("validation " + text) if is_other and not any(map(is_counter, found)) else found


def _is_open(text: str) -> bool | None:
    bar = _BAR.search(text)
    return (bar[1] or bar[3]) != (bar[2] or bar[4]) if bar else None


def _losses(rows: list[Row]) -> list[int]:
    """Return the lines that told what the log tells the most often: a loss, where any is called one."""
    counts = Counter(name for row in rows for name in row.numbers if not is_counter(name))
    name = max(counts, key=lambda name: ("loss" in name.lower(), counts[name]), default="")
    return [row.at for row in rows if name in row.numbers]


def _cells(row: Row) -> dict[str, Any]:
    return {**row.numbers, **({TIME: row.time} if row.time else {})}


def _form(found: int, lines: int, rank: int | None, others: int) -> str:
    said = f"a text log, {found:,} of {lines:,} lines with numbers"
    return said + (f", of rank {rank} alone; {others} more passed over" if rank is not None and others else "")
