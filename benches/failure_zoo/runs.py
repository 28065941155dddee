"""The recorded runs: healthy ones, failing ones with their twins, and which of them nothing was tuned on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from failure_zoo.recipes import HELD_OUT as HELD_OUT_RECIPES

Array = np.ndarray
DATA = Path(__file__).with_name("data")
#: Columns of every series.
COLUMNS = ("loss", "grad_norm", "step_norm", "noise", "lr", "step")
#: Kinds of faults that nothing was tuned on.
HELD_OUT_FAULTS = {"hidden_rate", "dead_input", "sticky_momentum", "noisy_gradient", "frozen_data", "underflow"}
TUNING_SEEDS = 5
#: Rows over which losses are averaged before they are compared with the twin's.
SMOOTH = 16


@dataclass(frozen=True)
class Healthy:
    """A run in which nothing is wrong."""

    recipe: str
    seed: int
    rows: Array

    @property
    def held_out(self) -> bool:
        return self.recipe in HELD_OUT_RECIPES or self.seed >= TUNING_SEEDS


@dataclass(frozen=True)
class Failing:
    """A run that is its healthy twin up to the onset, and where it is visibly broken, if it ever is."""

    recipe: str
    seed: int
    fault: str
    onset: int
    rows: Array
    twin: Array
    broken: int | None

    @property
    def held_out(self) -> bool:
        return self.fault in HELD_OUT_FAULTS or self.recipe in HELD_OUT_RECIPES or self.seed >= TUNING_SEEDS


@lru_cache(maxsize=1)
def load() -> tuple[list[Healthy], list[Failing]]:
    """All runs, from the recorded files alone."""
    healthy: list[Healthy] = []
    failing: list[Failing] = []
    for path in sorted(DATA.glob("*.npz")):
        with np.load(path) as file:
            series = {name: file[name].astype(np.float64) for name in file.files}
        for name, rows in series.items():
            kind, seed, *rest = name.split("-")
            twin = series[f"healthy-{seed}"]
            if kind == "healthy":
                healthy.append(Healthy(path.stem, int(seed), rows))
            else:
                failing.append(_failing(path.stem, int(seed), rest[0], int(rest[2]), rows, twin))
    return healthy, failing


def _failing(recipe: str, seed: int, fault: str, onset: int, rows: Array, twin: Array) -> Failing:
    whole = np.concatenate([twin[:onset], rows])
    return Failing(recipe, seed, fault, onset, whole, twin, broken(whole[:, 0], twin[:, 0], onset))


def broken(loss: Array, twin: Array, onset: int) -> int | None:
    """The first row whose loss is not finite, or from which a 16-step mean stays far above the twin's.

    Far: half of the twin's own mean size, and six of the standard deviations that the difference of two healthy
    means has, for 16 rows.
    """
    end = min(len(loss), len(twin))
    loss, twin = loss[:end], twin[:end]
    bad = np.flatnonzero(~np.isfinite(loss[onset:]))
    until = onset + int(bad[0]) if len(bad) else end
    smooth, calm = _means(loss[:until]), _means(twin[:until])
    noise = np.std(twin[max(0, onset - 64) : onset + 64]) * np.sqrt(2 / SMOOTH)
    far = smooth - calm > np.maximum(6 * noise, 0.5 * np.abs(calm))
    far[:onset] = False
    steady = np.convolve(far, np.ones(SMOOTH), "valid") == SMOOTH
    first = np.flatnonzero(steady)
    if len(first):
        return int(first[0])
    return until if len(bad) else None


def _means(series: Array) -> Array:
    """Trailing means; shorter at the beginning."""
    sums = np.cumsum(np.concatenate([[0.0], series]))
    ends = np.arange(1, len(series) + 1)
    starts = np.maximum(0, ends - SMOOTH)
    return (sums[ends] - sums[starts]) / (ends - starts)
