"""The same incident again and again: it is no habit of the stream, and each time must ring."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from detection.plain.case import Case, Twins, marked

if TYPE_CHECKING:
    import numpy as np

TIMES = 20


def recurring(rng: np.random.Generator, shift: float, lasts: int, every: int) -> Twins:
    """Return normal noise that is moved by ``shift`` deviations for ``lasts`` samples, each ``every`` samples."""
    first = 2000
    length = first + TIMES * every
    clean = rng.normal(size=length)
    changed = clean.copy()
    events = [(at, at + lasts) for at in range(first, length, every)]
    for start, end in events:
        changed[start:end] += shift
    return Twins(clean, changed, marked(length, *events))


CASES = (
    Case("a spike of 20 deviations each 600", functools.partial(recurring, shift=20, lasts=3, every=600)),
    Case("a sensor at -200 for 8, each 1000", functools.partial(recurring, shift=-200, lasts=8, every=1000)),
    Case("an outage of -10 for 30, each 1000", functools.partial(recurring, shift=-10, lasts=30, every=1000)),
)
