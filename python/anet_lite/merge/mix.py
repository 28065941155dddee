"""The weights of one place on the way from one model to the other."""

from __future__ import annotations

import re
from math import isfinite
from typing import TYPE_CHECKING, Any

from anet_lite._internal.one_line import one_line
from anet_lite._native import AnetTypeError, AnetValueError
from anet_lite.merge.models import Weights, float_tensors

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy import floating
    from numpy.typing import NDArray

    from anet_lite.merge.models.weights import Loaders

    Part = tuple[str, NDArray[floating[Any]]]


def mix(a: Weights, b: Weights, alpha: float, layers: str | None = None) -> Iterator[Part]:
    """Yield the name and the array of each tensor of (1 - alpha) a + alpha b, one at a time.

    Files are read tensor by tensor, in single precision. Tensors of other types than floating point are not yielded:
    they are the first model's to keep. NaN and infinite numbers stay what they are.

    Args:
        a: The path of a model, or its arrays by name.
        b: The other one, with the same tensors.
        alpha: The weight of b: 0 is a, 1 is b; beyond, it is on the line behind them.
        layers: A regular expression; a tensor that it does not match anywhere in its name stays that of a.

    Raises:
        AnetTypeError: alpha is no number, layers no text, or a model neither a path nor a mapping.
        AnetValueError: alpha is not finite, layers is no regular expression, the models have other tensors or shapes,
            or one is an adapter.
        OSError: A file cannot be read.

    Example:
        >>> import numpy as np
        >>> from anet_lite import merge
        >>> a, b = {"x.w": np.zeros(2), "y.w": np.zeros(2)}, {"x.w": np.ones(2), "y.w": np.ones(2)}
        >>> {name: array.tolist() for name, array in merge.mix(a, b, 0.25, layers="^x")}
        {'x.w': [0.25, 0.25], 'y.w': [0.0, 0.0]}

    """
    _number("alpha", alpha)
    chosen = _expression(layers)
    loaders = same_tensors([("a", a), ("b", b)])
    return (
        (name, weighted(name, loaders, (1 - alpha, alpha) if chosen is None or chosen.search(name) else (1.0, 0.0)))
        for name in loaders[0]
    )


def same_tensors(models: Sequence[tuple[str, Weights]]) -> list[Loaders]:
    """Return how the tensors of models are read, which must have the same ones.

    Raises:
        AnetValueError: They have not. Shapes are looked at when tensors are read.

    """
    loaders = [float_tensors(name, model) for name, model in models]
    for (name, _), loader in zip(models[1:], loaders[1:]):
        if other := loader.keys() ^ loaders[0].keys():
            found = f"{one_line(min(other))} in one of them only"
            raise AnetValueError(f"{models[0][0]} and {name} must have the same tensors, got {found}")
    return loaders


def weighted(name: str, loaders: Sequence[Loaders], weights: Sequence[float]) -> NDArray[floating[Any]]:
    """Return the weighted sum of a tensor. A model of weight 0 is not read: what is not finite in it is not felt."""
    arrays = [(loaders[place][name](), weight) for place, weight in enumerate(weights) if weight]
    if len(arrays) == 1 and arrays[0][1] == 1:
        return arrays[0][0].copy()
    shapes = [array.shape for array, _ in arrays]
    if len(set(shapes)) > 1:
        raise AnetValueError(f"models must have tensors of one shape, got {shapes} for {one_line(name)}")
    total = arrays[0][1] * arrays[0][0]
    for array, weight in arrays[1:]:
        total = total + weight * array
    return total


def _number(name: str, value: float) -> None:
    if not isinstance(value, (int, float)) or isinstance(value, bool):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise AnetTypeError(f"{name} must be a real number, got {type(value).__name__}")
    if not isfinite(value):
        raise AnetValueError(f"{name} must be finite, got {value}")


def _expression(layers: str | None) -> re.Pattern[str] | None:
    if layers is None:
        return None
    if not isinstance(layers, str):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise AnetTypeError(f"layers must be a regular expression, got {type(layers).__name__}")
    try:
        return re.compile(layers)
    except re.error as error:
        raise AnetValueError(f"layers must be a regular expression, got {layers!r}: {error}") from None
