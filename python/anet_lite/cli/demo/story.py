"""The whole demo as data: the run, its metrics, when each of them moved, and when the loss broke."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from anet_lite.cli.demo.model import CALM_UNTIL, Run, train
from anet_lite.cli.demo.moved import Moved, moved
from anet_lite.cli.demo.watch import FIRST, watch

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Story:
    """One run, what was seen of it, and of its twin whose learning rate never grew. Steps are counted from 1."""

    run: Run
    metrics: dict[str, NDArray[float64]]
    moves: dict[str, Moved]
    twin_moves: dict[str, Moved]
    broke: int


def live(seed: int) -> Story:
    """Train, watch and judge one run."""
    run = train(seed)
    twin = train(seed, growth=1.0, steps=len(run.loss))
    metrics = watch(run)
    return Story(run, metrics, _moves(run, metrics), _moves(twin, watch(twin)), broke(run.loss))


def _moves(run: Run, metrics: dict[str, NDArray[float64]]) -> dict[str, Moved]:
    return {name: moved(x, FIRST, CALM_UNTIL) for name, x in {**metrics, "loss": run.loss}.items()}


def broke(loss: NDArray[float64]) -> int:
    """Return the step from which the loss stays worse than it was before training."""
    better = np.flatnonzero(loss <= loss[0])
    return int(better[-1]) + 2
