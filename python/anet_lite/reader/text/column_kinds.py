"""What each column of a table holds, by some of its cells and its name."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from anet_lite._native import find_time_style, missing_words, read_cell
from anet_lite.reader.text.layout import TextColumn

if TYPE_CHECKING:
    from anet_lite.reader.text.number_style import Style

ENOUGH = 0.8
"""The part of the cells that must be alike."""
_MOST_NAMES = 0.5
"""The part of its texts that may differ in a column of names."""
_ONE_UNIT = 0.5
"""The part of the units that must be the same; the others are converted, or told."""
_TIME_NAME = re.compile(
    r"(^|[^a-z])(ts|t|time|times?tamp|date|datetime|when|created|clock|unix|epoch|day|month|period|zeit|zeitstempel|datum"
    r"|uhrzeit|fecha|hora|heure|horodatage|data|ora)([^a-z]|$)|(time|date|stamp)$|_at$|時刻|日時|日付|時間|年月日",
    re.IGNORECASE,
)
_COUNTER_NAME = re.compile(
    r"(^|_)(id|idx|index|step|iter|iteration|row|no|nr|num|number|seq|n|record)$|^#$|^\d*$", re.I
)
_FLAGS = ({"true", "false"}, {"yes", "no"}, {"on", "off"}, {"up", "down"}, {"ok", "fail"}, {"y", "n"}, {"t", "f"})
_USUAL = frozenset(missing_words())


def given_cells(cells: list[str], missing: tuple[str, ...]) -> list[str]:
    """Return the cells that are not missing."""
    words = _USUAL.union(word.lower() for word in missing)
    return [cell for cell in cells if cell.strip().lower() not in words]


def column_of(name: str, at: int, cells: list[str], number: Style, missing: tuple[str, ...]) -> TextColumn:
    """Return a column by its cells: a time that could be a number is one by its name, or by being first and rising."""
    cells = given_cells(cells, missing)
    found = find_time_style(cells) if cells else None
    column = TextColumn(name, at, "empty", found[0] if found else "")
    if not cells:
        return column
    if found and (_is_time(found, name, at, cells) if found[5] or not found[2] else True):
        return replace(column, kind="time")
    lower = {cell.strip().lower() for cell in cells}
    if lower <= _FLAGS[0] or lower in _FLAGS:
        return replace(column, kind="flag")
    values = [read_cell(cell, *number) for cell in cells]
    read = [value for value in values if value is not None]
    if len(read) >= ENOUGH * len(cells) and _of_one_unit([unit for _, unit in read]):
        return replace(column, kind="number", counts=_counts([value for value, _ in read], name))
    is_key = len(set(cells)) <= max(1, _MOST_NAMES * len(cells))
    return replace(column, kind="key" if is_key else "text")


def _is_time(found: tuple[str, bool, bool, bool, bool, bool], name: str, at: int, cells: list[str]) -> bool:
    """Whether numbers, or times of day without a date, are the rows' times."""
    if _TIME_NAME.search(name):
        return True
    values = [read[0] for cell in cells if (read := read_cell(cell))]
    rises = all(before <= after for before, after in zip(values, values[1:]))
    return at == 0 and rises and found[0] in ("s", "ms", "us", "ns", "day first") and (not name or name.isdigit())


def _of_one_unit(units: list[str]) -> bool:
    """Whether most numbers that have a unit have the same; words behind numbers are none."""
    counts = Counter(unit for unit in units if unit)
    return not counts or counts.most_common(1)[0][1] >= _ONE_UNIT * sum(counts.values())


def _counts(values: list[float], name: str) -> bool:
    """Whether numbers only count the rows: each is one more than the one before, or they are called so and rise."""
    steps = {after - before for before, after in zip(values, values[1:])}
    whole = all(value == int(value) for value in values if abs(value) < 2**53)
    named = bool(_COUNTER_NAME.search(name) or _TIME_NAME.search(name))
    rises = all(step >= 0 for step in steps)
    return (len(values) > 2 and len(steps) == 1 and (steps == {1.0} or (named and rises))) or (
        named and whole and rises
    )


def with_clocks(columns: list[TextColumn], cells: list[list[str]]) -> list[TextColumn]:
    """Return columns where a date has the time of day beside it, and a time AM and PM."""
    found = list(columns)
    for left, right in zip(columns, columns[1:]):
        first, second = cells[left.field], cells[right.field]
        halves = bool(second) and {cell.strip().lower() for cell in second} <= {"am", "pm"}
        style = find_time_style([f"{one} {other}" for one, other in zip(first, second)]) if left.style else None
        alone = find_time_style(first)
        if style and alone and (halves or (alone[2] and not alone[3] and _is_clock(second) and style[3])):
            at = found.index(left)
            found[at] = replace(left, kind="time", style=style[0], second=right.field)
            found[at + 1] = replace(right, kind="text")
    return found


def _is_clock(cells: list[str]) -> bool:
    found = find_time_style(cells) if cells else None
    return found is not None and found[3] and not found[2]
