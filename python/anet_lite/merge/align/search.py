"""The orders of units in a whole model, by its weights alone: no names and no structure are known.

A matrix whose units gave their places away tells the order of an axis. The order is then tried on every other axis of
that length: where it makes two matrices alike, or makes rows be found that were not, it is that axis' too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from anet_lite.merge.align.units import LONGEST, cosine, match
from anet_lite.merge.rules.matrices import FOREIGN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy import floating, intp
    from numpy.typing import NDArray

    Arrays = dict[str, NDArray[floating[Any]]]

_NEARER = 0.5
"""How much nearer an order must bring vectors, where no matrix beside them tells whose they are."""


@dataclass
class Search:
    """Two models, and the orders that were found so far, by their numbers."""

    first: Arrays
    second: Arrays
    orders: list[NDArray[intp]] = field(default_factory=list[Any])
    axes: dict[tuple[str, int], int] = field(default_factory=dict[Any, int])
    """Which order an axis has."""

    def run(self) -> None:
        """Find the orders of matrices, until no more are found, and then those of vectors."""
        waiting = [name for name, array in self.first.items() if array.ndim > 1 and min(array.shape[:2]) > 1]
        waiting = [name for name in waiting if cosine(self.first[name], self.second[name]) < FOREIGN]
        found = True
        while found:
            found = [name for name in waiting if self._place(name)]
            waiting = [name for name in waiting if name not in found]
        self._vectors()

    def _place(self, name: str) -> bool:
        """Find the orders of both axes of a matrix, with those that are known, or a new one of its rows or columns."""
        a, b = self.first[name], self.second[name]
        known = [list(self._known(side)) for side in a.shape[:2]]
        for rows in known[0]:
            for columns in known[1]:
                if cosine(a, self._moved(b, rows, columns)) >= FOREIGN:
                    return self._take(name, rows, columns)
        for columns in known[1]:
            if (rows := self._new(a, self._moved(b, None, columns))) is not None:
                return self._take(name, rows, columns)
        for rows in known[0]:
            moved = self._moved(b, rows, None)
            if (columns := self._new(a.swapaxes(0, 1), moved.swapaxes(0, 1))) is not None:
                return self._take(name, rows, columns)
        return False

    def _known(self, length: int) -> Iterator[int | None]:
        """Yield what an axis of this length may have: no order, and each that was found."""
        yield None
        yield from (number for number, order in enumerate(self.orders) if len(order) == length)

    def _new(self, first: NDArray[floating[Any]], second: NDArray[floating[Any]]) -> int | None:
        """Find an order of the first axis; it is kept with the others."""
        if first.shape[0] > LONGEST:
            return None
        order = match(first.reshape(len(first), -1), second.reshape(len(second), -1))
        if order is None:
            return None
        self.orders.append(order)
        return len(self.orders) - 1

    def _moved(self, array: NDArray[floating[Any]], rows: int | None, columns: int | None) -> NDArray[floating[Any]]:
        array = array if rows is None else array[self.orders[rows]]
        return array if columns is None else array[:, self.orders[columns]]

    def _take(self, name: str, rows: int | None, columns: int | None) -> bool:
        for axis, order in enumerate((rows, columns)):
            if order is not None:
                self.axes[name, axis] = order
        return True

    def _vectors(self) -> None:
        """Give vectors the order of the matrix beside them, as a bias has; others one that brings them much nearer."""
        stems: dict[str, list[str]] = {}
        for name, array in self.first.items():
            if array.ndim == 1:
                stems.setdefault(_stem(name), []).append(name)
        for stem, names in stems.items():
            beside = {order for (name, axis), order in self.axes.items() if axis == 0 and _stem(name) == stem}
            has_matrix = any(_stem(name) == stem and array.ndim > 1 for name, array in self.first.items())
            for number in beside if has_matrix else self._nearest(names):
                fitting = [name for name in names if len(self.first[name]) == len(self.orders[number])]
                self.axes.update({(name, 0): number for name in fitting})

    def _nearest(self, names: list[str]) -> list[int]:
        """Return the order that brings the vectors of one layer nearest, if it is much nearer than they are."""
        distances = {
            number: sum(self._distance(name, number) for name in names)
            for number, order in enumerate(self.orders)
            if all(len(self.first[name]) == len(order) for name in names)
        }
        best = min(distances, key=lambda number: distances[number], default=None)
        here = sum(self._distance(name, None) for name in names)
        return [best] if best is not None and distances[best] < _NEARER * here else []

    def _distance(self, name: str, order: int | None) -> float:
        moved = self.second[name] if order is None else self.second[name][self.orders[order]]
        return float(((self.first[name] - moved) ** 2).sum())


def _stem(name: str) -> str:
    """Return the module that a tensor belongs to: its name up to the last dot."""
    return name.rpartition(".")[0] or name
