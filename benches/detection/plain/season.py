"""What is unusual only for the time of day or the day of the week, a missing job among it."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from detection.plain.case import Case, Twins, marked
from detection.plain.traffic import traffic
from detection.series import autoregressive

if TYPE_CHECKING:
    import numpy as np

JOB, JOB_LASTS = 72, 3
"""A job starts at six in the morning of a day of 288 samples and takes fifteen minutes."""


def tuesday_like_sunday(rng: np.random.Generator, day: int, weeks: int) -> Twins:
    """Return a Tuesday, in the last week but one, with a weekend's traffic: half of what is usual."""
    clean = traffic(rng, 7 * weeks, day, weekend=0.5)
    first = day * (7 * (weeks - 2) + 1)
    return _scaled(clean, first, day, 0.5)


def noon_dip(rng: np.random.Generator) -> Twins:
    """Half an hour at noon with 60 % of the traffic, in minutes."""
    return _scaled(traffic(rng, 14, 1440), 12 * 1440 + 700, 30, 0.6)


def busy_night(rng: np.random.Generator) -> Twins:
    """Return an hour of the night with 2.5 times its traffic, which is still less than by day."""
    return _scaled(traffic(rng, 60, 288), 50 * 288 + 5, 12, 2.5)


def growing_dip(rng: np.random.Generator) -> Twins:
    """Return an hour at noon with 60 % of a traffic that grew threefold; the growth itself is no event."""
    return _scaled(traffic(rng, 60, 288, growth=2.0), 50 * 288 + 140, 12, 0.6)


def missing_job(rng: np.random.Generator) -> Twins:
    """Return a job of each day that does not run on one."""
    clean, first = _with_jobs(rng)
    changed = clean.copy()
    changed[first : first + JOB_LASTS] -= 60
    return Twins(clean, changed, marked(len(clean), (first, first + JOB_LASTS)))


def misplaced_job(rng: np.random.Generator) -> Twins:
    """Return a job of each day that runs again at three in the afternoon."""
    clean, first = _with_jobs(rng)
    changed = clean.copy()
    again = first + 108
    changed[again : again + JOB_LASTS] += 60
    return Twins(clean, changed, marked(len(clean), (again, again + JOB_LASTS)))


def _scaled(clean: np.ndarray, first: int, lasts: int, factor: float) -> Twins:
    changed = clean.copy()
    changed[first : first + lasts] *= factor
    return Twins(clean, changed, marked(len(clean), (first, first + lasts)))


def _with_jobs(rng: np.random.Generator) -> tuple[np.ndarray, int]:
    """Return sixty days with a job on each, and where the job of the fifty-first begins."""
    x = 20 + autoregressive(rng, 60 * 288, 0.7)
    for start in range(JOB, len(x), 288):
        x[start : start + JOB_LASTS] += 60 + 3 * rng.normal(size=JOB_LASTS)
    return x, 50 * 288 + JOB


CASES = (
    Case(
        "weeks in 5 minutes: a Tuesday like a Sunday",
        functools.partial(tuesday_like_sunday, day=288, weeks=8),
        {"season": 2016},
    ),
    Case(
        "weeks in hours: a Tuesday like a Sunday",
        functools.partial(tuesday_like_sunday, day=24, weeks=60),
        {"season": 168},
    ),
    Case("days in minutes: a dip at noon", noon_dip, {"season": 1440}),
    Case("days in 5 minutes: a busy night", busy_night, {"season": 288}),
    Case("days that grow threefold: a dip at noon", growing_dip, {"season": 288}),
    Case("a daily job that is missing", missing_job, {"season": 288}),
    Case("a daily job at another hour", misplaced_job, {"season": 288}),
)
