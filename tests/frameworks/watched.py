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


class Log:
    """A tracker that keeps what it gets."""

    def __init__(self) -> None:
        self.seen: list[Snapshot] = []
        self.flushed = 0

    def log(self, snapshot: Snapshot) -> None:
        self.seen.append(snapshot)

    def flush(self) -> None:
        self.flushed += 1

    def close(self) -> None:
        pass

    def column(self, signal: str) -> list[float | None]:
        return [seen.recent(signal)[-1] for seen in self.seen]
