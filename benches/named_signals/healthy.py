"""Signals of healthy runs: stationary ones of several kinds of noise, and those that move as a policy learns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy import float64
    from numpy.random import Generator
    from numpy.typing import NDArray


def autocorrelated(values: int, phi: float, random: Generator) -> NDArray[float64]:
    """Return an AR(1) process of variance 1."""
    noise = random.standard_normal(values) * np.sqrt(1 - phi * phi)
    series = np.empty(values)
    series[0] = random.standard_normal()
    for at in range(1, values):
        series[at] = phi * series[at - 1] + noise[at]
    return series


def healthy(values: int, random: Generator) -> Iterator[tuple[str, str, NDArray[float64]]]:
    """Yield a name, the direction that is bad, and a series, for each kind."""
    t = np.arange(values) / values
    noise = random.standard_normal(values)
    yield "Gaussian", "both", 1.2 + 0.1 * noise
    yield "AR(1), 0.9", "both", 1.2 + 0.1 * autocorrelated(values, 0.9, random)
    yield "AR(1), 0.98", "both", 1.2 + 0.1 * autocorrelated(values, 0.98, random)
    yield "Student, 3 degrees", "both", 1.2 + 0.1 * random.standard_t(3, values)
    yield "log-normal", "both", np.exp(noise)
    yield "successes of 16", "both", random.binomial(16, 0.4, values) / 16
    grown = 0.1 + 0.8 / (1 + np.exp(-(t - random.uniform(0.1, 0.4)) / random.uniform(0.03, 0.1)))
    yield "reward that grows", "falls", grown + 0.06 * noise
    yield "the same, AR(1) 0.9", "falls", grown + 0.05 * autocorrelated(values, 0.9, random)
    falls = 1 + 2.3 * np.exp(-t / random.uniform(0.1, 0.6))
    yield "entropy that decays", "falls", falls * (1 + 0.03 * autocorrelated(values, 0.7, random))
    bend = 1 + 2.3 / (1 + np.exp((t - random.uniform(0.2, 0.6)) / random.uniform(0.04, 0.15)))
    yield "entropy in an S", "falls", bend * (1 + 0.05 * autocorrelated(values, 0.7, random))
    yield "divergence, root of t", "rises", 0.1 * np.sqrt(t) * np.exp(0.3 * noise)
    growth = 0.1 * t * np.exp(0.3 * autocorrelated(values, 0.6, random))
    yield "divergence that grows", "rises", 0.001 + growth
    settles = 0.1 * (1 - np.exp(-t / random.uniform(0.05, 0.3)))
    yield "divergence that settles", "rises", 0.001 + settles * np.exp(0.4 * autocorrelated(values, 0.5, random))
