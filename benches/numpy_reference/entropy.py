"""Entropy rate: how much more spread out the last window of a series is than the one before."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

EPSILON = 1e-12

Vector = npt.NDArray[np.float64]


def counts_by_definition(window: Vector, bins: int) -> Vector:
    """Return how many samples lie in each bin: edge_j <= x < edge_{j+1}, the last bin closed on the right."""
    low, high = window.min(), window.max()
    edges = np.linspace(low, high, bins + 1) if low < high else np.linspace(low - 0.5, high + 0.5, bins + 1)
    bin_of_sample = np.minimum(np.searchsorted(edges, window, side="right") - 1, bins - 1)
    return np.bincount(bin_of_sample, minlength=bins).astype(float)


def histogram(window: Vector, bins: int) -> Vector:
    """Return the density of each bin, or its count where NumPy finds fewer floats in the range than edges."""
    try:
        return np.histogram(window, bins=bins, density=True)[0]
    except ValueError:
        return counts_by_definition(window, bins)


def histogram_entropy(window: Vector) -> float:
    """Return the entropy in nats of the window's histogram over its own range, NaN where the range is not finite."""
    if not math.isfinite(window.max() - window.min()):
        return math.nan
    h = histogram(window, max(8, int(math.sqrt(window.size))))
    p = h / (h.sum() + EPSILON)
    p = p[p > 0]
    return float(-np.sum(p * np.log(p)))


def entropy_rate(values: npt.ArrayLike, window: int = 32) -> float:
    """Return H(last window) - H(the one before), 0 before there are two.

    A NaN or an infinity in either gives NaN.
    """
    x = np.asarray(values, dtype=float)
    if x.size < 2 * window:
        return 0.0
    with np.errstate(all="ignore"):
        return histogram_entropy(x[-window:]) - histogram_entropy(x[-2 * window : -window])
