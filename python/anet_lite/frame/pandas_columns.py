"""Columns of pandas: a DataFrame or a Series, whose index is kept."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from anet_lite.frame.columns import INDEX, Times, refuse_same

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy import float64, int64
    from numpy.typing import NDArray


def columns_of(data: Any) -> PandasColumns:
    """Return the columns of a DataFrame; a Series is one column."""
    return PandasColumns(data if data.ndim == 2 else data.to_frame("" if data.name is None else data.name))


class PandasColumns:
    """Columns of a DataFrame. An index of times is a column of times too."""

    def __init__(self, frame: Any) -> None:
        self._pandas: Any = import_module("pandas")
        self._frame = frame
        self.names: list[str] = [str(name) for name in frame.columns]
        self.rows: int = len(frame)
        refuse_same(self.names)
        self.timed: bool = isinstance(frame.index, self._pandas.DatetimeIndex)
        """Whether the index is one of times."""

    def numbers(self, name: str) -> NDArray[float64]:
        """Return a column as numbers, NaN where one is missing."""
        if self.are_texts(name):  # pandas would read numbers out of texts
            raise TypeError("it holds texts")
        return self._column(name).to_numpy(dtype=float, na_value=float("nan"))

    def labels(self, name: str) -> list[str]:
        """Return a column as texts, "" where one is missing."""
        column = self._column(name)
        return column.astype(object).where(column.notna(), "").map(str).tolist()

    def are_numbers(self, name: str) -> bool:
        """Whether a column is one of numbers, and not of flags."""
        types, dtype = self._pandas.api.types, self._column(name).dtype
        return types.is_numeric_dtype(dtype) and not types.is_bool_dtype(dtype) and not types.is_complex_dtype(dtype)

    def are_texts(self, name: str) -> bool:
        """Whether a column is one of texts or categories."""
        types, dtype = self._pandas.api.types, self._column(name).dtype
        return types.is_string_dtype(dtype) or isinstance(dtype, self._pandas.CategoricalDtype)

    def are_times(self, name: str) -> bool:
        """Whether a column is one of times."""
        column = self._column(name)
        if self._pandas.api.types.is_datetime64_any_dtype(column.dtype):
            return True
        first = column.dropna().head(1)
        return self.are_texts(name) and len(first) > 0 and isinstance(first.iloc[0], str) and self._are_iso(first)

    def times(self, name: str) -> Times:
        """Return a column as times."""
        column = self._times(name)
        if self._pandas.api.types.is_numeric_dtype(column.dtype):
            return Times(column.to_numpy(dtype=float, na_value=float("nan")), None)
        zone = None if column.dt.tz is None or column.empty else column.iloc[0].utcoffset()
        naive = column if column.dt.tz is None else column.dt.tz_convert("UTC").dt.tz_localize(None)
        known = naive.notna()
        microseconds = naive.where(known, 0).astype("datetime64[us]").astype("int64")
        seconds = (microseconds / 1e6).where(known, float("nan")).to_numpy(dtype=float)
        return Times(seconds, None if zone is None else zone.total_seconds())

    def times_at(self, name: str, rows: NDArray[int64]) -> Any:
        """Return the times of some rows."""
        return self._times(name).iloc[rows].reset_index(drop=True)

    def like(self, columns: Mapping[str, Any]) -> Any:
        """Return a frame with these columns and the index of this one."""
        return self._pandas.DataFrame(dict(columns), index=self._frame.index)

    def frame(self, columns: Mapping[str, Any]) -> Any:
        """Return another frame."""
        return self._pandas.DataFrame(dict(columns))

    def _column(self, name: str) -> Any:
        return self._frame.index.to_series() if name == INDEX else self._frame.iloc[:, self.names.index(name)]

    def _times(self, name: str) -> Any:
        column = self._column(name)
        if self.are_texts(name) or column.dtype == object:
            return self._pandas.to_datetime(column, format="ISO8601")
        return column

    def _are_iso(self, column: Any) -> bool:
        try:
            self._pandas.to_datetime(column, format="ISO8601")
        except (ValueError, TypeError):
            return False
        return True
