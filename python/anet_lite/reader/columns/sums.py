"""A column that is the sum of others, such as the loss of a trainer that logs only its parts: ``a + b + c``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from anet_lite.reader.table import Column

_PLUS = " + "


def sum_of(names: Iterable[str]) -> str:
    """Return the name of a sum."""
    return _PLUS.join(names)


def parts_of(name: str, names: Sequence[str]) -> list[str]:
    """Return the columns of which one is the sum; none where it is a column itself, or a part is none.

    Example:
        >>> from anet_lite.reader.columns.sums import parts_of
        >>> parts_of("a + b", ["a", "b"]), parts_of("a", ["a", "b"]), parts_of("a+c", ["a", "b"])
        (['a', 'b'], [], [])

    """
    if name in names or "+" not in name:
        return []
    parts = [part.strip() for part in name.split("+")]
    found = [part if part in names else _padded(part, names) for part in parts]
    return found if all(part in names for part in found) else []


def added(columns: Iterable[Column]) -> Column:
    """Return a column that is given in the rows in which all of some are."""
    import numpy as np

    values, given = zip(*columns)
    return np.add.reduce(values), np.logical_and.reduce(given)


def cell_of(row: Mapping[str, object], name: str, names: Sequence[str]) -> object:
    """Return a row's cell of a column, or of a sum."""
    from anet_lite.reader.number import number_of

    parts = [number_of(row.get(part)) for part in parts_of(name, names)]
    if not parts:
        return row.get(name)
    return sum(part for part in parts if part is not None) if None not in parts else None


def _padded(part: str, names: Sequence[str]) -> str:
    """Return the column whose name is padded with spaces, as YOLOv5 writes it."""
    return next((name for name in names if name.strip() == part), part)
