"""The rows of a run as a monitor takes them: those that give a signal, counted from 0."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from anet_lite.reader.columns.guess import INPUTS
from anet_lite.reader.columns.named import moved_up, named_columns, with_values
from anet_lite.reader.columns.nothing_read import nothing_read
from anet_lite.reader.columns.taken import columns_of, ending_in, with_ending
from anet_lite.reader.table import Wanted, whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy import bool_, float64
    from numpy.typing import NDArray

    from anet_lite.reader.table import Column, Progress, Source, Table

_RESUMED = 3
"""Times that a step may go back: as often a run may have been resumed."""


class SignalRows(NamedTuple):
    """The signals of a file, of equal length: values, and whether each was given."""

    columns: dict[str, str]
    """Which column, or sum of columns, was taken for which signal."""
    signals: list[Column | None]
    """In the order of ``INPUTS``."""
    named: dict[str, Column]
    rows: int
    steps_left_out: bool
    """Whether the file's steps are no steps, since they go back again and again."""
    kept: NDArray[bool_]
    """Which rows of the file give a signal."""


def signal_rows(
    source: Source, chosen: dict[str, str], declared: Mapping[str, str], path: str, progress: Progress
) -> SignalRows:
    """Read the rows that give a signal.

    Args:
        source: The file, opened.
        chosen: Columns by signal, where they are not to be guessed; "" leaves a signal out.
        declared: Named signals beside those whose name is in common use.
        path: What errors call the file.
        progress: Called with the part that is done, from 0 to 1.

    Raises:
        ValueError: It has no such columns, none that looks like a signal, or no row with a number in them.

    """
    columns = columns_of(source, chosen, path)
    others = named_columns(source.names, columns.values(), declared, path)
    table = whole(source, Wanted(tuple(dict.fromkeys([*columns.values(), *others]))), progress)
    guessed, columns = columns, {signal: name for signal, name in columns.items() if table.numbers[name][1].any()}
    signals, named, kept = with_signals(table, columns, with_values(table, others))
    left_out = _goes_back(signals[-1])
    if left_out:
        signals[-1] = None
    rows = max((len(column[0]) for column in (*signals, *named.values()) if column), default=0)
    if not rows:
        raise with_ending(nothing_read(path, source.form, guessed.values()), ending_in(source))
    return SignalRows(columns, signals, named, rows, left_out, kept)


def with_signals(
    table: Table, columns: dict[str, str], named: dict[str, Column]
) -> tuple[list[Column | None], dict[str, Column], NDArray[bool_]]:
    """Return the signals in the order of ``INPUTS``, and the named ones, without the rows that give none.

    What is returned last are the rows that give one.

    A value of a named signal that has a row of its own belongs to the row before, if that has none.
    """
    import numpy as np

    signals = [table.column(columns.get(name)) for name in INPUTS]
    some = np.zeros(table.rows, dtype=bool)
    for column in signals[:-1]:
        if column:
            some |= column[1]
    named = {name: moved_up(column, some) for name, column in named.items()}
    for _, given in named.values():
        some |= given
    kept = {name: (values[some], given[some]) for name, (values, given) in named.items()}
    return [column and (column[0][some], column[1][some]) for column in signals], kept, some


def _goes_back(steps: tuple[NDArray[float64], NDArray[bool_]] | None) -> bool:
    """Whether steps stand still or go back more often than a run is resumed, as where each epoch begins again."""
    if steps is None:
        return False
    given = steps[0][steps[1]]
    return int((given[1:] <= given[:-1]).sum()) > _RESUMED
