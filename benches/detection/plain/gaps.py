"""Samples that are missing, and clocks that jump: nothing has happened, and nothing must ring."""

from __future__ import annotations

import functools

import numpy as np

from detection.plain.case import Case, Twins, marked
from detection.plain.traffic import traffic

DAY = 288


def sine_with_gap(rng: np.random.Generator, missing: int) -> Twins:
    """Return a sine of 24 samples with noise, ``missing`` samples of which are not there."""
    length, first = 8000, 6000 + int(rng.integers(0, 24))
    clean = np.sin(2 * np.pi * np.arange(length) / 24) + 0.1 * rng.normal(size=length)
    changed = clean.copy()
    changed[first : first + missing] = np.nan
    return Twins(clean, changed, marked(length, (first, first + missing + 48)))


def hours_missing(rng: np.random.Generator) -> Twins:
    """Days of 288 samples, six hours of one missing."""
    clean = traffic(rng, 60, DAY)
    first = 40 * DAY + 100
    changed = clean.copy()
    changed[first : first + 72] = np.nan
    return Twins(clean, changed, marked(len(clean), (first, first + DAY)))


def daylight_saving(rng: np.random.Generator) -> Twins:
    """Days of 288 samples that come an hour earlier from the forty-first on."""
    whole = traffic(rng, 61, DAY)
    length, first = 60 * DAY, 40 * DAY
    changed = np.r_[whole[:first], whole[first + 12 : length + 12]]
    return Twins(whole[:length], changed, marked(length, (first, first + 3 * DAY)))


CASES = (
    Case("4 samples of a sine of 24 are missing", functools.partial(sine_with_gap, missing=4), quiet=True),
    Case("12 samples of a sine of 24 are missing", functools.partial(sine_with_gap, missing=12), quiet=True),
    Case("6 hours of a day are missing", hours_missing, {"season": DAY}, quiet=True),
    Case("daylight saving begins", daylight_saving, {"season": DAY}, quiet=True),
)
