"""Series at the full rate: losses by formula, and those of files."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Callable

import numpy as np
from numpy.typing import NDArray

from detection.files.nab import from_nab

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Floats = NDArray[np.float64]
LENGTH = 5120
"""Samples that a series has at least; of a longer one the last are taken."""
SEEDS = 3


def _autoregressive(random: np.random.Generator, persistence: float) -> Floats:
    return np.array(list(accumulate(random.normal(size=LENGTH), lambda last, new: persistence * last + new)))


NOISES: dict[str, Callable[[np.random.Generator], Floats]] = {
    "white": lambda random: random.normal(size=LENGTH),
    "red .5": lambda random: _autoregressive(random, 0.5),
    "red .9": lambda random: _autoregressive(random, 0.9),
    "heavy tails": lambda random: random.standard_t(4, size=LENGTH),
    "gamma": lambda random: random.gamma(3, size=LENGTH),
}
"""Noises of a loss, by their names."""


def by_formula() -> Iterator[tuple[str, Floats]]:
    """Yield losses: a power law of the step, with noise in proportion to its level."""
    for name, noise in NOISES.items():
        for seed in range(SEEDS):
            level = 2 + 4 * (200.0 + np.arange(LENGTH)) ** -0.3
            yield f"{name} {seed}", level * (1 + 0.03 * noise(np.random.default_rng(seed)))


def from_npz(path: Path) -> Iterator[tuple[str, Floats]]:
    """Yield the arrays of an .npz that are long enough, but for gradient norms."""
    arrays = np.load(path)
    for name in arrays.files:
        if not name.endswith("#norm") and arrays[name].ndim == 1 and len(arrays[name]) >= LENGTH:
            yield name, arrays[name][-LENGTH:].astype(float)


def of_nab(folder: Path) -> Iterator[tuple[str, Floats]]:
    """Yield NAB's series that are long enough, and move in at least half of their steps: of others no noise is left."""
    for series in from_nab(folder):
        x = series.x[-LENGTH:]
        if len(x) == LENGTH and np.isfinite(x).all() and (np.diff(x) != 0).mean() > 0.5:
            yield series.name, x
