"""Simple rules on the loss alone, which a user would write in an afternoon."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from river.drift import ADWIN, PageHinkley

from failure_zoo.score import incidents

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from real_runs.judge import Detector
    from real_runs.logs import Log


def _loss(log: Log) -> NDArray[np.float64]:
    return log.columns["loss"]


def three_times_the_mean_of_ten(log: Log) -> list[int]:
    """A loss above three times the mean of the ten before, or not finite."""
    x = _loss(log)
    rings = log.given["loss"] & ~np.isfinite(x)
    if len(x) > 10:
        rings[10:] |= x[10:] > 3 * sliding_window_view(x, 10)[:-1].mean(axis=1)
    return incidents(rings)


def six_sigma_of_128(log: Log) -> list[int]:
    """A loss six standard deviations above the mean of the 128 before, or not finite."""
    x = _loss(log)
    rings = log.given["loss"] & ~np.isfinite(x)
    if len(x) > 128:
        before = sliding_window_view(x, 128)[:-1]
        rings[128:] |= x[128:] > before.mean(axis=1) + 6 * before.std(axis=1)
    return incidents(rings)


def adwin_upward(log: Log) -> list[int]:
    """River's ADWIN, where the mean of its window rises."""
    detector, rings, mean = ADWIN(), np.zeros(len(log), bool), 0.0
    for row, value in enumerate(_finite(log)):
        detector.update(value)
        rings[row] = detector.drift_detected and detector.estimation > mean
        mean = detector.estimation
    return incidents(rings)


def page_hinkley_upward(log: Log) -> list[int]:
    """River's Page-Hinkley test, upward."""
    detector, rings = PageHinkley(mode="up"), np.zeros(len(log), bool)
    for row, value in enumerate(_finite(log)):
        detector.update(value)
        rings[row] = detector.drift_detected
    return incidents(rings)


def _finite(log: Log) -> list[float]:
    """Return the losses, the last finite one in place of one that is not."""
    values, last = [], 0.0
    for value in _loss(log).tolist():
        last = value if np.isfinite(value) else last
        values.append(last)
    return values


RULES: dict[str, Detector] = {
    "3 x mean of the last 10": three_times_the_mean_of_ten,
    "mean + 6 sigma of the last 128": six_sigma_of_128,
    "ADWIN upward": adwin_upward,
    "Page-Hinkley upward": page_hinkley_upward,
}
