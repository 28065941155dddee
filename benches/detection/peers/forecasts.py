"""How far a point is from what was forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detection.peers.series import LAGS, WINDOW

if TYPE_CHECKING:
    from detection.series import Floats


def cut_forest_forecast(x: Floats, _period: int | None = None) -> Floats:
    """Return the distance of each point to what a random cut forest extrapolates: better than its own score."""
    import rcf3

    forest = rcf3.Forest(1, shingle_size=LAGS, num_trees=40, capacity=WINDOW, seed=0)
    scores = np.zeros(len(x))
    for t, value in enumerate(x.tolist()):
        if forest.is_ready():
            scores[t] = abs(forest.extrapolate(1)[0] - value)
        forest.update([value])
    return scores


def river_forecast(x: Floats, _period: int | None = None) -> Floats:
    """Predictive anomaly detection over a linear autoregression of the last 8 points.

    Its score ends at 1 where an error passes ``n_std`` deviations; 10 instead of the usual 3 leaves large ones apart.
    """
    from river import anomaly, linear_model, optim, preprocessing, time_series

    regression = preprocessing.StandardScaler() | linear_model.LinearRegression(optim.SGD(0.005))
    forecaster = time_series.SNARIMAX(p=LAGS, d=0, q=0, regressor=regression)
    model = anomaly.PredictiveAnomalyDetection(forecaster, n_std=10.0, warmup_period=64)
    scores = np.zeros(len(x))
    for t, value in enumerate(scaled(x).tolist()):
        if t:
            scores[t] = model.score_one(None, value)
        model.learn_one(None, value)
    return scores


def scaled(x: Floats) -> Floats:
    """Return the series in deviations of its first thousand points: gradient descent diverges on large numbers."""
    start = x[:1000]
    return (x - start.mean()) / (start.std() or 1.0)
