"""Places between two models, or three."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anet_lite._internal.validate import at_least
from anet_lite._native import AnetTypeError, AnetValueError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy import float64
    from numpy.typing import NDArray


def grid(models: int, alphas: int | Sequence[float]) -> NDArray[float64]:
    """Return the weights of each model, a row a place; each row sums to 1.

    Args:
        models: 2 or 3.
        alphas: For two models how many places, both ends among them, or the weights of the second; for three how many
            places a side of the triangle has.

    Example:
        >>> from anet_lite.merge.path.grid import grid
        >>> grid(2, 3).tolist(), len(grid(3, 5))
        ([[1.0, 0.0], [0.5, 0.5], [0.0, 1.0]], 15)

    """
    import numpy as np

    if not isinstance(alphas, int):
        return _given(models, alphas)
    count = at_least("alphas", alphas, 2)
    steps = np.linspace(0.0, 1.0, count)
    if models == 2:
        return np.stack([1 - steps, steps], axis=1)
    places = [(one, other) for one in range(count) for other in range(count - one)]
    return np.array([[1 - steps[one + other], steps[one], steps[other]] for one, other in places])


def _given(models: int, alphas: Any) -> NDArray[float64]:
    import numpy as np

    if models != 2:
        raise AnetValueError("alphas must be an integer for three models: how many places a side has")
    try:
        values = np.unique(np.asarray(alphas, dtype=float))
    except (TypeError, ValueError):
        raise AnetTypeError(f"alphas must be an integer or a list of numbers, got {type(alphas).__name__}") from None
    if values.ndim != 1 or not np.isfinite(values).all() or not {0.0, 1.0} <= set(values.tolist()):
        raise AnetValueError(f"alphas must be finite and hold both ends, 0 and 1, got {values.tolist()}")
    return np.stack([1 - values, values], axis=1)
