"""Which columns of a file are streams: as the user says, else by their kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anet_lite._internal.one_line import listed
from anet_lite._native import AnetValueError
from anet_lite.cli.options.options import NONE
from anet_lite.reader.columns.choose import metric_columns
from anet_lite.stream.columns import Choice

if TYPE_CHECKING:
    from anet_lite.reader.columns.known import Known


def choice_of(source: Known, columns: list[str], every: bool, keys: tuple[str, ...], time: str, where: str) -> Choice:
    """Return the columns of numbers, of keys and of the time.

    Raises:
        ValueError: One that the user named is not there, or none can be told from the others.

    """
    asked = [*keys, *([time] if time not in ("", NONE) else [])]
    unknown = [name for name in asked if name not in source.names]
    if unknown:
        raise AnetValueError(f"{where} has no column {unknown[0]!r}; its columns are {listed(source.names)}")
    found = every_column(source, (*keys, time)) if every else metric_columns(source, columns, where)
    return Choice(tuple(found), keys, "" if time == NONE else time or time_of(source, found))


def every_column(source: Known, but: tuple[str, ...]) -> list[str]:
    """Return all columns of numbers that are no count of rows."""
    numbers = [name for name in source.names if source.kinds.get(name) in ("number", "flag") and name not in but]
    return [name for name in numbers if name not in source.counters] or numbers


def time_of(source: Known, columns: list[str]) -> str:
    """Return the first column of times; "" where there is none."""
    return next((name for name in source.names if source.kinds.get(name) == "time" and name not in columns), "")
