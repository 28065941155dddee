"""The orders of units in a whole model, by its weights alone: no names and no structure are known.

A matrix whose units gave their places away tells the order of an axis. The order is then tried on every other axis of
that length: where it makes two matrices alike, or makes rows be found that were not, it is that axis' too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Optional

from anet_lite.merge.align.units import cosine, match
from anet_lite.merge.rules.matrices import FOREIGN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy import floating, intp
    from numpy.typing import NDArray

    Arrays = dict[str, NDArray[floating[Any]]]
    Pair = tuple[Optional[int], Optional[int]]

_SURE = 0.9
"""The cosine from which no other order is looked for."""
_BETTER = 0.01
"""How much larger a cosine must be with a new order."""
_NEARER = 0.5
"""The part of every other distance that is left where the nearest order is clear."""


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
        found = True
        while found:
            found = [name for name in waiting if self._place(name)]
            waiting = [name for name in waiting if name not in found]
        self._vectors()

    def _place(self, name: str) -> bool:
        """Find the orders of both axes of a matrix: known ones, or a new one of its rows or columns."""
        a, b = self.first[name], self.second[name]
        best, known = max(
            ((cosine(a, self._moved(b, pair)), pair) for pair in self._pairs(a)), key=lambda each: each[0]
        )
        if best < _SURE:
            for axis, pair in self._pairs_with_a_free_axis(a):
                moved = self._moved(b, pair)
                order = _match(a, moved, axis)
                if order is not None and cosine(a, _taken(moved, order, axis)) > best + _BETTER:
                    return self._take(name, pair, axis, order)
        return best >= FOREIGN and self._take(name, known)

    def _known(self, length: int) -> list[int | None]:
        """Return what an axis of this length may have: no order, and each that was found."""
        return [None, *(number for number, order in enumerate(self.orders) if len(order) == length)]

    def _pairs(self, array: NDArray[floating[Any]]) -> list[Pair]:
        rows, columns = (self._known(side) for side in array.shape[:2])
        return [(one, other) for one in rows for other in columns]

    def _pairs_with_a_free_axis(self, array: NDArray[floating[Any]]) -> Iterator[tuple[int, Pair]]:
        """Yield known orders of one axis, with the other that is to be found: the rows first."""
        yield from ((0, (None, columns)) for columns in self._known(array.shape[1]))
        yield from ((1, (rows, None)) for rows in self._known(array.shape[0]))

    def _moved(self, array: NDArray[floating[Any]], pair: Pair) -> NDArray[floating[Any]]:
        for axis, number in enumerate(pair):
            array = array if number is None else _taken(array, self.orders[number], axis)
        return array

    def _take(self, name: str, pair: Pair, axis: int = 0, order: NDArray[intp] | None = None) -> bool:
        """Give a matrix its orders; a new one is kept with the others."""
        numbers = list(pair)
        if order is not None:
            self.orders.append(order)
            numbers[axis] = len(self.orders) - 1
        self.axes.update({(name, side): number for side, number in enumerate(numbers) if number is not None})
        return True

    def _vectors(self) -> None:
        """Give the vectors of a module an order that brings them much nearer, or else that of the rows beside them."""
        modules: dict[str, list[str]] = {}
        for name, array in self.first.items():
            if array.ndim == 1:
                modules.setdefault(_module(name), []).append(name)
        for module, names in modules.items():
            lengths = {len(self.first[name]) for name in names}
            fitting = [number for number, order in enumerate(self.orders) if {len(order)} == lengths]
            number = self._nearest(names, fitting)
            if number is None:
                number = self._of_rows(module, fitting)
            if number is not None:
                self.axes.update({(name, 0): number for name in names})

    def _nearest(self, names: list[str], fitting: list[int]) -> int | None:
        """Return the order that brings vectors much nearer than they are, and than any other does."""
        distances = sorted((sum(self._distance(name, number) for name in names), number or 0, number)
                           for number in (None, *fitting))  # fmt: skip
        if len(distances) > 1 and distances[0][0] < _NEARER * distances[1][0]:
            return distances[0][2]
        return None

    def _of_rows(self, module: str, fitting: list[int]) -> int | None:
        """Return the order of the rows of the matrix in the same module, which give what a bias is added to."""
        beside = [number for (name, axis), number in self.axes.items() if axis == 0 and _module(name) == module]
        return next((number for number in beside if number in fitting), None)

    def _distance(self, name: str, order: int | None) -> float:
        moved = self.second[name] if order is None else self.second[name][self.orders[order]]
        return float(((self.first[name] - moved) ** 2).sum())


def _taken(array: NDArray[floating[Any]], order: NDArray[intp], axis: int) -> NDArray[floating[Any]]:
    return array[order] if axis == 0 else array[:, order]


def _match(first: NDArray[floating[Any]], second: NDArray[floating[Any]], axis: int) -> NDArray[intp] | None:
    """Return the order of an axis that makes one array the other, if there is one."""
    one, other = (array.swapaxes(0, axis).reshape(array.shape[axis], -1) for array in (first, second))
    return match(one, other)


def _module(name: str) -> str:
    """Return the module that a tensor belongs to: its name up to the last dot."""
    return name.rpartition(".")[0] or name
