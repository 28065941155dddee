"""The zeta trace beside the training run: how its score answers to a jolt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rh_sparse_anomaly import anomaly_trace_from_rh

if TYPE_CHECKING:
    from numpy import float64, intp
    from numpy.typing import NDArray

ZEROS, WINDOW, SCALES = 3000, 256, (64, 256)
JOLT_GAPS = 8


@dataclass(frozen=True)
class Jolt:
    """A trace, where its jolt sits, and its score before, within and after."""

    zeros: int
    index: NDArray[intp]
    score: NDArray[float64]
    start: int
    end: int

    @property
    def inside(self) -> NDArray[np.bool_]:
        """Where the window holds a stretched gap."""
        return (self.index > self.start) & (self.index <= self.end + WINDOW)

    @property
    def before(self) -> float:
        """Mean score before the jolt, once every history is full."""
        return float(self.score[(self.index >= WINDOW + max(SCALES)) & (self.index <= self.start)].mean())

    @property
    def lowest(self) -> float:
        """Lowest score while the window holds the jolt."""
        return float(self.score[self.inside].min())

    @property
    def after(self) -> float:
        """Mean score once the jolt has left the window."""
        return float(self.score[self.index > self.end + WINDOW].mean())


def trace() -> Jolt:
    """Compute the seed's trace with its jolt."""
    rows = anomaly_trace_from_rh(ZEROS, WINDOW, SCALES)
    index = np.array([row[0] for row in rows])
    start = (int(index[-1]) + 1) // 2
    return Jolt(ZEROS, index, np.array([row[1] for row in rows]), start, start + JOLT_GAPS - 1)
