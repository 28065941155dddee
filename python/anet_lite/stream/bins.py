"""Rows put together by time: one sample for each stretch of equal length."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from anet_lite._internal.validate import instance
from anet_lite._native import AnetValueError
from anet_lite.stream.duration import seconds_of

if TYPE_CHECKING:
    from numpy import float64, int64
    from numpy.typing import NDArray

HOW = ("mean", "sum", "min", "max", "last", "count")


@dataclass
class Bins:
    """The rows of one stream, put together. A bin is given once a row of a later one has come."""

    seconds: float
    how: str = "mean"
    open_at: float | None = None
    """The time at which the bin that fills began."""
    open_row: int = -1
    held: list[float] = field(default_factory=list[float])
    """The values in it."""

    @classmethod
    def of(cls, text: str) -> Bins:
        """Return bins as a user writes them: ``5m``, ``1h:max``.

        Raises:
            TypeError: It is no text.
            ValueError: It is none.

        """
        instance("resample", text, str)
        width, _, how = text.partition(":")
        if (how or "mean") not in HOW:
            raise AnetValueError(f"resample must end in one of {', '.join(HOW)}, got {text!r}")
        return cls(seconds_of(width, "resample"), how or "mean")

    def put(
        self, values: NDArray[float64], times: NDArray[float64], rows: NDArray[int64]
    ) -> tuple[NDArray[float64], NDArray[float64], NDArray[int64]]:
        """Take rows; return the bins that are over: their values, the times at which they began, their last rows."""
        import numpy as np

        there = np.isfinite(times)
        values, times, rows = values[there], times[there], rows[there]
        begins = np.floor(times / self.seconds) * self.seconds
        before = np.nan if self.open_at is None else self.open_at
        edges = np.flatnonzero(np.diff(begins, prepend=before, append=np.nan) != 0).tolist()
        found = list[tuple[float, float, int]]()
        for start, stop in zip([0, *edges], edges):
            if start != stop:
                found += self._take(float(begins[start]), values[start:stop], int(rows[stop - 1]))
        return _columns(found)

    def rest(self) -> tuple[NDArray[float64], NDArray[float64], NDArray[int64]]:
        """End the bin that fills, and return it as ``put`` would."""
        found, self.open_at, self.held = self._open(), None, []
        return _columns(found)

    def _take(self, begin: float, values: NDArray[float64], row: int) -> list[tuple[float, float, int]]:
        """Put values into their bin; return the one before, where they are of another."""
        over = self._open() if begin != self.open_at else []
        self.held = [*([] if over else self.held), *values.tolist()]
        self.open_at, self.open_row = begin, row
        return over

    def _open(self) -> list[tuple[float, float, int]]:
        return [] if self.open_at is None else [(self._value(), self.open_at, self.open_row)]

    def _value(self) -> float:
        given = [value for value in self.held if not math.isnan(value)]
        if self.how == "count":
            return float(len(given))
        if not given:
            return float("nan")
        if self.how == "last":
            return given[-1]
        total = {"min": min, "max": max, "sum": sum, "mean": sum}[self.how](given)
        return float(total) / len(given) if self.how == "mean" else float(total)


def _columns(found: list[tuple[float, float, int]]) -> tuple[NDArray[float64], NDArray[float64], NDArray[int64]]:
    import numpy as np

    values, times, rows = zip(*found) if found else ((), (), ())
    return np.array(values, dtype=float), np.array(times, dtype=float), np.array(rows, dtype=np.int64)
