"""One corrupt sample, such as a fill value, before events: whoever learns it uncut is blind afterwards."""

from __future__ import annotations

import functools

import numpy as np

from detection.plain.case import Case, Twins, marked

LENGTH, EVERY, SIZE = 20_000, 1000, 20.0


def corrupted(rng: np.random.Generator, value: float, place: int) -> Twins:
    """Return normal noise with one sample of another size in both twins, then every 1000 a sample of 20 deviations."""
    clean = rng.normal(size=LENGTH)
    clean[place] = value
    changed = clean.copy()
    places = np.arange(max(place, 500) + EVERY, LENGTH, EVERY)
    changed[places] += SIZE
    return Twins(clean, changed, marked(LENGTH, *((int(at), int(at) + 1) for at in places)))


def _case(name: str, value: float, place: int) -> Case:
    # The corrupt sample itself may ring: what comes 100 samples after it is judged.
    return Case(name, functools.partial(corrupted, value=value, place=place), silent=max(place + 100, 500))


CASES = (
    _case("20 deviations each 1000, after one sample of 1e6", 1e6, 2000),
    _case("20 deviations each 1000, after a fill value of 1e20", 1e20, 2000),
    _case("20 deviations each 1000, after 1e3 as the sixth sample", 1e3, 5),
)
