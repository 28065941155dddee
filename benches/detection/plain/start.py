"""Young streams: an event among the first samples, and a first day, which is like nothing before it."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from detection.plain.case import Case, Twins, marked
from detection.plain.traffic import traffic

if TYPE_CHECKING:
    import numpy as np


def early_spike(rng: np.random.Generator, place: int) -> Twins:
    """Return normal noise, one sample of which is 12 deviations higher."""
    length = place + 300
    clean = rng.normal(size=length)
    changed = clean.copy()
    changed[place] += 12
    return Twins(clean, changed, marked(length, (place, place + 1)))


def first_morning(rng: np.random.Generator) -> Twins:
    """Three days in minutes from midnight on, with nothing in them: both twins are the same."""
    clean = traffic(rng, 3, 1440)
    return Twins(clean, clean.copy(), marked(len(clean), (0, len(clean))))


CASES = (
    Case("a spike of 12 deviations after 200 samples", functools.partial(early_spike, place=200), silent=64),
    Case("a spike of 12 deviations after 400 samples", functools.partial(early_spike, place=400), silent=64),
    Case("the first days of a stream in minutes", first_morning, {"warmup": 1440}, silent=0, quiet=True),
)
