"""Consistency: how alike the power spectra of two noise series are, from 0 to 1."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

EPSILON = 1e-12

Vector = npt.NDArray[np.float64]


def padded_length(samples: int) -> int:
    """Return the smallest power of two that holds ``samples``, and at least 2."""
    return 2 ** max(1, (samples - 1).bit_length())


def power_spectrum(series: Vector, nfft: int) -> Vector:
    """Return the share of the power that each frequency has, after removal of the mean."""
    power = np.abs(np.fft.rfft(series - series.mean(), nfft)) ** 2
    return power / (power.sum() + EPSILON)


def kullback_leibler(p: Vector, q: Vector) -> float:
    """Return sum p ln(p / q), both clipped away from zero."""
    p = np.clip(p, EPSILON, 1.0)
    q = np.clip(q, EPSILON, 1.0)
    return float(np.sum(p * np.log(p / q)))


def jensen_shannon(p: Vector, q: Vector) -> float:
    """Return the Jensen-Shannon divergence in nats, 0 for equal distributions."""
    p = p / (p.sum() + EPSILON)
    q = q / (q.sum() + EPSILON)
    middle = (p + q) / 2
    return 0.5 * kullback_leibler(p, middle) + 0.5 * kullback_leibler(q, middle)


def theta_consistency(noise_seq: npt.ArrayLike, ref_seq: npt.ArrayLike, beta: float = 3.0) -> float:
    """Return exp(-beta JSD) of the two spectra, taken at the larger of the two padded lengths.

    The spectrum of an empty series is the single number 1. Beside a longer one NumPy repeats it for each frequency,
    as the published program does.
    """
    noise, reference = np.asarray(noise_seq, dtype=float), np.asarray(ref_seq, dtype=float)
    nfft = padded_length(max(noise.size, reference.size, 1))
    with np.errstate(all="ignore"):
        p, q = (power_spectrum(x, nfft) if x.size else np.ones(1) for x in (noise, reference))
        return math.exp(-beta * jensen_shannon(p, q))
