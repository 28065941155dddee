"""The gaps of the heights of every method, and of true zeros at great heights, against the laws of random matrices."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from rh_sparse_anomaly import generate_gammas, zeta_zeros
from zeta_zeros.spacing import gaudin, kolmogorov, surmise

COUNT = 100_000

#: Powers of ten of the ordinals at which true zeros are looked at besides.
POWERS = (6, 7, 8, 9, 10, 12)


class Sample(NamedTuple):
    """Gaps in order of size, and what was measured on them."""

    name: str
    gaps: np.ndarray
    summary: dict[str, Any]


def samples() -> list[Sample]:
    """Return the gaps of each method from 1 on, then those of true zeros higher up."""
    low = [sample(f"`{name}`, from 1", generate_gammas(COUNT + 1, name)) for name in ("newton", "centred", "exact")]
    return low + [high(power) for power in POWERS]


def high(power: int) -> Sample:
    """Return the gaps of true zeros from an ordinal on; beyond 10^9 the second words keep their digits."""
    found = zeta_zeros(10**power, COUNT + 1, full=True)
    gaps = np.diff(found.zeros) + np.diff(found.low)
    return measured(f"`exact`, from 10^{power}", gaps * density(found.zeros[:-1]))


def sample(name: str, heights: np.ndarray) -> Sample:
    """Return the gaps of heights."""
    return measured(name, np.diff(heights) * density(heights[:-1]))


def density(heights: np.ndarray) -> np.ndarray:
    """Return the mean number of zeros to a unit of height."""
    return np.log(heights / (2 * np.pi)) / (2 * np.pi)


def measured(name: str, gaps: np.ndarray) -> Sample:
    """Sort gaps and compare them with both laws."""
    correlation = float(np.corrcoef(gaps[:-1], gaps[1:])[0, 1])
    spread = float(gaps.std())
    gaps = np.sort(gaps)
    distances = {"surmise": kolmogorov(gaps, surmise(gaps)), "gaudin": kolmogorov(gaps, gaudin(gaps))}
    return Sample(name, gaps, {"mean": float(gaps.mean()), "std": spread, "lag": correlation, **distances})
