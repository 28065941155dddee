"""The rows of one key in one batch: sorted, since a batch has no order; the late and the bad ones told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, Literal

import numpy as np

from anet_lite._native import AnetTypeError, AnetValueError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from anet_lite.integrations.spark.order import Order

Late = Literal["raise", "drop", "score", "mark"]
Bad = Literal["raise", "drop", "null", "mark"]

LATE, BAD = "late", "bad"


class Batch:
    """Rows of one key: the key, the order, then the inputs.

    What is to be scored stands in ``rows``, ``inputs``, ``order`` and ``faults``, sorted. ``unscored`` holds the rows
    that are not, each with its fault.
    """

    def __init__(self, key: str, rows: Sequence[Sequence[Any]], order: Order, on_bad: Bad = "raise") -> None:
        self.key: str = key
        self.order_type: Order = order
        self.rows: list[Sequence[Any]] = []
        self.inputs: list[tuple[float | None, ...]] = []
        self.faults: list[str | None] = []
        self.unscored: list[tuple[Sequence[Any], str]] = []
        for row in rows:
            self._read(row, on_bad)
        self.order: NDArray[np.int64] = order.integers([row[1] for row in self.rows])
        self._keep(self._sorted())

    def _read(self, row: Sequence[Any], on_bad: Bad) -> None:
        """Add a row; one without an order has no place among the others, whatever is asked for."""
        placed = row[1] is not None and row[1] == row[1]
        if not placed and on_bad == "raise":
            raise unplaced(self.key)
        inputs = [number(value, lambda: self.at(row[1]), on_bad) for value in row[2:]]
        if placed and (None not in inputs or on_bad == "null"):
            self.rows.append(row)
            self.inputs.append(tuple(None if value is None else value[0] for value in inputs))
            self.faults.append(BAD if None in inputs else None)
        else:
            self.unscored.append((row, BAD))

    def _sorted(self) -> Any:
        values = np.array(self.inputs, float).reshape(len(self.rows), -1)
        null = np.array([[value is None for value in row] for row in self.inputs], bool).reshape(values.shape)
        return sorted_rows(values, null, self.order)

    def _keep(self, indices: Any) -> None:
        self.rows = [self.rows[i] for i in indices]
        self.inputs = [self.inputs[i] for i in indices]
        self.faults = [self.faults[i] for i in indices]
        self.order = self.order[indices]

    def apply_on_late(self, last: int | None, on_late: Late) -> None:
        """Raise for, set aside or mark rows that come before the last one of an earlier batch."""
        late = np.zeros(len(self.rows), bool) if last is None else self.order < last
        if not late.any():
            return
        if on_late == "raise":
            where = "an earlier batch went past it, so the source does not keep the order of a key"
            raise AnetValueError(
                f'{self.at(self.rows[0][1])}: {where}; on_late="drop", "score" or "mark" lets such rows pass'
            )
        if on_late == "score":
            self.faults = [LATE if late[i] else fault for i, fault in enumerate(self.faults)]
            return
        self.unscored += [(self.rows[i], LATE) for i in np.flatnonzero(late)]
        self._keep(np.flatnonzero(~late))

    def at(self, order: Any) -> str:
        """Name a row by its key and order."""
        return f"key {self.key!r} at {self.order_type.text(order)}"

    @property
    def span(self) -> str:
        """Name all rows by their key and orders."""
        first, last = self.rows[0][1], self.rows[-1][1]
        return self.at(first) + ("" if first == last else f" to {self.order_type.text(last)}")


def number(value: Any, at: Callable[[], str], on_bad: Bad) -> tuple[float | None] | None:
    """Read an input as a number or null, in a tuple of one; what is neither is None.

    Raises:
        AnetTypeError: It is neither, and bad rows are to fail the query.

    """
    try:
        return (None if value is None else float(value),)
    except (TypeError, ValueError) as error:
        if on_bad == "raise":
            text = f"{at()}: inputs must be numbers: {error}"
            raise AnetTypeError(f'{text}; on_bad="drop", "null" or "mark" lets such rows pass') from None
        return None


def unplaced(key: str) -> AnetValueError:
    """Return the error of a row that has no place among the others of its key."""
    return AnetValueError(f"key {key!r}: order_by must not be null or NaN")


def sorted_rows(values: NDArray[np.float64], null: NDArray[np.bool_], *orders: NDArray[np.int64]) -> NDArray[np.int64]:
    """Sort by the last order, then by those before it; rows of one place by their values.

    So a repeated attempt gives the same scores. Values that differ in nothing but their bits, such as zeros of either
    sign, are ordered too.
    """
    return np.lexsort([*values.view(np.int64).T, *null.T, *orders])
