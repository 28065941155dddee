"""The training metrics on histories of 64 samples, as a training loop calls them."""

from __future__ import annotations

import numpy as np
import pytest

import anet_lite as ours
import numpy_reference as reference
from race import OURS, REFERENCE

MODULES = {REFERENCE: reference, OURS: ours}
contenders = pytest.mark.parametrize("contender", MODULES)

SAMPLES = 64
RNG = np.random.default_rng(64)
ARRAYS = [RNG.normal(size=SAMPLES) for _ in range(5)]
LISTS = [x.tolist() for x in ARRAYS]
LOSS, GRADS, STEPS, NOISE, HEALTHY = ARRAYS


@contenders
@pytest.mark.parametrize("histories", [ARRAYS, LISTS], ids=["arrays", "lists"])
def test_snapshot(race, contender, histories):
    snapshot = MODULES[contender].snapshot
    kind = "arrays" if histories is ARRAYS else "lists"
    fields = "theta", "sdot", "proc", "f_total", "precursor", "zscore"
    answer = [getattr(snapshot(*histories), field) for field in fields]
    race(f"snapshot, five {kind} of {SAMPLES}", contender, lambda: snapshot(*histories), answer)


@contenders
def test_theta_consistency(race, contender):
    theta = MODULES[contender].theta_consistency
    race(f"theta_consistency, {SAMPLES} samples", contender, lambda: theta(NOISE, HEALTHY))


def test_theta_consistency_by_scipy(race, peer):
    rfft, distance = peer("scipy.fft").rfft, peer("scipy.spatial.distance").jensenshannon

    def theta() -> float:
        spectra = (np.abs(rfft(x - x.mean())) ** 2 for x in (NOISE, HEALTHY))
        return float(np.exp(-3.0 * distance(*spectra) ** 2))

    race(f"theta_consistency, {SAMPLES} samples", "scipy.fft, scipy.spatial jensenshannon", theta)


@contenders
def test_entropy_rate(race, contender):
    rate = MODULES[contender].entropy_rate
    race(f"entropy_rate, {SAMPLES} samples", contender, lambda: rate(LOSS))


def test_entropy_rate_by_scipy(race, peer):
    entropy = peer("scipy.stats").entropy

    def rate() -> float:
        before, last = (entropy(np.histogram(x, bins=8)[0]) for x in (LOSS[:32], LOSS[32:]))
        return float(last - before)

    race(f"entropy_rate, {SAMPLES} samples", "numpy.histogram, scipy.stats.entropy", rate)


@contenders
def test_processivity(race, contender):
    processivity = MODULES[contender].processivity
    race(f"processivity, {SAMPLES} samples", contender, lambda: processivity(GRADS, STEPS))


@contenders
def test_f_total(race, contender):
    f_total = MODULES[contender].f_total
    race("f_total", contender, lambda: f_total(0.3, 0.9, 0.7, 0.3))


@contenders
def test_precursor(race, contender):
    precursor = MODULES[contender].two_second_precursor
    race(f"two_second_precursor, {SAMPLES} samples", contender, lambda: precursor(LOSS))


def test_precursor_by_bottleneck(race, peer):
    bottleneck = peer("bottleneck")

    def precursor() -> tuple[bool, float]:
        recent, base = LOSS[-20:], LOSS[:-20]
        score = (bottleneck.nanmean(recent) - bottleneck.nanmean(base)) / (bottleneck.nanstd(base) + 1e-12)
        return bool(score > 2.5), float(score)

    race(f"two_second_precursor, {SAMPLES} samples", "bottleneck nanmean, nanstd", precursor)
