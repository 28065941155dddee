"""When a value has moved: one rule for every metric and for the loss itself, so that their steps can be compared."""

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
class Moved:
    """The range that a value kept to while all was well, and the step at which it left it for good reason."""

    low: float
    high: float
    step: int | None


def moved(values: NDArray[float64], first: int, calm_until: int) -> Moved:
    """Take the calm range over steps ``first`` to ``calm_until`` (counted from 1), then find the move after them."""
    calm = values[first - 1 : calm_until]
    low, high = float(calm.min()), float(calm.max())
    margin = MARGIN * (high - low)
    later = values[calm_until:]
    # Written so that NaN is outside.
    outside = ~((later >= low - margin) & (later <= high + margin))
    runs = np.convolve(outside, np.ones(PATIENCE), "valid") == PATIENCE
    return Moved(low, high, int(np.argmax(runs)) + calm_until + 1 if runs.any() else None)
