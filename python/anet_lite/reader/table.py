"""Columns of a file, and what every form of file offers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Callable, NamedTuple, Protocol

from anet_lite.reader.columns.sums import added, parts_of
from anet_lite.reader.number import number_of
from anet_lite.reader.seconds import seconds_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy import bool_, float64, int64
    from numpy.typing import NDArray

    Column = tuple[NDArray[float64], NDArray[bool_]]

Progress = Callable[[float], None]
"""Is called with how much of the file is read, from 0 to 1."""


@dataclass(frozen=True)
class Wanted:
    """Which columns of a file to read, and as what."""

    numbers: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    times: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many columns that is."""
        return len(self.numbers) + len(self.texts) + len(self.keys) + len(self.times)


class Keys(NamedTuple):
    """A column of names, such as that of the host: what each row says, as a number of a label."""

    codes: NDArray[int64]
    labels: list[str]


@dataclass
class Table:
    """What was read: a whole file, or a piece of it."""

    rows: int
    numbers: dict[str, Column] = field(default_factory=dict[str, "Column"])
    """Values of a column, and whether each row gave one."""
    texts: dict[str, list[tuple[int, str]]] = field(default_factory=dict[str, "list[tuple[int, str]]"])
    """The rows in which a column changes, with what it changes to."""
    keys: dict[str, Keys] = field(default_factory=dict[str, Keys])
    """Columns of names."""
    times: dict[str, NDArray[float64]] = field(default_factory=dict[str, "NDArray[float64]"])
    """Seconds since 1970 in UTC; of a time without a zone as if it were UTC's; NaN where a row has none."""

    def column(self, name: str | None) -> Column | None:
        """Return a column of numbers, if there is one of that name."""
        return self.numbers.get(name) if name else None


class Source(Protocol):
    """A file whose columns are known."""

    form: str
    """What it is, in words."""
    names: list[str]
    """Its columns. What a form knows of them beside that: see ``known_of``."""

    def pieces(self, wanted: Wanted, progress: Progress) -> Iterator[Table]:
        """Read some of its columns, piece by piece."""
        ...


def whole(source: Source, wanted: Wanted, progress: Progress) -> Table:
    """Read some columns of a file at once; a name such as ``a + b`` is the sum of columns."""
    sums = {name: parts for name in wanted.numbers if (parts := parts_of(name, source.names))}
    parts = [part for each in sums.values() for part in each]
    single = tuple(dict.fromkeys([*(name for name in wanted.numbers if name not in sums), *parts]))
    wanted = replace(wanted, numbers=single)
    table = joined(list(source.pieces(wanted, progress)), wanted)
    table.numbers |= {name: added(table.numbers[part] for part in each) for name, each in sums.items()}
    return table


def joined(pieces: Sequence[Table], wanted: Wanted) -> Table:
    """Return pieces, one after another, as one table."""
    if len(pieces) == 1:
        return pieces[0]
    import numpy as np

    table, empty = Table(sum(piece.rows for piece in pieces)), of_rows([], wanted)
    pieces = pieces or [empty]
    for name in wanted.numbers:
        values, given = zip(*(piece.numbers[name] for piece in pieces))
        table.numbers[name] = np.concatenate(values), np.concatenate(given)
    for name in wanted.times:
        table.times[name] = np.concatenate([piece.times[name] for piece in pieces])
    for name in wanted.texts:
        table.texts[name] = _changes_of(pieces, name)
    for name in wanted.keys:
        table.keys[name] = _keys_of([piece.keys[name] for piece in pieces])
    return table


def of_rows(rows: list[dict[str, Any]], wanted: Wanted) -> Table:
    """Return the table of rows that are in memory already."""
    import numpy as np

    table = Table(len(rows))
    for name in wanted.numbers:
        cells = [number_of(row.get(name)) for row in rows]
        given = np.array([cell is not None for cell in cells], dtype=bool)
        table.numbers[name] = np.array([0.0 if cell is None else cell for cell in cells], dtype=float), given
    for name in wanted.times:
        table.times[name] = np.array([seconds_of(row.get(name)) for row in rows], dtype=float)
    for name in wanted.texts:
        table.texts[name] = changes([str(row.get(name) or "") for row in rows])
    for name in wanted.keys:
        table.keys[name] = keys(["" if row.get(name) is None else str(row[name]) for row in rows])
    return table


def changes(texts: list[str]) -> list[tuple[int, str]]:
    """Return the rows in which a text is another than before; before the first it is empty."""
    return [(at, text) for at, (before, text) in enumerate(zip(["", *texts], texts)) if text != before]


def keys(texts: list[str]) -> Keys:
    """Return texts as numbers of labels, which stand in the order in which they came."""
    import numpy as np

    numbers: dict[str, int] = {}
    codes = np.array([numbers.setdefault(text, len(numbers)) for text in texts], dtype=np.int64)
    return Keys(codes, list(numbers))


def _changes_of(pieces: Sequence[Table], name: str) -> list[tuple[int, str]]:
    found, row, last = list[tuple[int, str]](), 0, ""
    for piece in pieces:
        # A piece begins as if the text before were empty.
        starts = [] if piece.texts[name][:1] and piece.texts[name][0][0] == 0 else [(0, "")] * bool(piece.rows)
        for at, text in [*starts, *piece.texts[name]]:
            if text != last:
                found.append((row + at, text))
                last = text
        row += piece.rows
    return found


def _keys_of(columns: list[Keys]) -> Keys:
    import numpy as np

    numbers: dict[str, int] = {}
    for column in columns:
        for label in column.labels:
            numbers.setdefault(label, len(numbers))
    codes = [np.array([numbers[label] for label in each.labels] or [0], dtype=np.int64)[each.codes] for each in columns]
    return Keys(np.concatenate(codes), list(numbers))
