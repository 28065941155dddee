"""Healthy streams of many kinds, each with the parts that an event can change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

LENGTH = 6000
"""Samples of a stream."""


class Stream(NamedTuple):
    """A stream as the sum of what repeats and what does not."""

    course: NDArray[np.float64]
    noise: NDArray[np.float64]
    unit: float
    """What an event is measured in: how far the noise strays."""
    bursts: NDArray[np.int64] | None = None
    """Where the bursts begin of a stream that has some."""

    @property
    def samples(self) -> NDArray[np.float64]:
        """The stream itself."""
        return self.course + self.noise


def autoregressive(rng: Generator, memory: float, deviation: float = 1.0) -> NDArray[np.float64]:
    """Return AR(1) noise of a standard deviation."""
    steps = rng.normal(size=LENGTH) * deviation * np.sqrt(1 - memory**2)
    noise = np.empty(LENGTH)
    last = 0.0
    for at, step in enumerate(steps):
        noise[at] = last = memory * last + step
    return noise


def white(rng: Generator) -> Stream:
    """Return white noise around 50."""
    return Stream(np.full(LENGTH, 50.0), rng.normal(size=LENGTH) * 2, 2.0)


def sticky(rng: Generator) -> Stream:
    """Return noise that remembers: AR(1) with 0.8."""
    return Stream(np.full(LENGTH, 30.0), autoregressive(rng, 0.8, 3.0), 3.0)


def sine(rng: Generator) -> Stream:
    """Return a sine of 96 samples."""
    t = np.arange(LENGTH)
    return Stream(100 + 20 * np.sin(2 * np.pi * t / 96), rng.normal(size=LENGTH) * 1.5, 1.5)


def working_day(rng: Generator) -> Stream:
    """Return a day of 240 samples with a plateau, and noise that grows with the level."""
    t = np.arange(LENGTH) % 240
    level = 20 + 80 / (1 + np.exp(-(t - 80) / 8)) - 80 / (1 + np.exp(-(t - 190) / 8))
    return Stream(level, level * autoregressive(rng, 0.5, 0.04), 4.0)


def sawtooth(rng: Generator) -> Stream:
    """Return memory that fills and is freed every 150 samples."""
    return Stream(40 + 0.3 * (np.arange(LENGTH) % 150), rng.normal(size=LENGTH) * 0.8, 0.8)


def counts(rng: Generator) -> Stream:
    """Return Poisson counts with a mean of 12."""
    return Stream(np.full(LENGTH, 12.0), rng.poisson(12, LENGTH) - 12.0, 3.5)


def latency(rng: Generator) -> Stream:
    """Return log-normal waiting times with a median of 120."""
    noise = 120 * (np.exp(0.3 * rng.normal(size=LENGTH)) - 1)
    return Stream(np.full(LENGTH, 120.0), noise, 40.0)


def jobs(rng: Generator) -> Stream:
    """Return a job of three samples every 48, one or two early or late."""
    starts = np.arange(20, LENGTH - 10, 48) + rng.integers(-2, 3, len(np.arange(20, LENGTH - 10, 48)))
    course = np.full(LENGTH, 10.0)
    for start in starts:
        course[start : start + 3] += 25
    return Stream(course, rng.normal(size=LENGTH), 1.0, starts)


def nightly(rng: Generator) -> Stream:
    """Return a backup of five samples, always in the same place of a day of 120."""
    starts = np.arange(30, LENGTH - 10, 120)
    course = np.full(LENGTH, 5.0)
    for start in starts:
        course[start : start + 5] += 40
    return Stream(course, autoregressive(rng, 0.6, 1.2), 1.2, starts)


STREAMS: tuple[Callable[[Generator], Stream], ...] = (
    white,
    sticky,
    sine,
    working_day,
    sawtooth,
    counts,
    latency,
    jobs,
    nightly,
)
"""All kinds."""
