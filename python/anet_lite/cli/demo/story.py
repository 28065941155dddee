"""The whole demo as data: the run, its healthy twin, what the monitor said of both, and when the loss broke."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from anet_lite.cli.demo.metrics import FIRST, take
from anet_lite.cli.demo.model import CALM_UNTIL, Run, train
from anet_lite.cli.demo.moved import Moved, moved
from anet_lite.cli.demo.watch import watched

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

    from anet_lite import Snapshot


@dataclass(frozen=True)
class Story:
    """One run and its twin, whose learning rate never grew. Steps are counted from 1."""

    run: Run
    twin: Run
    broke: int

    @cached_property
    def seen(self) -> list[Snapshot]:
        """What the monitor said of the run, step by step."""
        return list(watched(self.run))

    @cached_property
    def alarm(self) -> Snapshot | None:
        """The first snapshot with an alarm."""
        return next((snap for snap in self.seen if snap.alarms), None)

    @cached_property
    def twin_alarms(self) -> int:
        """How many steps of the twin the monitor found alarming."""
        return sum(bool(snap.alarms) for snap in watched(self.twin))

    @cached_property
    def metrics(self) -> dict[str, NDArray[float64]]:
        """The metrics along the run."""
        return take(self.run)

    @cached_property
    def moves(self) -> dict[str, Moved]:
        """When each metric, and the loss, left its calm range."""
        return _moves(self.run, self.metrics)

    @cached_property
    def twin_moves(self) -> dict[str, Moved]:
        """The same of the twin."""
        return _moves(self.twin, take(self.twin))


def live(seed: int) -> Story:
    """Train a run and its twin."""
    run = train(seed)
    return Story(run, train(seed, growth=1.0, steps=len(run.loss)), broke(run.loss))


def _moves(run: Run, metrics: dict[str, NDArray[float64]]) -> dict[str, Moved]:
    return {name: moved(x, FIRST, CALM_UNTIL) for name, x in {**metrics, "loss": run.loss}.items()}


def broke(loss: NDArray[float64]) -> int:
    """Return the step from which the loss stays worse than it was before training."""
    better = np.flatnonzero(loss <= loss[0])
    return int(better[-1]) + 2
