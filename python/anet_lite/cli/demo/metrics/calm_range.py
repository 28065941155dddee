"""When a value left its calm range: one rule for every metric and for the loss, so that their steps can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

MARGIN = 0.25
"""How far outside its calm range a value must be, in widths of that range."""
PATIENCE = 5
"""For how many steps in a row: one step outside is chance."""


@dataclass(frozen=True)
class CalmRange:
    """The range that a value kept to while all was well, and the step at which it left it for good reason."""

    low: float
    high: float
    left: int | None
    """The first of ``PATIENCE`` steps outside; None where there are none."""


def calm_range(values: NDArray[float64], first: int, until: int) -> CalmRange:
    """Take the range of steps ``first`` to ``until``, counted from 1, then find the step at which it is left."""
    calm = values[first - 1 : until]
    low, high = float(calm.min()), float(calm.max())
    margin = MARGIN * (high - low)
    later = values[until:]
    # Written so that NaN is outside.
    outside = ~((later >= low - margin) & (later <= high + margin))
    runs = np.convolve(outside, np.ones(PATIENCE), "valid") == PATIENCE
    return CalmRange(low, high, int(np.argmax(runs)) + until + 1 if runs.any() else None)
