"""One point of a stream, scored as it comes, against the detectors that one would pick instead.

The others compute scores of their own, so only times are compared with them, each at its usual settings.
"""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

import numpy_reference as reference
import rh_sparse_anomaly as ours
from race import OTHER_ANSWER, OURS, REFERENCE

BATCH = 1000


@pytest.fixture(scope="module")
def window(quick: bool) -> int:
    return 16 if quick else 256


@pytest.fixture(scope="module")
def scales(quick: bool) -> tuple[int, ...]:
    return (4, 8) if quick else (64, 256, 1024)


@pytest.fixture(scope="module")
def samples(window: int, scales: tuple[int, ...]) -> np.ndarray:
    """Return what fills window and rings, and a batch more."""
    return np.random.default_rng(3).normal(size=window - 1 + max(scales) + BATCH)


@pytest.fixture(scope="module")
def work(window: int) -> str:
    return f"one streamed point, window {window}, full rings"


def full(contender: str, window: int, scales: tuple[int, ...], past: np.ndarray) -> Any:
    """Return a scorer whose window and rings hold the past."""
    if contender == OURS:
        scorer = ours.StreamScorer(window=window, scales=scales)
        scorer.push_many(past)
        return scorer
    scorer = reference.StreamScorer(window=window, scales=scales)
    for x in past:
        scorer.samples.append(x)
        if len(scorer.samples) == window:
            signature = scorer.anomaly.to_dict(scorer.encoder.encode(list(scorer.samples)))
            for ring in scorer.anomaly.rings.values():
                ring.push(signature)
    return scorer


def plain(score: Any) -> list[float]:
    """Return a score of either as combined, then each scale's."""
    combined, per_scale = score if isinstance(score, tuple) else (score.combined, score.per_scale)
    return [combined, *per_scale.values()]


@pytest.mark.parametrize("contender", [REFERENCE, OURS])
def test_push(race, contender, window, scales, samples, work):
    scorer = full(contender, window, scales, samples[:-BATCH])
    coming = itertools.cycle(samples[-BATCH:].tolist())
    race(work, contender, lambda: scorer.push(next(coming)), plain(scorer.push(next(coming))))


def test_river_half_space_trees(race, peer, window, samples, work):
    trees = peer("river.anomaly").HalfSpaceTrees(window_size=window, limits={"x": (-4, 4)}, seed=1)
    coming = itertools.cycle([{"x": x} for x in samples.tolist()])

    def push() -> float:
        x = next(coming)
        score = trees.score_one(x)
        trees.learn_one(x)
        return score

    warm_up(push, samples.size)
    race(work, "river HalfSpaceTrees, 10 trees", push, OTHER_ANSWER)


def test_rcf3(race, peer, window, samples, work):
    forest = peer("rcf3").Forest(input_dim=1, shingle_size=8, num_trees=50, capacity=window, seed=1)
    coming = itertools.cycle([[x] for x in samples.tolist()])

    def push() -> float:
        return forest.update_and_score(next(coming))

    warm_up(push, samples.size)
    race(work, "rcf3 Forest, 50 trees, shingle 8", push, OTHER_ANSWER)


def test_stumpy_stumpi(race, peer, window, samples, work):
    past = samples[: samples.size - BATCH]
    profile = peer("stumpy").stumpi(past, window, egress=True)
    coming = itertools.cycle(samples[-BATCH:])

    def push() -> float:
        profile.update(next(coming))
        return profile.P_[-1]

    warm_up(push, 2)
    race(work, "stumpy.stumpi", push, OTHER_ANSWER)


def warm_up(push: Any, times: int) -> None:
    """Let a detector fill what it keeps, and compile what it compiles."""
    for _ in range(times):
        push()


@pytest.fixture(scope="module")
def batch_work(window: int) -> str:
    return f"push_many of {BATCH:_}, per point, window {window}, full rings"


def test_push_many_by_reference(race, window, scales, samples, batch_work):
    """It has no faster way than pushing one by one; three points show what one costs."""
    scorer = full(REFERENCE, window, scales, samples[:-BATCH])
    first = samples[-BATCH:][:3].tolist()
    answer = [scorer.push(x)[0] for x in first]
    race(batch_work, REFERENCE, lambda: [scorer.push(x) for x in first], answer, items=3)


def test_push_many(race, window, scales, samples, batch_work):
    scorer = full(OURS, window, scales, samples[:-BATCH])
    batch = samples[-BATCH:]
    answer = scorer.push_many(batch).combined[:3].tolist()
    race(batch_work, OURS, lambda: scorer.push_many(batch), answer, items=BATCH)


def test_push_many_by_pandas(race, peer, window, samples, batch_work):
    series = peer("pandas").Series(samples[-BATCH - window :])

    def zscores() -> Any:
        rolling = series.rolling(window)
        return (series - rolling.mean()) / rolling.std()

    race(batch_work, "pandas rolling z-score", zscores, OTHER_ANSWER, items=BATCH)
