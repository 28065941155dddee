"""Less than usual: states that last, counts that stay away, noise that falls."""

from __future__ import annotations

import numpy as np

from detection.plain.case import Case, Twins, marked
from detection.series import autoregressive

LENGTH, FIRST = 20_000, 15_000


def stuck_state(rng: np.random.Generator) -> Twins:
    """Return a machine that is on or off for 10 to 40 samples, and once on for 120."""
    lasts = rng.integers(10, 41, LENGTH // 10)
    state = np.repeat(100.0 * (np.arange(len(lasts)) % 2), lasts)[:LENGTH]
    noise = rng.normal(size=LENGTH)
    stuck = state.copy()
    stuck[FIRST : FIRST + 120] = 100.0
    # Being on is no event before it has lasted longer than ever.
    return Twins(state + noise, stuck + noise, marked(LENGTH, (FIRST + 41, FIRST + 130)))


def silent_counts(rng: np.random.Generator) -> Twins:
    """Return counts of 3 that are 0 twelve times in a row."""
    clean = rng.poisson(3, LENGTH).astype(float)
    changed = clean.copy()
    changed[FIRST : FIRST + 12] = 0
    return Twins(clean, changed, marked(LENGTH, (FIRST, FIRST + 20)))


def less_noise(rng: np.random.Generator) -> Twins:
    """Return normal noise with half its deviation for 100 samples."""
    clean = rng.normal(size=LENGTH)
    changed = clean.copy()
    changed[FIRST : FIRST + 100] *= 0.5
    return Twins(clean, changed, marked(LENGTH, (FIRST, FIRST + 110)))


def frozen_sensor(rng: np.random.Generator) -> Twins:
    """AR(1) noise whose value is repeated for 30 samples."""
    clean = 20 + autoregressive(rng, LENGTH, 0.7)
    changed = clean.copy()
    changed[FIRST : FIRST + 30] = changed[FIRST]
    return Twins(clean, changed, marked(LENGTH, (FIRST, FIRST + 30)))


CASES = (
    Case("on and off in turns: on for 120", stuck_state),
    Case("counts of 3 that stay away for 12", silent_counts),
    Case("half the noise for 100", less_noise),
    Case("a sensor that freezes for 30", frozen_sensor),
)
