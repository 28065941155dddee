"""The lines that speak of one step, as one row."""

from __future__ import annotations

from dataclasses import dataclass, field

from anet_lite.reader.forms.text_log.counters import BAR_COUNTS, EPOCHS, is_counter

_MANY = 16
"""Finished bars from which on the states before their ends, which show means so far, are passed over."""


@dataclass
class Line:
    """A line with numbers."""

    at: int
    """Its number in the file, from 1."""
    numbers: dict[str, float]
    time: str = ""
    rank: int | None = None
    is_open_bar: bool | None = None
    """Whether it is a state of a progress bar before its end; None where it is no bar."""


@dataclass
class Row:
    """What was said of one step, and the line that said it last."""

    at: int
    numbers: dict[str, float] = field(default_factory=dict[str, float])
    time: str = ""
    is_open_bar: bool | None = None
    """Whether its numbers are those of a bar before its end; None where they are no bar's."""

    def takes(self, line: Line) -> bool:
        """Return whether a line is of the same step: it counts no other, and says nothing twice."""
        ours, theirs = _counts(self.numbers), _counts(line.numbers)
        for mine, its in zip(ours, theirs):
            if mine and its and not _agree(mine, its):
                return False
        twice = self.numbers.keys() & line.numbers.keys()
        same = all(self.numbers[name] == line.numbers[name] for name in twice)
        return same and (bool(theirs[0]) or not any(not is_counter(name) for name in twice))

    def add(self, line: Line) -> None:
        """Take a line in."""
        self.at = line.at
        self.numbers.update(line.numbers)
        self.time = self.time or line.time
        if not all(map(is_counter, line.numbers)):
            self.is_open_bar = line.is_open_bar


def joined(lines: list[Line]) -> list[Row]:
    """Return the rows of lines; those that only count are none."""
    rows: list[Row] = []
    for line in lines:
        if not (rows and rows[-1].takes(line)):
            rows.append(Row(line.at))
        rows[-1].add(line)
    return [row for row in rows if not all(map(is_counter, row.numbers))]


def without_open_bars(rows: list[Row]) -> list[Row]:
    """Return rows without the states of bars before their ends, where enough bars with numbers came to theirs.

    What such a bar counts begins again with the next one, and is no step.
    """
    if sum(row.is_open_bar is False for row in rows) < _MANY:
        return rows
    for row in rows:
        if row.is_open_bar is False:
            row.numbers.pop(BAR_COUNTS, None)
    return [row for row in rows if not row.is_open_bar]


def of_one_rank(lines: list[Line]) -> tuple[list[Line], int | None, int]:
    """Return the lines of the process that says the most, its rank, and how many others there are."""
    counts: dict[int, int] = {}
    for line in lines:
        if line.rank is not None:
            counts[line.rank] = counts.get(line.rank, 0) + len(line.numbers)
    if not counts:
        return lines, None, 0
    rank = max(sorted(counts), key=counts.__getitem__)
    return [line for line in lines if line.rank in (None, rank)], rank, len(counts) - 1


def _counts(numbers: dict[str, float]) -> tuple[dict[str, float], dict[str, float]]:
    """Return the steps and the epochs among numbers."""
    counters = {name.lower(): value for name, value in numbers.items() if is_counter(name)}
    epochs = {name: value for name, value in counters.items() if name.strip(".#") in EPOCHS}
    return {name: value for name, value in counters.items() if name not in epochs}, epochs


def _agree(ours: dict[str, float], theirs: dict[str, float]) -> bool:
    common = ours.keys() & theirs.keys()
    if common:
        return all(ours[name] == theirs[name] for name in common)
    return not set(ours.values()).isdisjoint(theirs.values())
