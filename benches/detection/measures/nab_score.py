"""The score of the Numenta Anomaly Benchmark, standard profile (Lavin and Ahmad, ICMLA 2015).

The first alarm in a window earns up to 1, more the earlier; a missed window costs 1; every alarm outside costs up to
0.11, less just after a window. 0 is a detector that never alarms, 100 a perfect one. The threshold is the best one for
the whole corpus, as the benchmark has it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detection.measures.vus import events_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from detection.series import Floats, Series

FALSE_ALARM = 0.11
THRESHOLDS = 200


def nab_score(series: Sequence[Series], strangeness: Sequence[Floats]) -> float:
    """Return the normalised score at the best threshold; ``strangeness`` has one array a series, higher is stranger."""
    pairs = [(one, np.nan_to_num(values, nan=-np.inf)) for one, values in zip(series, strangeness)]
    pooled = np.concatenate([values[one.burn :] for one, values in pairs])
    thresholds = np.quantile(pooled[np.isfinite(pooled)], 1 - np.geomspace(1e-6, 0.05, THRESHOLDS))
    return max(score_at(pairs, threshold) for threshold in [np.inf, *thresholds])


def score_at(pairs: Sequence[tuple[Series, Floats]], threshold: float) -> float:
    """Return the normalised score at one threshold."""
    windows = sum(len(events_of(one.labels)) for one, _ in pairs)
    raw = sum(_raw(one, values >= threshold) for one, values in pairs)
    return 100 * (raw + windows) / (2 * windows)


def _raw(series: Series, alarms: NDArray[np.bool_]) -> float:
    alarms = alarms.copy()
    alarms[: series.burn] = False
    windows = events_of(series.labels)
    total = sum(_window(alarms, first, last) for first, last in windows)
    return total + FALSE_ALARM * sum(_stray(int(place), windows) for place in np.flatnonzero(alarms & ~series.labels))


def _window(alarms: NDArray[np.bool_], first: int, last: int) -> float:
    inside = np.flatnonzero(alarms[first : last + 1])
    if len(inside) == 0:
        return -1.0
    width = last - first + 1
    return _sigmoid(-(width - int(inside[0])) / width) / _sigmoid(-1.0)


def _stray(place: int, windows: list[tuple[int, int]]) -> float:
    before = [window for window in windows if window[1] < place]
    if not before:
        return -1.0
    first, last = before[-1]
    distance = (place - last) / max(last - first, 1)
    return -1.0 if distance > 3 else _sigmoid(distance)


def _sigmoid(position: float) -> float:
    return float(2 / (1 + np.exp(5 * position)) - 1)
