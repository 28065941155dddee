"""What anyone would try first, and luck."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from anet_lite import StreamScorer
from detection.peers.series import WINDOW

if TYPE_CHECKING:
    from detection.series import Floats

PERIODS, TRAILING = 4, 1024


def rolling_z(x: Floats, _period: int | None = None, window: int = WINDOW) -> Floats:
    """|z| of a point among the 256 before it."""
    # Sums of squares lose small changes in large numbers.
    x = x - x[0]
    points = np.clip(np.arange(len(x)), 1, window)
    mean = sums_before(x, window) / points
    variance = sums_before(x * x, window) / points - mean**2
    return np.where(points < 8, 0.0, np.abs(x - mean) / np.sqrt(np.maximum(variance, 1e-12 * (1 + mean**2))))


def sums_before(x: Floats, window: int) -> Floats:
    """Return the sum of the ``window`` points before each point.

    It is the end of one block and the beginning of the next. Nothing is subtracted, so that a huge value is forgotten
    once it has left the window.
    """
    blocks = np.zeros((len(x) // window + 2, window))
    blocks.ravel()[window : window + len(x)] = x
    ends = np.cumsum(blocks[:, ::-1], axis=1)[:, ::-1]
    beginnings = np.c_[np.zeros(len(blocks)), np.cumsum(blocks, axis=1)[:, :-1]]
    return (ends[:-1] + beginnings[1:]).ravel()[: len(x)]


def seasonal_naive(x: Floats, period: int | None) -> Floats:
    """|z| of a point less the median of the same phase in four earlier periods, among the 1024 before it.

    The causal form of what *traffic-anomaly* does with days and weeks. Without a period the point before stands for it.
    """
    lag = period or 1
    earlier = np.full((PERIODS, len(x)), np.nan)
    for back in range(1, PERIODS + 1):
        earlier[back - 1, back * lag :] = x[: -back * lag] if back * lag < len(x) else []
    begun = np.arange(len(x)) >= lag
    usual = np.where(begun, np.nanmedian(np.where(begun, earlier, 0.0), axis=0), x)
    return rolling_z(x - usual, window=TRAILING)


def random(x: Floats, _period: int | None = None) -> Floats:
    """Luck."""
    return np.random.default_rng(0).random(len(x))


def seed_score(x: Floats, _period: int | None = None) -> Floats:
    """Score windows of 64 as published."""
    return np.asarray(StreamScorer(window=64).push_many(x).combined)
