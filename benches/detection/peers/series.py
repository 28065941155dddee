"""What peers take and return."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional, Protocol

import numpy as np

if TYPE_CHECKING:
    from detection.series import Floats

LAGS, WINDOW = 8, 256


class Scorer(Protocol):
    """Scores each point of a series without missing points. Higher is stranger."""

    def __call__(self, x: Floats, period: Optional[int], /) -> Floats:  # noqa: UP045
        """Return a score for each point; ``period`` is what a user would tell of a season, in points."""
        ...


def lagged(x: Floats, lags: int = LAGS) -> Floats:
    """Return the last points up to each, oldest first: shape (n, lags). Before the start stands the first point."""
    return np.lib.stride_tricks.sliding_window_view(np.r_[np.full(lags - 1, x[0]), x], lags)


def filled(x: Floats) -> Floats:
    """Return the series with each missing point as the last one before it: few peers take a missing one."""
    there = np.isfinite(x)
    known = np.maximum.accumulate(np.where(there, np.arange(len(x)), -1))
    first = x[there][0] if there.any() else 0.0
    return np.where(known >= 0, x[np.maximum(known, 0)], first)
