"""Counters and walks, whose values say little and whose steps say all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detection.plain.case import Case, Twins, marked

if TYPE_CHECKING:
    from detection.series import Floats

LENGTH, FIRST, LASTS = 20_000, 15_000, 200


def busy_counter(rng: np.random.Generator) -> Twins:
    """Return a counter of 20 a sample, started anew three times, that counts three times as fast."""
    steps = rng.poisson(20, LENGTH)
    faster = steps.copy()
    faster[FIRST : FIRST + LASTS] = rng.poisson(60, LASTS)
    restarts = np.sort(rng.choice(np.arange(500, FIRST - 1000), 3, replace=False))
    return Twins(_counted(steps, restarts), _counted(faster, restarts), marked(LENGTH, (FIRST, FIRST + LASTS)))


def stalled_counter(rng: np.random.Generator) -> Twins:
    """Return the same counter, which does not move for 100 samples."""
    steps = rng.poisson(20, LENGTH)
    stalled = steps.copy()
    stalled[FIRST : FIRST + 100] = 0
    restarts = np.sort(rng.choice(np.arange(500, FIRST - 1000), 3, replace=False))
    return Twins(_counted(steps, restarts), _counted(stalled, restarts), marked(LENGTH, (FIRST, FIRST + 100)))


def jumping_walk(rng: np.random.Generator) -> Twins:
    """Return a price, which walks, and jumps by eight of its steps."""
    clean = 1000 + np.cumsum(rng.normal(size=LENGTH))
    changed = clean.copy()
    changed[FIRST:] += 8
    return Twins(clean, changed, marked(LENGTH, (FIRST, FIRST + 5)))


def _counted(steps: np.ndarray, restarts: np.ndarray) -> Floats:
    counter = np.cumsum(steps).astype(float)
    for place in restarts:
        counter[place:] -= counter[place]
    return counter


CASES = (
    Case("a counter three times as fast for 200", busy_counter, {"counter": True}),
    Case("a counter that stalls for 100", stalled_counter, {"counter": True}),
    Case("a walk that jumps by 8 steps", jumping_walk, {"difference": True}),
)
