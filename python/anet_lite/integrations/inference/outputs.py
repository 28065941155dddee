"""Size and statistics of what a function returned, without a copy of it."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from numbers import Real
from typing import Any, cast

LEAVES = 64
"""Values of a nested output that are looked at; of a longer list of numbers as many too."""


def leaves(output: Any) -> list[Any]:
    """Return the values of an output: those of mappings and of lists, one by one, at most 64.

    Example:
        >>> from anet_lite.integrations.inference.outputs import leaves
        >>> leaves({"scores": [0.1, 0.9], "label": "cat"})
        [0.1, 0.9, 'cat']

    """
    found, waiting = list[Any](), [output]
    while waiting and len(found) < LEAVES:
        value = waiting.pop()
        if isinstance(value, Mapping):
            waiting += reversed(list(cast("Mapping[Any, Any]", value).values()))
        elif isinstance(value, (list, tuple)):
            waiting += reversed(cast("list[Any]", value[:LEAVES]))
        else:
            found.append(value)
    return found


def size(output: Any) -> float | None:
    """Return how much it is: characters of a text, elements of an array, values of a list; None where it has no size.

    Example:
        >>> from anet_lite.integrations.inference.outputs import size
        >>> size("four"), size([1, 2, 3]), size(7.5), size(None)
        (4.0, 3.0, 1.0, None)

    """
    elements = getattr(output, "numel", getattr(output, "size", None))
    if callable(elements):
        return float(cast("int", elements()))
    if isinstance(elements, int):
        return float(elements)
    if isinstance(output, Real):
        return 1.0
    return float(len(output)) if hasattr(output, "__len__") else None


def is_tensor(value: Any) -> bool:
    """Whether it is a tensor of PyTorch, whose statistics are taken on its device."""
    return type(value).__module__.partition(".")[0] == "torch" and hasattr(value, "is_floating_point")


def host_sums(values: list[Any]) -> dict[str, float]:
    """Return the sums of the statistics of numbers and arrays: how many were judged, their means, their spreads.

    Texts have no statistics. A value that is not finite counts as one, and is left out of the others.

    Example:
        >>> from anet_lite.integrations.inference.outputs import host_sums
        >>> host_sums([1.0, 3.0, float("nan"), "text"])
        {'nonfinite': 1.0, 'judged': 1.0, 'mean': 2.0, 'spread': 1.0}

    """
    numbers = [float(value) for value in values if isinstance(value, Real)]
    arrays = [value for value in values if _is_array(value)]
    found = [_of_numbers(numbers)] if numbers else []
    moments = [*found, *map(_of_array, arrays)]
    if not moments:
        return {}
    finite = [(mean, spread) for mean, spread, _ in moments if isfinite(mean) and isfinite(spread)]
    return {
        "nonfinite": float(sum(bad for _, _, bad in moments)),
        "judged": float(len(finite)),
        "mean": sum(mean for mean, _ in finite),
        "spread": sum(spread for _, spread in finite),
    }


def _is_array(value: Any) -> bool:
    kind = getattr(getattr(value, "dtype", None), "kind", "")
    return kind in ("f", "i", "u") and not isinstance(value, Real) and getattr(value, "size", 0) > 0


def _of_numbers(numbers: list[float]) -> tuple[float, float, int]:
    finite = [number for number in numbers if isfinite(number)]
    bad = len(numbers) - len(finite)
    if not finite:
        return float("nan"), float("nan"), bad
    mean = sum(finite) / len(finite)
    return mean, (sum((number - mean) ** 2 for number in finite) / len(finite)) ** 0.5, bad


def _of_array(array: Any) -> tuple[float, float, int]:
    """Return mean and standard deviation, in double precision, and how many are not finite."""
    mean = float(array.mean(dtype="float64"))
    if isfinite(mean):
        return mean, float(array.std(dtype="float64")), 0
    import numpy as np

    return float("nan"), float("nan"), int((~np.isfinite(array)).sum())
