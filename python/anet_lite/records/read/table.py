"""Columns of a run, and what every form of file offers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Callable, Protocol

from anet_lite.records.read.number import number_of

if TYPE_CHECKING:
    from numpy import bool_, float64
    from numpy.typing import NDArray

    Column = tuple[NDArray[float64], NDArray[bool_]]

Progress = Callable[[float], None]
"""Is called with how much of the file is read, from 0 to 1."""


@dataclass
class Table:
    """What was read."""

    rows: int
    numbers: dict[str, Column] = field(default_factory=dict[str, "Column"])
    """Values of a column, and whether each row gave one."""
    texts: dict[str, list[tuple[int, str]]] = field(default_factory=dict[str, "list[tuple[int, str]]"])
    """The rows in which a column changes, with what it changes to."""

    def column(self, name: str | None) -> Column | None:
        """Return a column of numbers, if there is one of that name."""
        return self.numbers.get(name) if name else None


class Source(Protocol):
    """A file whose columns are known."""

    form: str
    """What it is, in words."""
    names: list[str]
    """Its columns."""

    def read(self, numbers: list[str], texts: list[str], progress: Progress) -> Table:
        """Read some of its columns."""
        ...


def of_rows(rows: list[dict[str, Any]], numbers: list[str], texts: list[str]) -> Table:
    """Return the table of rows that are in memory already."""
    import numpy as np

    table = Table(len(rows))
    for name in numbers:
        cells = [number_of(row.get(name)) for row in rows]
        given = np.array([cell is not None for cell in cells], dtype=bool)
        table.numbers[name] = np.array([0.0 if cell is None else cell for cell in cells], dtype=float), given
    for name in texts:
        table.texts[name] = changes([str(row.get(name) or "") for row in rows])
    return table


def changes(texts: list[str]) -> list[tuple[int, str]]:
    """Return the rows in which a text is another than before; before the first it is empty."""
    return [(at, text) for at, (before, text) in enumerate(zip(["", *texts], texts)) if text != before]
