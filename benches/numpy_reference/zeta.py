"""Approximate heights of the zeta zeros: the smooth counting function, inverted one ordinal at a time."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

TAU = 2.0 * math.pi


def N_riemann(T: float) -> float:  # noqa: N802 - the published name
    """Return x ln x - x + 7/8 at x = T / 2 pi: about how many zeros lie below height T."""
    if T <= 0.0:
        return 0.0
    x = T / TAU
    return x * math.log(x) - x + 0.875


def invert_N_for_k(k: float, iters: int = 12) -> float:  # noqa: N802 - the published name
    """Return the height T at which N_riemann(T) = k, by that many Newton steps; 0 for k < 1."""
    if k < 1:
        return 0.0
    height = TAU * max(2.5, k / max(1.0, math.log(max(k, 3.0))))
    for _ in range(iters):
        x = max(1e-9, height / TAU)
        excess = x * math.log(x) - x + 0.875 - k
        slope = (1.0 / TAU) * max(1e-12, math.log(x))
        height -= excess / slope
        if height <= 0:
            height = 1.0
    return float(height)


def generate_gammas(K: int) -> npt.NDArray[np.float64]:
    """Return the first K heights."""
    return np.array([invert_N_for_k(k) for k in range(1, K + 1)], dtype=float)


def normalized_gaps(gammas: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return each gap times the local density of zeros, ln(T / 2 pi) / 2 pi; only positive finite values are kept."""
    g = np.array(gammas, dtype=float)
    g = g[np.isfinite(g) & (g > 0)]
    if g.size < 2:
        return np.zeros(0)
    with np.errstate(all="ignore"):
        gaps = np.diff(g) * (np.log(g[:-1] / TAU) / TAU)
    return gaps[(gaps > 0) & np.isfinite(gaps)]
