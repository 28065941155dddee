"""Streams of very small numbers, and of small changes in very large ones."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from detection.plain.case import Case, Twins, marked

if TYPE_CHECKING:
    import numpy as np

LENGTH, FIRST, LASTS, SIZE = 12_000, 8000, 3, 10.0


def scaled(rng: np.random.Generator, deviation: float, offset: float) -> Twins:
    """Return normal noise around an offset, three samples of which are ten deviations higher."""
    clean = offset + deviation * rng.normal(size=LENGTH)
    changed = clean.copy()
    changed[FIRST : FIRST + LASTS] += SIZE * deviation
    return Twins(clean, changed, marked(LENGTH, (FIRST, FIRST + LASTS)))


CASES = (
    Case("noise of 1e-12", functools.partial(scaled, deviation=1e-12, offset=0.0)),
    Case("noise of 1 on 1e12", functools.partial(scaled, deviation=1.0, offset=1e12)),
)
