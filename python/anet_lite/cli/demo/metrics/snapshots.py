"""The metrics along a run: a snapshot a step, each over the trailing window, as a training loop would take them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from anet_lite import snapshot
from anet_lite._internal import schema

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

    from anet_lite import ANETSnapshot
    from anet_lite.cli.demo.model import TrainingLog

WINDOW = 64
REFERENCE = slice(36, 100)
"""The noise of these steps is the healthy reference."""
FIRST = REFERENCE.stop + WINDOW
"""The first step whose window shares nothing with the reference."""
METRICS = tuple(name for name in schema.METRICS if name != "precursor")
"""Those that are curves: the precursor is whether zscore is above a line."""


def metrics_of(run: TrainingLog) -> dict[str, NDArray[float64]]:
    """Return each metric as one value a step, NaN before step ``FIRST``."""
    taken = [_snapshot(run, step) for step in range(FIRST, len(run.loss) + 1)]
    before = np.full(FIRST - 1, np.nan)
    return {name: np.append(before, [getattr(snap, name) for snap in taken]) for name in METRICS}


def _snapshot(run: TrainingLog, step: int) -> ANETSnapshot:
    last = slice(step - WINDOW, step)
    return snapshot(run.loss[last], run.grad_norm[last], run.step_norm[last], run.noise[last], run.noise[REFERENCE])
