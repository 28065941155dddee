"""Processor time of a million samples, beside the naive NumPy of the tests."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Callable

import numpy as np

from anet_lite._native import upscale_series
from numpy_reference import upscale as twin

if TYPE_CHECKING:
    from collections.abc import Iterator

FACTOR, SAMPLES = 10, 1_000_000
TWIN = 20
"""How much less the twin is given: it is timed on fewer samples, and the time multiplied."""
ROUNDS = 5


def table() -> Iterator[str]:
    """Yield seconds a million samples, the least of five rounds in turns."""
    random = np.random.default_rng(0)
    series, reference = random.normal(size=SAMPLES // FACTOR), random.normal(size=6400)
    few = series[: len(series) // TWIN]
    yield "| method | ours, s | naive NumPy, s | times |"
    yield "|---|---|---|---|"
    for method in ("fragments", "spectral"):
        calls: list[Callable[[], object]] = [
            lambda method=method: upscale_series(series, FACTOR, reference, "mean", method),
            lambda method=method: getattr(twin, method)(few, FACTOR, reference, "mean", 0),
        ]
        ours, naive = np.min([[_seconds(call) for call in calls] for _ in range(ROUNDS)], axis=0) * (1, TWIN)
        yield f"| {method} | {ours:.2f} | {naive:.1f} | {naive / ours:.0f} |"


def _seconds(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return time.process_time() - start
