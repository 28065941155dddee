"""From two models to one whose units stand in the order of the other."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, Any

from anet_lite._native import AnetValueError
from anet_lite.merge.align.alignment import Alignment, UnitOrder
from anet_lite.merge.align.search import Search
from anet_lite.merge.models import Weights, float_tensors

if TYPE_CHECKING:
    from numpy import floating
    from numpy.typing import NDArray

    Arrays = dict[str, NDArray[floating[Any]]]


def align(a: Weights, b: Weights) -> Alignment:
    """Put the units of model b into the order of model a, where b is a in another order, trained further or not.

    Nothing is known of the architecture: orders are found by nearest rows and columns. One is undone only where what
    gives units (rows) and what takes them (columns) have it in common, so that b computes what it did. Both models are
    held in memory. Models from different starts have no units in common, and nothing is undone.

    Args:
        a: The path of a model, or its arrays by name.
        b: The other one.

    Raises:
        AnetTypeError: One is neither a path nor a mapping.
        AnetValueError: They have no tensor of one shape in common, or one is an adapter.
        OSError: A file cannot be read.

    Example:
        >>> import numpy as np
        >>> from anet_lite import merge
        >>> random = np.random.default_rng(0)
        >>> a = {"up": random.standard_normal((8, 16)), "down": random.standard_normal((4, 8))}
        >>> moved = random.permutation(8)
        >>> b = {"up": a["up"][moved], "down": a["down"][:, moved]}
        >>> found = merge.align(a, b)
        >>> found.distance[1], found.undone[0].axes
        (0.0, (('up', 0), ('down', 1)))

    """
    first = {name: load() for name, load in float_tensors("a", a).items()}
    second = {name: load() for name, load in float_tensors("b", b).items()}
    both = [name for name in first if name in second and first[name].shape == second[name].shape]
    if not both:
        raise AnetValueError("a and b must have a tensor of one shape in common, got none")
    search = Search({name: first[name] for name in both}, {name: second[name] for name in both})
    search.run()
    undone, left = _closed(search)
    tensors = _applied(second, undone)
    distance = _distance(search.first, second), _distance(search.first, tensors)
    return Alignment(tensors, tuple(undone), tuple(left), distance)


def _closed(search: Search) -> tuple[list[UnitOrder], list[UnitOrder]]:
    """Part the orders that matrices have along rows and along columns from those on one side alone."""
    found: tuple[list[UnitOrder], list[UnitOrder]] = ([], [])
    for number, order in enumerate(search.orders):
        axes = tuple(axis for axis, held in search.axes.items() if held == number)
        sides = {axis for name, axis in axes if search.first[name].ndim > 1}
        each = UnitOrder(order, axes)
        if each.moved:
            found[sides != {0, 1}].append(each)
    return found


def _applied(tensors: Arrays, orders: list[UnitOrder]) -> Arrays:
    import numpy as np

    moved = dict(tensors)
    for order in orders:
        for name, axis in order.axes:
            moved[name] = np.take(moved[name], order.order, axis=axis)
    return moved


def _distance(first: Arrays, second: Arrays) -> float:
    between = sum(float(((array - second[name]) ** 2).sum()) for name, array in first.items())
    mean = sum(float((array**2).sum() + (second[name] ** 2).sum()) for name, array in first.items()) / 2
    return sqrt(between / mean) if mean else 0.0
