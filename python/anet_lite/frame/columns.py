"""What the columns of a data frame can do, whichever library they are of."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy import float64, int64
    from numpy.typing import NDArray

INDEX = "the index"
"""The name of the times that stand in no column."""


class Times(NamedTuple):
    """A column of times."""

    seconds: NDArray[float64]
    """Since 1970 in UTC; NaN where there is none."""
    zone: float | None
    """Seconds by which the clock is ahead of UTC in the first row; None where no zone is known."""


class Columns(Protocol):
    """The columns of what a user handed over."""

    names: list[str]
    """In their order."""
    rows: int
    timed: bool
    """Whether there is an index of times."""

    def numbers(self, name: str) -> NDArray[float64]:
        """Return a column as numbers, NaN where one is missing; raises TypeError or ValueError where it has others."""
        ...

    def labels(self, name: str) -> list[str]:
        """Return a column as texts, "" where one is missing."""
        ...

    def are_numbers(self, name: str) -> bool:
        """Whether a column is one of numbers, and not of flags."""
        ...

    def are_texts(self, name: str) -> bool:
        """Whether a column is one of texts or categories."""
        ...

    def are_times(self, name: str) -> bool:
        """Whether a column is one of times, by its type or by its first text."""
        ...

    def times(self, name: str) -> Times:
        """Return a column as times; raises TypeError or ValueError where it holds none."""
        ...

    def times_at(self, name: str, rows: NDArray[int64]) -> Any:
        """Return the times of some rows in the library's own type."""
        ...

    def like(self, columns: Mapping[str, Any]) -> Any:
        """Return a frame with these columns and as many rows, with the index of this one."""
        ...

    def frame(self, columns: Mapping[str, Any]) -> Any:
        """Return any other frame of the same library."""
        ...


def columns_of(data: Any) -> Columns:
    """Return the columns of a frame of pandas or polars, of a series, an array, a list, or a mapping of such.

    Raises:
        TypeError: It is something else.
        ValueError: Two columns have the same name, or it is an array of more than two dimensions.

    """
    for library, module in (("pandas", "pandas_columns"), ("polars", "polars_columns")):
        loaded: Any = sys.modules.get(library)
        if loaded is not None and isinstance(data, (loaded.DataFrame, loaded.Series)):
            from importlib import import_module

            return import_module(f"anet_lite.frame.{module}").columns_of(data)
    from anet_lite.frame.plain_columns import PlainColumns

    return PlainColumns.of(data)


def refuse_same(names: Sequence[str]) -> None:
    """Refuse columns of which two are called the same."""
    from anet_lite._native import AnetValueError

    twice = [name for name in names if names.count(name) > 1]
    if twice:
        raise AnetValueError(f"data must have columns of different names, got {twice[0]!r} {len(twice)} times")
