"""Streams out of the columns of a table: a wide one has a stream a column, a long one a stream a key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from anet_lite.reader.table import Wanted
from anet_lite.stream.whole import Whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy import int64
    from numpy.typing import NDArray

    from anet_lite.reader.table import Table


@dataclass(frozen=True)
class Choice:
    """Which columns of a table are streams."""

    columns: tuple[str, ...]
    """Columns of numbers."""
    keys: tuple[str, ...] = ()
    """Columns that tell streams apart, such as that of the host."""
    time: str = ""
    """The column of the time, if there is one."""

    @property
    def wanted(self) -> Wanted:
        """What to read."""
        return Wanted(numbers=self.columns, keys=self.keys, times=(self.time,) if self.time else ())

    @property
    def many(self) -> bool:
        """Whether there may be more than one stream."""
        return bool(self.keys) or len(self.columns) > 1

    def name(self, labels: str, column: str) -> str:
        """Return the name of a stream: its keys, its column, or both where both are needed."""
        if not labels:
            return column
        return f"{labels} {column}" if len(self.columns) > 1 else labels


def series_of(table: Table, choice: Choice, first_row: int = 0) -> Iterator[Whole]:
    """Give the streams of a table, or of a piece of it, each with the numbers of its rows."""
    import numpy as np

    times = table.times[choice.time] if choice.time else None
    for labels, rows in _groups(table, choice):
        for column in choice.columns:
            values, given = table.numbers[column]
            own = np.where(given[rows], values[rows], np.nan)
            own_times = None if times is None else times[rows]
            yield Whole(choice.name(labels, column), own, own_times, rows + first_row, column)


def not_finite(table: Table, choice: Choice) -> list[str]:
    """Return which columns have numbers that are not finite, which a stream takes for missing samples."""
    import numpy as np

    told = list[str]()
    for name in choice.columns:
        values, given = table.numbers[name]
        bad = np.flatnonzero(given & ~np.isfinite(values))
        if len(bad):
            what = f"{len(bad):,} value{'s' * (len(bad) > 1)} not finite, the first {values[bad[0]]} in row {bad[0]:,}"
            told.append(f"{name}: {what}, taken for missing")
    return told


def _groups(table: Table, choice: Choice) -> Iterator[tuple[str, NDArray[int64]]]:
    """Give the rows of each combination of keys that occurs, in the order in which it first occurs."""
    import numpy as np

    if not choice.keys:
        yield "", np.arange(table.rows, dtype=np.int64)
        return
    codes, labels = np.zeros(table.rows, dtype=np.int64), [""]
    for name in choice.keys:
        column = table.keys[name]
        both, codes = np.unique(codes * len(column.labels) + column.codes, return_inverse=True)
        pairs = [divmod(int(each), len(column.labels)) for each in both]
        labels = [" ".join(filter(None, (labels[before], column.labels[own]))) for before, own in pairs]
    order = np.argsort(codes, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(codes[order])) + 1) if table.rows else []
    for rows in sorted(groups, key=lambda rows: int(rows[0])):
        yield labels[int(codes[rows[0]])], rows
