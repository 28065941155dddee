"""Distances to the nearest neighbours of the last points."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detection.peers.series import lagged

if TYPE_CHECKING:
    from detection.series import Floats

RECENT, LENGTH, NEAREST = 1024, 32, 5


def stumpi(x: Floats, _period: int | None = None) -> Floats:
    """Distance of the newest 32 points to the nearest of the last 1024, z-normalised, updated point by point."""
    import stumpy

    scores = np.zeros(len(x))
    stream = stumpy.stumpi(x[:RECENT].copy(), m=LENGTH, egress=True)
    scores[: min(RECENT, len(x))][LENGTH - 1 :] = stream.left_P_
    for t in range(RECENT, len(x)):
        stream.update(x[t])
        scores[t] = stream.left_P_[-1]
    return np.where(np.isfinite(scores), scores, 0.0)


def left_profile(x: Floats, _period: int | None = None) -> Floats:
    """Distance of the newest 32 points to the nearest of all before them, z-normalised."""
    import stumpy

    nearest = stumpy.stump(x, LENGTH).left_I_
    windows = lagged(x, LENGTH)[LENGTH - 1 :]
    centred = windows - windows.mean(axis=1, keepdims=True)
    deviation = centred.std(axis=1, keepdims=True)
    normal = np.divide(centred, deviation, out=np.zeros_like(centred), where=deviation > 0)
    distance = np.linalg.norm(normal - normal[nearest], axis=1)
    return np.r_[np.zeros(LENGTH - 1), np.where(nearest >= 0, distance, 0.0)]


def profile(x: Floats, _period: int | None = None) -> Floats:
    """Distance of the newest 32 points to the nearest of the whole series, z-normalised: it sees the future."""
    import stumpy

    distance = np.asarray(stumpy.stump(x, LENGTH).P_, float)
    return np.r_[np.zeros(LENGTH - 1), np.where(np.isfinite(distance), distance, 0.0)]


def aberrant(x: Floats, _period: int | None = None) -> Floats:
    """Mean distance of the last 8 points to the five nearest of the last 1024."""
    from aberrant.model.distance import KNN
    from aberrant.similarity import FaissSimilaritySearchEngine

    engine = FaissSimilaritySearchEngine(window_size=RECENT, warm_up=NEAREST)
    model = KNN(NEAREST, engine)
    scores = np.zeros(len(x))
    for t, row in enumerate(lagged(x)):
        sample = {str(lag): value for lag, value in enumerate(row.tolist())}
        scores[t] = model.score_one(sample)
        model.learn_one(sample)
    return scores
