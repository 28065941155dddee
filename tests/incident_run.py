"""A run with one incident that opens, becomes graver and ends, for the tests of what tells it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from anet_lite import Monitor

if TYPE_CHECKING:
    from anet_lite import Snapshot

OPENS, CHANGES, ENDS = 159, 162, 225
"""The steps of its three messages."""
KINDS = ["opens", "changes", "ends"]


def incident_run(first: int = 0, last: int = 240) -> list[Snapshot]:
    """Return the snapshots of a run whose loss is 1.6 times as high for fifty steps."""
    monitor = Monitor()
    losses = ((1.6 if 150 <= step < 200 else 1.0) * (1 + 0.1 * math.sin(step * step)) for step in range(last))
    return [monitor.update(loss=loss, lr=0.1, step=step) for step, loss in enumerate(losses)][first:]
