"""Levels that change for good."""

from __future__ import annotations

import numpy as np

from detection.plain.case import Case, Twins, marked
from detection.plain.traffic import traffic
from detection.series import autoregressive

LENGTH, FIRST = 20_000, 12_000


def level_shift(rng: np.random.Generator) -> Twins:
    """AR(1) noise with 0.7 that moves by 5 deviations of its steps times 1.4, and stays."""
    clean = autoregressive(rng, LENGTH, 0.7)
    changed = clean.copy()
    changed[FIRST:] += 5 * 1.4
    return Twins(clean, changed, marked(LENGTH, (FIRST, FIRST + 50)))


def shift_under_days(rng: np.random.Generator) -> Twins:
    """Days in minutes whose level moves by three deviations of their noise, and stays: seen within a day."""
    clean = traffic(rng, 14, 1440)
    noise = np.std(clean[1440:] - clean[:-1440]) / np.sqrt(2)
    first = 10 * 1440 + 300
    changed = clean.copy()
    changed[first:] += 3 * noise
    return Twins(clean, changed, marked(len(clean), (first, first + 1440)))


CASES = (
    Case("a level shift of 5 deviations, AR 0.7", level_shift),
    Case("a shift of 3 deviations for good, under days in minutes", shift_under_days, {"season": 1440}),
)
