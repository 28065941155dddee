"""The rows of one key in one batch: sorted, since a batch has no order, and without those that come too late."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from anet_lite._native import AnetTypeError, AnetValueError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from anet_lite.integrations.spark.order import Order

Late = Literal["raise", "drop", "score"]


class Batch:
    """Rows of one key: the key, the order, then the inputs."""

    def __init__(self, key: str, rows: Sequence[Sequence[Any]], order: Order) -> None:
        self.key: str = key
        self.order_type: Order = order
        self.rows: list[Sequence[Any]] = list(rows)
        for row in self.rows:
            if row[1] is None or row[1] != row[1]:
                raise AnetValueError(f"key {key!r}: order_by must not be null or NaN, got {row[1]}")
        self.inputs: list[tuple[float | None, ...]] = [self._numbers(row) for row in self.rows]
        self.order: NDArray[np.int64] = order.integers([row[1] for row in self.rows])
        self._keep(self._sorted())

    def _numbers(self, row: Sequence[Any]) -> tuple[float | None, ...]:
        try:
            return tuple(None if value is None else float(value) for value in row[2:])
        except (TypeError, ValueError) as error:
            text = f"{self.at(row[1])}: inputs must be numbers: {error}"
            raise AnetTypeError(text) from None

    def _sorted(self) -> Any:
        """Sort by order; rows of one order by their values, so that a repeated attempt gives the same scores.

        Values that differ in nothing but their bits, such as zeros of either sign, are ordered too.
        """
        values = np.array(self.inputs, float).reshape(len(self.rows), -1)
        null = [[value is None for value in row] for row in self.inputs]
        ties = [*values.view(np.int64).T, *np.array(null, bool).reshape(values.shape).T]
        return np.lexsort([*ties, self.order])

    def _keep(self, indices: Any) -> None:
        self.rows = [self.rows[i] for i in indices]
        self.inputs = [self.inputs[i] for i in indices]
        self.order = self.order[indices]

    def apply_on_late(self, last: int | None, on_late: Late) -> None:
        """Raise for, drop or keep rows that come before the last one of an earlier batch."""
        if last is None or on_late == "score" or not (self.order < last).any():
            return
        if on_late == "raise":
            where = "an earlier batch went past it, so the source does not keep the order of a key"
            raise AnetValueError(f'{self.at(self.rows[0][1])}: {where}; on_late="drop" or "score" lets such rows pass')
        self._keep(np.flatnonzero(self.order >= last))

    def at(self, order: Any) -> str:
        """Name a row by its key and order."""
        return f"key {self.key!r} at {self.order_type.text(order)}"

    @property
    def span(self) -> str:
        """Name all rows by their key and orders."""
        first, last = self.rows[0][1], self.rows[-1][1]
        return self.at(first) + ("" if first == last else f" to {self.order_type.text(last)}")
