"""Units that sit in another place: rows or columns of one matrix that the other has elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy import floating, intp
    from numpy.typing import NDArray

    from anet_lite.merge.models import Stored

    Numbers = NDArray[floating[Any]]

_LOOKED_AT = 64
"""Units of the first matrix, spread evenly, that are looked for in the second."""
_FOUND = 0.8
"""The median of their best cosines from which they are the same units."""


@dataclass(frozen=True)
class MovedUnits:
    """Units that were found again, most of them elsewhere."""

    axis: str
    """``rows`` or ``columns``."""
    best: float
    """The median over the units of their best cosine."""

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as plain types."""
        return {"axis": self.axis, "best": self.best}


def moved_units(first: Stored, second: Stored) -> MovedUnits | None:
    """Return the axis along which units have moved; rows are looked at first."""
    return _judge("rows", *_rows(first, second)) or _judge("columns", *_columns(first, second))


def _judge(axis: str, looked_at: NDArray[intp], cosines: Numbers) -> MovedUnits | None:
    import numpy as np

    best, elsewhere = float(np.median(cosines.max(axis=1))), cosines.argmax(axis=1) != looked_at
    return MovedUnits(axis, best) if best > _FOUND and elsewhere.mean() > 0.5 else None


def _rows(first: Stored, second: Stored) -> tuple[NDArray[intp], Numbers]:
    """Return the rows that are looked at, and their cosines with all rows of the second matrix."""
    import numpy as np

    looked_at = _spread(first.sides[0])
    rows = _unit(np.concatenate([first.rows(row, row + 1) for row in map(int, looked_at)]))
    return looked_at, np.concatenate([rows @ _unit(block).T for _, block in second.blocks()], axis=1)


def _columns(first: Stored, second: Stored) -> tuple[NDArray[intp], Numbers]:
    """Return the same of columns, whose products are added up over blocks of rows."""
    import numpy as np

    columns = first.sides[1]
    looked_at = _spread(columns)
    products = np.zeros((len(looked_at), columns), np.float32)
    squares = [np.zeros(len(looked_at), np.float32), np.zeros(columns, np.float32)]
    for (_, one), (_, other) in zip(first.blocks(), second.blocks()):
        few, all_of_them = _finite(one[:, looked_at]), _finite(other)
        products += few.T @ all_of_them
        squares[0] += (few**2).sum(axis=0)
        squares[1] += (all_of_them**2).sum(axis=0)
    norms = [np.sqrt(np.where(square > 0, square, 1)) for square in squares]
    return looked_at, products / norms[0][:, None] / norms[1]


def _spread(count: int) -> NDArray[intp]:
    import numpy as np

    return np.unique(np.linspace(0, count - 1, min(count, _LOOKED_AT)).astype(np.intp))


def _unit(rows: Numbers) -> Numbers:
    """Return rows of length 1; one of zeros stays."""
    import numpy as np

    rows = _finite(rows)
    norms = np.sqrt((rows**2).sum(axis=1, keepdims=True))
    return rows / np.where(norms > 0, norms, 1)


def _finite(values: Numbers) -> Numbers:
    import numpy as np

    return np.where(np.isfinite(values), values, np.float32(0))
