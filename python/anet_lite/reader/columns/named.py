"""Which columns of a file are named signals, and which of them are losses of an evaluation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anet_lite._internal.one_line import listed
from anet_lite._native import AnetValueError, known_signal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy import bool_
    from numpy.typing import NDArray

    from anet_lite.reader.table import Column, Table


def named_columns(names: list[str], taken: Iterable[str], declared: Iterable[str], where: str) -> list[str]:
    """Return the columns of named signals: those that were declared, and those whose name is in common use.

    A column that is one of the five signals already is none.

    Raises:
        ValueError: A signal that was declared has no column.

    """
    others, missing = [name for name in names if name not in set(taken)], [n for n in declared if n not in names]
    if missing:
        raise AnetValueError(f"{where} has no column {missing[0]!r}; its columns are {listed(names)}")
    wanted = set(declared)
    return [name for name in others if name in wanted or (known_signal(name) and not _is_extreme(name))]


def with_values(table: Table, names: list[str]) -> dict[str, Column]:
    """Return the columns that have a value."""
    return {name: table.numbers[name] for name in names if table.numbers[name][1].any()}


def evaluation_losses(named: dict[str, Column]) -> dict[str, Column]:
    """Return the losses on data that is not trained on."""
    return {name: column for name, column in named.items() if (known_signal(name) or ("", ""))[1] == "evaluation_loss"}


def moved_up(column: Column, rows: NDArray[bool_]) -> Column:
    """Return a column whose values between some rows stand in the row before, where that has none.

    An evaluation after a step is logged in a row of its own, and belongs to the step.
    """
    import numpy as np

    values, given = column[0].copy(), column[1].copy()
    between = np.flatnonzero(given & ~rows)
    before = np.maximum.accumulate(np.where(rows, np.arange(len(rows)), -1))[between]
    first = np.diff(before, prepend=-2) > 0
    moves = first & (before >= 0) & ~given[before]
    values[before[moves]], given[before[moves]] = values[between[moves]], True
    given[between[moves]] = False
    return values, given


def _is_extreme(name: str) -> bool:
    """Whether a column is of Weights & Biases' exports, which add the lowest and the highest value of each."""
    return name.endswith(("__MIN", "__MAX"))
