"""Columns without a library of frames: a list, an array, or a mapping of such."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from anet_lite._internal.frames import frames
from anet_lite._native import AnetTypeError, AnetValueError
from anet_lite.frame.columns import Times

if TYPE_CHECKING:
    from numpy import float64, int64
    from numpy.typing import NDArray


class PlainColumns:
    """Columns by name. Their frames are of pandas or of polars: of the one that is imported, or else installed."""

    timed: bool = False

    def __init__(self, columns: Mapping[str, Any]) -> None:
        self._columns: dict[str, Any] = {str(name): _array(values) for name, values in columns.items()}
        self.names: list[str] = list(self._columns)
        self.rows: int = max(map(len, self._columns.values()), default=0)
        for name, values in self._columns.items():
            if values.ndim != 1 or len(values) != self.rows:
                raise AnetValueError(f"data must have columns of one length, got shape {values.shape} as {name!r}")

    @classmethod
    def of(cls, data: Any) -> PlainColumns:
        """Return the columns of a mapping, of a block of one or two dimensions, or of a sequence of numbers."""
        if isinstance(data, Mapping):
            return cls(cast("Mapping[str, Any]", data))
        block: Any = _array(data)
        if block.ndim == 0:
            wanted = "a frame, a series, an array, a list or a mapping of columns"
            raise AnetTypeError(f"data must be {wanted}, got {type(data).__name__}")
        if block.ndim > 2:
            raise AnetValueError(f"data must have one or two dimensions, got shape {block.shape}")
        return cls({"": block} if block.ndim == 1 else {str(at): block[:, at] for at in range(block.shape[1])})

    def numbers(self, name: str) -> NDArray[float64]:
        """Return a column as numbers, NaN where one is missing."""
        from anet_lite.stream.numbers import numbers_of

        return numbers_of(self._columns[name])

    def labels(self, name: str) -> list[str]:
        """Return a column as texts, "" where one is missing."""
        return ["" if label is None else str(label) for label in self._columns[name].tolist()]

    def are_numbers(self, name: str) -> bool:
        """Whether a column is one of numbers, and not of flags."""
        values = self._columns[name]
        if values.dtype.kind == "O":
            return all(value is None or hasattr(value, "__float__") for value in values[:100])
        return values.dtype.kind in "fiu"

    def are_texts(self, name: str) -> bool:
        """Whether a column is one of texts or categories."""
        return self._columns[name].dtype.kind == "U"

    def are_times(self, name: str) -> bool:
        """Whether a column is one of times."""
        return self._columns[name].dtype.kind == "M"

    def times(self, name: str) -> Times:
        """Return a column as times."""
        from anet_lite.stream.numbers import seconds_of_times

        return Times(seconds_of_times(self._columns[name]), None)

    def times_at(self, name: str, rows: NDArray[int64]) -> Any:
        """Return the times of some rows."""
        return self._columns[name][rows]

    def like(self, columns: Mapping[str, Any]) -> Any:
        """Return a frame with these columns and the index of this one."""
        return _frame(columns)

    def frame(self, columns: Mapping[str, Any]) -> Any:
        """Return another frame."""
        return _frame(columns)


def _array(values: Any) -> Any:
    """Return an array; a masked one keeps its mask."""
    import numpy as np

    return np.asanyarray(values)


def _frame(columns: Mapping[str, Any]) -> Any:
    return frames("a frame").DataFrame(dict(columns))
