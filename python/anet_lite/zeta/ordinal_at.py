"""Which zero a height is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, overload

import numpy as np

from anet_lite._native import zero_count, zeta_zeros

if TYPE_CHECKING:
    from typing import SupportsFloat, SupportsIndex

    from numpy.typing import ArrayLike


@overload
def ordinal_at(height: SupportsFloat | SupportsIndex) -> int: ...
@overload
def ordinal_at(height: ArrayLike) -> Any: ...
def ordinal_at(height: Any) -> Any:
    """Return the ordinal of the zero that is nearest to a height: 14.13 is the first.

    A height that was copied with a few digits finds its zero, whether it was rounded up or down.

    Args:
        height: Heights up to 2.9e13, a number or an array of any shape.

    Returns:
        An int for a number, an int64 array for an array; 1 for all heights below the second zero's half. Of two zeros
        that are equally near it is the lower one.

    Raises:
        TypeError: ``height`` does not hold real numbers.
        ValueError: A height is NaN or above 2.9e13.

    Example:
        >>> from anet_lite import zeta
        >>> zeta.ordinal_at(14.13)
        1
        >>> zeta.ordinal_at([21.1, 600269.677])
        array([      2, 1000000])

    """
    heights = np.asarray(height)
    below = np.asarray(zero_count(heights)).ravel()
    pairs = {n: zeta_zeros(max(n, 1), 2) for n in set(below.tolist())}
    nearest = [_nearer(max(n, 1), pairs[n], t) for n, t in zip(below.tolist(), heights.ravel().tolist())]
    return nearest[0] if heights.ndim == 0 else np.array(nearest, dtype=np.int64).reshape(heights.shape)


def _nearer(ordinal: int, pair: Any, height: float) -> int:
    """Return the ordinal of the zero of a pair that is nearer to a height."""
    return ordinal + int(height - pair[0] > pair[1] - height)
