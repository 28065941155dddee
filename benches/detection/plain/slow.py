"""What comes slowly: each sample is like the last, and none is unusual."""

from __future__ import annotations

import numpy as np

from detection.plain.case import Case, Twins, marked
from detection.plain.traffic import traffic
from detection.series import Floats, autoregressive

LENGTH, FIRST, LASTS = 20_000, 12_000, 2000


def ramp(height: float) -> Floats:
    """Return what a slow change adds: nothing, then a rise over 2000 samples, then all of it."""
    return np.interp(np.arange(LENGTH), [FIRST, FIRST + LASTS], [0.0, height])


def drift(rng: np.random.Generator) -> Twins:
    """Return normal noise that drifts by 6 deviations."""
    clean = rng.normal(size=LENGTH)
    return Twins(clean, clean + ramp(6.0), marked(LENGTH, (FIRST, FIRST + LASTS + 500)))


def correlated_drift(rng: np.random.Generator) -> Twins:
    """AR(1) noise with 0.7 that drifts by 10 of its deviations."""
    clean = autoregressive(rng, LENGTH, 0.7, np.sqrt(1 - 0.7**2))
    return Twins(clean, clean + ramp(10.0), marked(LENGTH, (FIRST, FIRST + LASTS + 500)))


def fewer_requests(rng: np.random.Generator) -> Twins:
    """Return counts of 20 that halve."""
    rate = 20.0 * (1 - ramp(0.5))
    changed = rng.poisson(rate).astype(float)
    clean = np.where(ramp(1.0) > 0, rng.poisson(20.0, LENGTH), changed)
    return Twins(clean, changed, marked(LENGTH, (FIRST, FIRST + LASTS + 500)))


def less_traffic(rng: np.random.Generator) -> Twins:
    """Days of 288 samples whose traffic halves within a week."""
    clean = traffic(rng, LENGTH // 288, 288)
    changed = clean * (1 - ramp(0.5)[: len(clean)])
    return Twins(clean, changed, marked(len(clean), (FIRST, FIRST + LASTS + 500)))


CASES = (
    Case("a drift of 6 deviations in 2000 samples", drift),
    Case("a drift of 10 deviations of AR 0.7", correlated_drift),
    Case("counts of 20 that halve in 2000 samples", fewer_requests),
    Case("days whose traffic halves in a week", less_traffic, {"season": 288}),
)
