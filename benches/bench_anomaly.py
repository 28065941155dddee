"""One signature scored against full history rings, against brute-force neighbours of SciPy and scikit-learn."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

import numpy_reference as reference
import rh_sparse_anomaly as ours
from race import OURS, REFERENCE

NEAREST = 5
DIMENSION = 4096
MORE = 64


@pytest.fixture(scope="module")
def scales(quick: bool) -> tuple[int, ...]:
    return (8, 16) if quick else (64, 256, 1024)


@pytest.fixture(scope="module")
def signatures(scales: tuple[int, ...]) -> list[ours.SparseSignature]:
    """Return what fills the longest ring, and some more to score."""
    noise = np.random.default_rng(1024).normal(size=max(scales) + MORE + 255)
    encoder = ours.SparseEncoder(DIMENSION)
    return [encoder.encode(window) for window in np.lib.stride_tricks.sliding_window_view(noise, 256)]


@pytest.fixture(scope="module")
def work(scales: tuple[int, ...]) -> str:
    return f"update_and_score, full rings {', '.join(map(str, scales))}"


def full(contender: str, scales: tuple[int, ...], history: list[ours.SparseSignature]) -> Any:
    """Return a detector whose rings hold the history."""
    if contender == OURS:
        detector = ours.MultiScaleAnomaly(scales, NEAREST)
        for signature in history:
            detector.update_and_score(signature)
        return detector
    detector = reference.MultiScaleAnomaly(scales, NEAREST)
    for ring, signature in itertools.product(detector.rings.values(), history):
        ring.push(detector.to_dict(signature))
    return detector


def rows(signatures: list[ours.SparseSignature]) -> np.ndarray:
    """Return signatures as dense rows of length one."""
    dense = np.zeros((len(signatures), DIMENSION))
    for row, signature in zip(dense, signatures):
        row[signature.positions] = signature.elevations
    return dense / np.linalg.norm(dense, axis=1, keepdims=True)


def combined(per_scale: list[float]) -> list[float]:
    """Return the mean score and each."""
    return [float(np.mean(per_scale)), *map(float, per_scale)]


@pytest.mark.parametrize("contender", [REFERENCE, OURS])
def test_update_and_score(race, contender, scales, signatures, work):
    history, queries = signatures[:-MORE], itertools.cycle(signatures[-MORE:])
    detector = full(contender, scales, history)
    score, per_scale = detector.update_and_score(next(queries))
    race(work, contender, lambda: detector.update_and_score(next(queries)), [score, *per_scale.values()])


def test_score_by_scipy_sparse(race, peer, scales, signatures, work):
    """One product with the longest ring; the shorter ones are its end. Nothing is pushed."""
    ring = peer("scipy.sparse").csr_array(rows(signatures[:-MORE]))
    query = rows(signatures[-MORE:])[0]

    def score() -> list[float]:
        cosines = ring @ query
        return combined([1 - np.partition(cosines[-scale:], -NEAREST)[-NEAREST:].mean() for scale in scales])

    race(work, "scipy.sparse product, no update", score)


def test_score_by_scikit_learn(race, peer, scales, signatures, work):
    """Brute-force cosine neighbours, fitted beforehand. Nothing is pushed."""
    neighbours, csr_array = peer("sklearn.neighbors").NearestNeighbors, peer("scipy.sparse").csr_array
    ring, query = csr_array(rows(signatures[:-MORE])), csr_array(rows(signatures[-MORE:])[:1])
    fitted = [neighbours(n_neighbors=NEAREST, metric="cosine", algorithm="brute").fit(ring[-s:]) for s in scales]

    def score() -> list[float]:
        return combined([model.kneighbors(query)[0].mean() for model in fitted])

    race(work, "sklearn NearestNeighbors, no update", score)


@pytest.mark.parametrize("contender", [REFERENCE, OURS])
def test_sparse_cosine(race, contender, signatures):
    cosine = {REFERENCE: reference.sparse_cosine, OURS: ours.sparse_cosine}[contender]
    a, b = (reference.MultiScaleAnomaly.to_dict(signature) for signature in signatures[:2])
    race("sparse_cosine of two dicts of 128", contender, lambda: cosine(a, b))
