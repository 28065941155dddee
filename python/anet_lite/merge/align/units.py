"""Which rows of one matrix are which of another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy import bool_, floating, intp
    from numpy.typing import NDArray

    Matrix = NDArray[floating[Any]]

_FOUND = 0.8
"""The median cosine of matched rows from which they are the same units."""
LONGEST = 1 << 14
"""Rows at most: all pairs of more would fill gigabytes."""


def match(first: Matrix, second: Matrix) -> NDArray[intp] | None:
    """Return for each row of the first matrix the place of the same row in the second; None where they are others.

    Nearest rows by cosine; where one is the nearest of two, it goes to the nearer, and the rest to what is left. Rows
    of zeros are the same wherever they stand.

    Example:
        >>> import numpy as np
        >>> from anet_lite.merge.align.units import match
        >>> rows = np.random.default_rng(0).standard_normal((4, 50))
        >>> match(rows, rows[[2, 0, 3, 1]]).tolist()
        [1, 3, 0, 2]

    """
    import numpy as np

    if len(first) > LONGEST:
        return None
    cosines = _unit(first) @ _unit(second).T
    best = cosines.max(axis=1)
    alive = np.abs(first).max(axis=1) > 0
    if not alive.any() or np.median(best[alive]) <= _FOUND:
        return None
    return _one_to_one(cosines.argmax(axis=1), np.where(alive, best, -1.0))


def _one_to_one(nearest: NDArray[intp], cosines: Matrix) -> NDArray[intp]:
    import numpy as np

    order = np.full(len(nearest), -1)
    taken: NDArray[bool_] = np.zeros(len(nearest), bool)
    for row in np.argsort(-cosines, kind="stable"):
        if cosines[row] >= 0 and not taken[nearest[row]]:
            order[row] = nearest[row]
            taken[nearest[row]] = True
    order[order < 0] = np.flatnonzero(~taken)
    return order


def _unit(rows: Matrix) -> Matrix:
    import numpy as np

    norms = np.sqrt((rows**2).sum(axis=1, keepdims=True))
    return rows / np.where(norms > 0, norms, 1)


def cosine(first: Matrix, second: Matrix) -> float:
    """Return the cosine between two arrays, 0 where one is all zero."""
    import numpy as np

    norm = float(np.sqrt((first**2).sum() * (second**2).sum(), dtype=float))
    return float((first * second).sum()) / norm if norm else 0.0
