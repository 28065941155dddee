"""Several channels: what only their relation shows, and a channel that dies."""

from __future__ import annotations

import numpy as np

from detection.plain.case import Case, Twins, marked

LENGTH, FIRST, LASTS = 12_000, 8000, 200


def parted(rng: np.random.Generator) -> Twins:
    """Two channels that are almost the same, and for 200 samples have nothing to do with each other."""
    both = rng.normal(size=LENGTH)
    clean = np.c_[both, both + 0.1 * rng.normal(size=LENGTH)]
    changed = clean.copy()
    changed[FIRST : FIRST + LASTS, 1] = rng.normal(size=LASTS)
    return Twins(clean, changed, marked(LENGTH, (FIRST, FIRST + LASTS)))


def died(rng: np.random.Generator) -> Twins:
    """Two channels, one of which is missing from some point on; 2000 later the other has a spike of 12 deviations."""
    clean = rng.normal(size=(LENGTH, 2))
    changed = clean.copy()
    changed[FIRST:, 0] = np.nan
    changed[FIRST + 2000, 1] += 12
    return Twins(clean, changed, marked(LENGTH, (FIRST, FIRST + 50), (FIRST + 2000, FIRST + 2001)))


CASES = (
    Case("two channels that part for 200", parted, {"joint": True}),
    Case("one of two channels dies, then the other spikes", died, {"missing": "flag"}),
)
