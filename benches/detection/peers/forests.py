"""Random trees over the last points."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detection.peers.series import LAGS, WINDOW, lagged

if TYPE_CHECKING:
    from detection.series import Floats


def river_trees(x: Floats, _period: int | None = None) -> Floats:
    """Half-space trees, 25 of height 8, on the last 8 samples scaled to [0, 1] by their range so far."""
    from river.anomaly import HalfSpaceTrees
    from river.preprocessing import MinMaxScaler

    model, scaler = HalfSpaceTrees(n_trees=25, height=8, window_size=WINDOW, seed=0), MinMaxScaler()
    scores = np.zeros(len(x))
    for t, row in enumerate(lagged(x)):
        sample = dict(enumerate(row.tolist()))
        scaler.learn_one(sample)
        sample = scaler.transform_one(sample)
        scores[t] = model.score_one(sample)
        model.learn_one(sample)
    return scores


def cut_forest(x: Floats, _period: int | None = None) -> Floats:
    """Random cut forest of 40 trees of 256 points, shingles of 8."""
    import rcf3

    forest = rcf3.Forest(1, shingle_size=LAGS, num_trees=40, capacity=WINDOW, seed=0)
    return np.array([forest.update_and_score([value]) for value in x.tolist()])
