"""What the tests of trackers and callbacks write: a run that breaks."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from anet_lite import Monitor

if TYPE_CHECKING:
    from anet_lite import Snapshot


def snapshots(count: int = 30, bad: int = 20) -> list[Snapshot]:
    """A run whose loss is NaN in one step."""
    monitor = Monitor()
    return [
        monitor.update(loss=math.nan if step == bad else 1.0 + 0.1 * (step % 7), lr=0.1, step=step)
        for step in range(count)
    ]


class RaisingMonitor(Monitor):
    """A monitor that is broken."""

    def update(self, *_: Any, **__: Any) -> Snapshot:
        raise RuntimeError("the monitor is broken")
