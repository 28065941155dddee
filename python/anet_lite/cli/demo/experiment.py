"""The whole demo as data: the run, its healthy twin, the snapshots of both, and when the loss broke."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from anet_lite.cli.demo.metrics.calm_range import CalmRange, calm_range
from anet_lite.cli.demo.metrics.snapshots import FIRST, metrics_of
from anet_lite.cli.demo.model import CALM_UNTIL, TrainingLog, train
from anet_lite.cli.demo.watch import watch

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

    from anet_lite import Snapshot


@dataclass(frozen=True)
class Experiment:
    """One run and its twin, whose learning rate never grew. Steps are counted from 1."""

    run: TrainingLog
    twin: TrainingLog
    broke: int

    @cached_property
    def snapshots(self) -> list[Snapshot]:
        """The snapshots of the run, one a step."""
        return list(watch(self.run))

    @cached_property
    def alarm(self) -> Snapshot | None:
        """The first snapshot with an alarm."""
        return next((snap for snap in self.snapshots if snap.alarms), None)

    @cached_property
    def twin_alarms(self) -> int:
        """How many steps of the twin the monitor found alarming."""
        return sum(bool(snap.alarms) for snap in watch(self.twin))

    @cached_property
    def metrics(self) -> dict[str, NDArray[float64]]:
        """The metrics along the run."""
        return metrics_of(self.run)

    @cached_property
    def ranges(self) -> dict[str, CalmRange]:
        """The calm range of each metric, and of the loss, and when it was left."""
        return _ranges(self.run, self.metrics)

    @cached_property
    def twin_ranges(self) -> dict[str, CalmRange]:
        """The same of the twin."""
        return _ranges(self.twin, metrics_of(self.twin))


def run_experiment(seed: int) -> Experiment:
    """Train a run and its twin."""
    run = train(seed)
    return Experiment(run, train(seed, growth=1.0, steps=len(run.loss)), broke(run.loss))


def _ranges(run: TrainingLog, metrics: dict[str, NDArray[float64]]) -> dict[str, CalmRange]:
    return {name: calm_range(x, FIRST, CALM_UNTIL) for name, x in {**metrics, "loss": run.loss}.items()}


def broke(loss: NDArray[float64]) -> int:
    """Return the step from which the loss stays worse than it was before training."""
    better = np.flatnonzero(loss <= loss[0])
    return int(better[-1]) + 2
