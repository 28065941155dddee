"""Columns of polars: a DataFrame or a Series."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from anet_lite.frame.columns import Times

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy import float64, int64
    from numpy.typing import NDArray


def columns_of(data: Any) -> PolarsColumns:
    """Return the columns of a DataFrame; a Series is one column."""
    return PolarsColumns(data if hasattr(data, "columns") else data.to_frame())


class PolarsColumns:
    """Columns of a DataFrame."""

    timed: bool = False

    def __init__(self, frame: Any) -> None:
        self._polars: Any = import_module("polars")
        self._frame = frame
        self.names: list[str] = list(frame.columns)
        self.rows: int = frame.height

    def numbers(self, name: str) -> NDArray[float64]:
        """Return a column as numbers, NaN where one is missing."""
        column = self._frame[name]
        if column.dtype == self._polars.String:  # polars would read numbers out of texts
            raise TypeError("it holds texts")
        return column.cast(self._polars.Float64).fill_null(float("nan")).to_numpy()

    def labels(self, name: str) -> list[str]:
        """Return a column as texts, "" where one is missing."""
        return self._frame[name].cast(self._polars.String).fill_null("").to_list()

    def are_numbers(self, name: str) -> bool:
        """Whether a column is one of numbers, and not of flags."""
        return self._frame[name].dtype.is_numeric()

    def are_texts(self, name: str) -> bool:
        """Whether a column is one of texts or categories."""
        return self._frame[name].dtype in (self._polars.String, self._polars.Categorical, self._polars.Enum)

    def are_times(self, name: str) -> bool:
        """Whether a column is one of times."""
        column = self._frame[name]
        if column.dtype in (self._polars.Datetime, self._polars.Date):
            return True
        return column.dtype == self._polars.String and self._is_iso(column.drop_nulls().head(1))

    def times(self, name: str) -> Times:
        """Return a column as times."""
        column = self._times(name)
        if column.dtype.is_numeric():
            return Times(self.numbers(name), None)
        microseconds = column.dt.epoch("us").cast(self._polars.Float64)
        seconds = (microseconds / 1e6).fill_null(float("nan")).to_numpy()
        first = column.drop_nulls().head(1).to_list()
        offset = first[0].utcoffset() if first and getattr(column.dtype, "time_zone", None) else None
        return Times(seconds, None if offset is None else offset.total_seconds())

    def times_at(self, name: str, rows: NDArray[int64]) -> Any:
        """Return the times of some rows."""
        return self._times(name).gather(rows.tolist())

    def like(self, columns: Mapping[str, Any]) -> Any:
        """Return a frame with these columns and the index of this one."""
        return self._polars.DataFrame(dict(columns))

    def frame(self, columns: Mapping[str, Any]) -> Any:
        """Return another frame."""
        return self._polars.DataFrame(dict(columns))

    def _times(self, name: str) -> Any:
        column = self._frame[name]
        if column.dtype != self._polars.String:
            return column
        try:
            return column.str.to_datetime(time_unit="us")
        except self._polars.exceptions.PolarsError as error:
            raise ValueError(str(error)) from error

    def _is_iso(self, column: Any) -> bool:
        try:
            column.str.to_datetime(time_unit="us")
        except self._polars.exceptions.PolarsError:
            return False
        return column.len() > 0
