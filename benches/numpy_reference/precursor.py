"""The two-second precursor: how far the mean of the last samples lies from all that came before."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

EPSILON = 1e-12


def two_second_precursor(
    series: npt.ArrayLike, rate_hz: float = 10, window_sec: float = 2.0, z: float = 2.5
) -> tuple[bool, float]:
    """Return (score > z, score), where score = (mean(recent) - mean(base)) / (std(base) + epsilon).

    A NaN or an infinity among the recent samples is a failure already: (True, inf). In the base such samples are left
    out, and where none is left there is nothing to compare with: (False, 0.0).
    """
    x = np.asarray(series, dtype=float)
    recent_size = max(1, int(rate_hz * window_sec))
    if x.size < 2 * recent_size:
        return False, 0.0
    recent, base = x[-recent_size:], x[:-recent_size]
    if not np.isfinite(recent).all():
        return True, math.inf
    base = base[np.isfinite(base)]
    if base.size == 0:
        return False, 0.0
    with np.errstate(all="ignore"):
        score = float((recent.mean() - base.mean()) / (base.std() + EPSILON))
    return score > z, score
