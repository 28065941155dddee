"""What a user would take instead: each takes a series and returns one score a point."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable

import numpy as np

from anet_lite import StreamScorer
from detection.salmon import SlidingNeighbours, UnavailableError
from detection.series import Floats

Scorer = Callable[[Floats], Floats]

LAGS, WINDOW, SHORT = 8, 256, 10_000


def rolling_z(x: Floats) -> Floats:
    """|z| of a point among the 256 before it."""
    sums = np.cumsum(np.c_[np.r_[0.0, x], np.r_[0.0, x * x]], axis=0)
    t = np.arange(len(x))
    first = np.maximum(t - WINDOW, 0)
    mean, square = ((sums[t] - sums[first]) / np.maximum(t - first, 1)[:, None]).T
    return np.where(t < 8, 0.0, np.abs(x - mean) / np.sqrt(np.maximum(square - mean**2, 1e-12 * (1 + mean**2))))


def random(x: Floats) -> Floats:
    """Luck."""
    return np.random.default_rng(len(x)).random(len(x))


def seed_score(x: Floats) -> Floats:
    """Score windows of 64 as published."""
    return np.asarray(StreamScorer(window=64).push_many(x).combined)


def river_trees(x: Floats) -> Floats:
    """Half-space trees, 25 of height 8, on the last 8 samples scaled to [0, 1] by their range so far."""
    from river.anomaly import HalfSpaceTrees
    from river.preprocessing import MinMaxScaler

    model, scaler = HalfSpaceTrees(n_trees=25, height=8, window_size=WINDOW, seed=0), MinMaxScaler()
    scores = np.zeros(len(x))
    for t, row in enumerate(_lagged(x)):
        sample = dict(enumerate(row.tolist()))
        scaler.learn_one(sample)
        sample = scaler.transform_one(sample)
        scores[t] = model.score_one(sample)
        model.learn_one(sample)
    return scores


def cut_forest(x: Floats) -> Floats:
    """Random cut forest of 40 trees of 256 points, shingles of 8."""
    import rcf3

    forest = rcf3.Forest(1, shingle_size=LAGS, num_trees=40, capacity=WINDOW, seed=0)
    return np.array([forest.update_and_score([value]) for value in x.tolist()])


def stumpi(x: Floats) -> Floats:
    """Distance of the newest 32 points to the nearest of the last 1024, z-normalised, updated point by point."""
    import stumpy

    scores = np.zeros(len(x))
    stream = stumpy.stumpi(x[:1024].copy(), m=32, egress=True)
    scores[:1024][31:] = stream.left_P_
    for t in range(1024, len(x)):
        stream.update(x[t])
        scores[t] = stream.left_P_[-1]
    return np.where(np.isfinite(scores), scores, 0.0)


def _lagged(x: Floats) -> Floats:
    return np.lib.stride_tricks.sliding_window_view(np.r_[np.full(LAGS - 1, x[0]), x], LAGS)


ALL: dict[str, tuple[Scorer, str | None]] = {
    "random": (random, None),
    "the published score, windows of 64": (seed_score, None),
    "rolling \\|z\\|, 256": (rolling_z, None),
    "River half-space trees, 8 lags": (river_trees, "river"),
    "rcf3, 40 trees": (cut_forest, "rcf3"),
    "STUMPY stumpi, m = 32 (short series)": (stumpi, "stumpy"),
}


SALMON = "dSalmon SWKNN, 8 lags"


def installed() -> tuple[dict[str, Scorer], dict[str, str]]:
    """Return the peers that can be run here, and why the others cannot."""
    found: dict[str, Scorer] = {}
    missing: dict[str, str] = {}
    for name, (scorer, needs) in ALL.items():
        if needs is None or importlib.util.find_spec(needs):
            found[name] = scorer
        else:
            missing[name] = f"{needs} is not installed"
    try:
        found[SALMON] = SlidingNeighbours()
    except UnavailableError as reason:
        missing[SALMON] = str(reason)
    return found, missing
