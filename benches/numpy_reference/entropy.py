"""Entropy rate: how much more spread out the last window of a series is than the one before."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

EPSILON = 1e-12


def histogram_entropy(window: npt.NDArray[np.float64]) -> float:
    """Return the entropy in nats of the window's histogram over its own range."""
    bins = max(8, int(math.sqrt(window.size)))
    density, _ = np.histogram(window, bins=bins, density=True)
    p = density / (density.sum() + EPSILON)
    p = p[p > 0]
    return float(-np.sum(p * np.log(p)))


def entropy_rate(values: npt.ArrayLike, window: int = 32) -> float:
    """Return H(last window) - H(the one before), 0 before there are two.

    A NaN or an infinity in either gives NaN.
    """
    x = np.asarray(values, dtype=float)
    if x.size < 2 * window:
        return 0.0
    before, last = x[-2 * window : -window], x[-window:]
    if not np.isfinite(x[-2 * window :]).all():
        return math.nan
    with np.errstate(all="ignore"):
        return histogram_entropy(last) - histogram_entropy(before)
