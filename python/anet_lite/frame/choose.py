"""Which columns of a frame are streams, which is the time, and which tell streams apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable, NamedTuple, TypeVar

from anet_lite._native import AnetTypeError, AnetValueError
from anet_lite.frame import epoch
from anet_lite.frame.columns import INDEX, Columns, Times
from anet_lite.reader.table import Table, keys
from anet_lite.stream.columns import Choice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy import float64
    from numpy.typing import NDArray

T = TypeVar("T")


class Chosen(NamedTuple):
    """The columns that were chosen, read."""

    choice: Choice
    table: Table
    zone: float | None
    """As :class:`Times` has it."""
    unused: list[str]
    """All other columns."""

    def __str__(self) -> str:
        streams = ", ".join(name or "the numbers" for name in self.choice.columns)
        by = f", one each by {', '.join(self.choice.keys)}" if self.choice.keys else ""
        times = f"; times from {self.choice.time}" if self.choice.time else "; no times"
        unused = f"; not used: {', '.join(self.unused)}" if self.unused else ""
        return f"streams of {streams}{by}{times}{unused}"


def choose(
    columns: Columns, wanted: Sequence[str] | None, time: str | None, by: Sequence[str], may_refuse: bool
) -> Chosen:
    """Read what was named, and find what was not.

    Times are the index where it is one of times, else the only column of times. Streams are all other columns of
    numbers. Where streams are not told apart, and one column would do it, that may be refused.

    Raises:
        TypeError: A column holds something else than is wanted of it.
        ValueError: A column is not there, or must be named since there are several.

    """
    for name in (*(wanted or ()), *by, *([time] if time and time != INDEX else [])):
        if name not in columns.names:
            raise AnetValueError(f"there is no column {name!r}; the columns are {', '.join(map(repr, columns.names))}")
    clock = _clock(columns, by) if time is None else time
    choice = Choice(_streams(columns, clock, by) if wanted is None else tuple(wanted), tuple(by), clock)
    table, zone = _table(columns, choice)
    used = {*choice.columns, *by, *([clock] if clock else [])}
    chosen = Chosen(choice, table, zone, [name for name in columns.names if name not in used])
    if may_refuse and clock:
        _refuse_untold(columns, chosen)
    return chosen


def _table(columns: Columns, choice: Choice) -> tuple[Table, float | None]:
    """Read what was chosen, and the zone of its times."""
    import numpy as np

    table, zone = Table(columns.rows), None
    for name in choice.columns:
        values = _read(name, "numbers", columns.numbers)
        table.numbers[name] = values, ~np.isnan(values)
    for name in choice.keys:
        table.keys[name] = keys(columns.labels(name))
    if choice.time:
        table.times[choice.time], zone = _times(columns, choice.time)
    return table, zone


def _clock(columns: Columns, by: Sequence[str]) -> str:
    if columns.timed:
        return INDEX
    others = [name for name in columns.names if name not in by]
    found = [name for name in others if columns.are_times(name)] or [
        name for name in others if _is_epoch(columns, name)
    ]
    if len(found) > 1:
        raise AnetValueError(f"time must name one of the columns of times, which are {', '.join(map(repr, found))}")
    return found[0] if found else ""


def _is_epoch(columns: Columns, name: str) -> bool:
    """Whether a column of numbers is one of times, by its name and by its values."""
    named = name.strip().lower() in epoch.NAMES and columns.are_numbers(name)
    return named and epoch.unit_of(columns.numbers(name)) is not None


def _streams(columns: Columns, clock: str, by: Sequence[str]) -> tuple[str, ...]:
    other = {*by, *([clock] if clock else [])}  # the column of a list is called "", as is no clock
    found = [name for name in columns.names if name not in other and columns.are_numbers(name)]
    if not found:
        names = ", ".join(map(repr, columns.names)) or "none"
        hint = "; texts become numbers by pandas.to_numeric" if any(map(columns.are_texts, columns.names)) else ""
        raise AnetValueError(f"data has no column of numbers; its columns are: {names}{hint}")
    return tuple(name for name in found if not _counts_rows(columns.numbers(name))) or tuple(found)


def _counts_rows(numbers: NDArray[float64]) -> bool:
    """Whether a column only counts rows, as a saved index does."""
    import numpy as np

    return len(numbers) > 1 and numbers[0] in (0.0, 1.0) and bool((np.diff(numbers) == 1.0).all())


def _times(columns: Columns, clock: str) -> Times:
    wanted = "times: seconds since 1970, datetimes or texts such as 2026-01-31 12:00:00"
    times = _read(clock, wanted, columns.times)
    if clock == INDEX or not columns.are_numbers(clock):
        return times
    return Times(times.seconds * (epoch.unit_of(times.seconds) or 1.0), None)


def _read(name: str, wanted: str, read: Callable[[str], T]) -> T:
    try:
        return read(name)
    except (TypeError, ValueError, ArithmeticError) as error:
        where, why = f"column {name!r}" if name else "data", str(error).partition("\n")[0]
        raise AnetTypeError(f"{where} must hold {wanted}: {why}") from error


def _refuse_untold(columns: Columns, chosen: Chosen) -> None:
    """Refuse rows of several streams at the same times, where one column would tell them apart."""
    import numpy as np

    times = chosen.table.times[chosen.choice.time]
    if len(np.unique(times)) == len(times):
        return
    for name in filter(columns.are_texts, chosen.unused):
        codes, labels = keys(columns.labels(name))
        if len(np.unique(np.column_stack([codes, times]), axis=0)) == len(times):
            raise AnetValueError(
                f"key must say how streams are told apart: times repeat, and column {name!r} has {len(labels)} values. "
                f"key={name!r} makes a stream of each, key=() takes all rows for one"
            )
