"""Series by formula, each with the places of its anomalies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

KINDS = ("spike", "level", "freq", "phase", "flat", "noise", "amp", "shape")


@dataclass(frozen=True)
class Series:
    """A series, its labelled points, how many points are not judged at the start, and the buffer of its VUS."""

    name: str
    x: Floats
    labels: NDArray[np.bool_]
    burn: int
    window: int


def synth(seed: int) -> list[Series]:
    """Eight sines of period 50 with noise 0.1, one kind of anomaly in each, four events of 40 points (spikes: 3)."""
    return [_sine(kind, np.random.default_rng(100 * seed + k), 8000, 50) for k, kind in enumerate(KINDS)]


def sines(period: int, seed: int) -> list[Series]:
    """Return the same at another period, anomalies lasting 0.8 of it."""
    length = 40_000 if period >= 1000 else 16_000 if period >= 288 else 8000
    return [_sine(kind, np.random.default_rng(100 * seed + k), length, period) for k, kind in enumerate(KINDS)]


def _sine(kind: str, rng: np.random.Generator, length: int, period: int) -> Series:
    t = np.arange(length)
    x = np.sin(2 * np.pi * t / period) + 0.1 * rng.standard_normal(length)
    labels = np.zeros(length, bool)
    for place in np.array([2500, 4000, 5600, 7100]) * length // 8000:
        first = int(place + rng.integers(0, 200))
        last = first + (3 if kind == "spike" else round(0.8 * period))
        x[first:last] = _anomaly(kind, x, t[first:last], period, rng)
        labels[first:last] = True
    return Series(kind, x, labels, 1100 * length // 8000, period)


def _anomaly(kind: str, x: Floats, t: NDArray[np.int64], period: int, rng: np.random.Generator) -> Floats:
    n, angle = len(t), 2 * np.pi * t / period
    usual = x[t[0] : t[0] + n]
    return {
        "spike": lambda: usual + 2,
        "level": lambda: usual + 1,
        "freq": lambda: np.sin(2 * np.pi * t / (0.4 * period)) + 0.1 * rng.standard_normal(n),
        "phase": lambda: np.sin(angle + np.pi) + 0.1 * rng.standard_normal(n),
        "flat": lambda: np.full(n, usual[0]),
        "noise": lambda: usual + 0.5 * rng.standard_normal(n),
        "amp": lambda: 0.4 * usual,
        "shape": lambda: 0.8 * np.sign(usual) + 0.1 * rng.standard_normal(n),
    }[kind]()


def healthy(seed: int) -> dict[str, Floats]:
    """Streams of 40,000 points without an event, of the kinds that raise false alarms."""
    rng = np.random.default_rng(seed)
    n, t = 40_000, np.arange(40_000)
    return {
        "Gaussian noise": rng.standard_normal(n),
        "noise, sd 1e-6": 1e6 + 1e-6 * rng.standard_normal(n),
        "rounded noise": np.round(rng.standard_normal(n)),
        "steps and trend": 1e-3 * t + t // 500 % 4 + 0.1 * rng.standard_normal(n),
        "Cauchy": rng.standard_cauchy(n),
        "counts, 5 %": rng.poisson(0.05, n).astype(float),
        "counts, 1 %": rng.poisson(0.01, n).astype(float),
        "lognormal, sigma 1": rng.lognormal(0, 1, n),
        "lognormal, sigma 1.5": rng.lognormal(0, 1.5, n),
        "sawtooth of 400": t % 400 / 100 + 0.1 * rng.standard_normal(n),
        "AR(1), 0.7": autoregressive(rng, n, 0.7),
        "AR(1), 0.9": autoregressive(rng, n, 0.9),
        "AR(1), 0.99": autoregressive(rng, n, 0.99),
        "random walk": np.cumsum(rng.standard_normal(n)),
        "Student, 3 degrees": rng.standard_t(3, n),
        "1 % spikes of 8 times": np.exp(4 + 0.2 * rng.standard_normal(n)) * np.where(rng.random(n) < 0.01, 8, 1),
        "counts, 2 %": rng.poisson(0.02, n).astype(float),
        "steps each 2000": np.repeat(rng.normal(0, 5, n // 2000), 2000) + rng.standard_normal(n),
        "trend": 1e-3 * t + rng.standard_normal(n),
        "exponential decay": 10 * np.exp(-t / 4000) + 0.1 * rng.standard_normal(n),
        "square of 200": t // 100 % 2 + 0.1 * rng.standard_normal(n),
    }


def autoregressive(rng: np.random.Generator, length: int, memory: float, step: float = 1.0) -> Floats:
    """Return AR(1) noise: memory times the last value, plus normal steps of this standard deviation."""
    noise = rng.normal(0, step, length)
    for t in range(1, length):
        noise[t] += memory * noise[t - 1]
    return noise
