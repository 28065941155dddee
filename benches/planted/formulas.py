"""Losses by formula: noise that means nothing, and a second rise after a first."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import numpy as np

from anet_lite import Guard, Monitor, Stop
from planted.watched import opened, rate

if TYPE_CHECKING:
    from planted.watched import Array

RUNS, ROWS = 150, 2000
SEEDS = 10
#: The row of the second rise, and the rows in which it must be found.
SECOND, WITHIN = 1450, 64


def noise(seed: int) -> Array:
    """Return a loss that goes nowhere."""
    return np.random.default_rng(seed).normal(1.2, 0.1, ROWS)


def noise_rings() -> str:
    """Count the false alarms."""
    return rate([len(opened({"loss": noise(seed)})) for seed in range(RUNS)], RUNS * ROWS)


def noise_stopped() -> str:
    """Count the runs that ``Guard(Stop())`` ends."""
    logging.disable()
    try:
        return f"{sum(_is_stopped(noise(seed)) for seed in range(RUNS))} of {RUNS}"
    finally:
        logging.disable(logging.NOTSET)


def _is_stopped(loss: Array) -> bool:
    monitor, guard = Monitor(), Guard(Stop())
    return any(guard.step(monitor.update(value)).kind == "stop" for value in loss.tolist())


def second_rise(seed: int) -> Array:
    """Return a loss that rises from 7 to 17, comes back, and then rises to 25 for good."""
    rng = np.random.default_rng(seed)
    parts = [(7, 1, 1200), (17, 2, 130), (7, 1, 120), (25, 2, 800)]
    return np.concatenate([rng.normal(mean, spread, rows) for mean, spread, rows in parts])


def second_found() -> str:
    """Count the runs in which an incident opens within 64 rows of the second rise, and say how soon."""
    rows = [next((row for row in opened({"loss": second_rise(s)}) if row >= SECOND), ROWS) for s in range(SEEDS)]
    delays = [row - SECOND for row in rows if row < SECOND + WITHIN]
    return f"{len(delays)} of {SEEDS}" + (f", after {np.median(delays):g} rows" if delays else "")
