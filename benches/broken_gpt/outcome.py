"""What a watched run tells: the first alarm, its cause, the status at the end; and whether each is right."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import mean
from typing import TYPE_CHECKING

from anet_lite import explain
from broken_gpt.faults import FAULTS

if TYPE_CHECKING:
    from anet_lite import Snapshot

STEPS, ONSET = 700, 400
#: Steps in which an alarm comes in time, and after which the cause is asked again, when more of the fault is seen.
IN_TIME, LATER = 20, 16
#: Faults under which the loss goes on as before: a run that ends healthy is told the truth.
HARMLESS = {"frozen", "healthy"}


@dataclass(frozen=True)
class Run:
    """A run of a fault and a seed, as the monitor's snapshots, one a step."""

    fault: str
    seed: int
    snapshots: list[Snapshot]

    @property
    def losses(self) -> tuple[float, float]:
        """The mean loss of the 50 steps before the fault, and of the last 50."""
        loss = [snapshot.loss if snapshot.loss is not None else float("nan") for snapshot in self.snapshots]
        return mean(loss[ONSET - 50 : ONSET]), mean(loss[-50:])

    @property
    def false_alarms(self) -> int:
        """Rows with alarms before the fault; in a healthy run anywhere."""
        end = STEPS if self.fault == "healthy" else ONSET
        return sum(bool(snapshot.alarms) for snapshot in self.snapshots[:end])

    @property
    def alarmed(self) -> int | None:
        """The row of the first alarm of the fault."""
        rows = (row for row, snapshot in enumerate(self.snapshots) if row >= ONSET and snapshot.alarms)
        return next(rows, None)

    @property
    def in_time(self) -> bool:
        """Whether an alarm comes in time."""
        return self.alarmed is not None and self.alarmed < ONSET + IN_TIME

    def cause(self, wait: int = 0) -> tuple[str, str] | None:
        """Return name and words of the likeliest cause, of the last alarm in so many steps from the first on."""
        if self.alarmed is None:
            return None
        told = [snapshot for snapshot in self.snapshots[self.alarmed : self.alarmed + wait + 1] if snapshot.alarms]
        causes = explain(told[-1]).causes
        return (causes[0].name, causes[0].what) if causes else None

    def is_right(self, wait: int = 0) -> bool:
        """Tell whether the likeliest cause is the right one."""
        cause = self.cause(wait)
        return cause is not None and cause[0] in FAULTS[self.fault].causes

    @property
    def status(self) -> str:
        """The status after the last step."""
        return self.snapshots[-1].status

    @property
    def is_status_true(self) -> bool:
        """Whether the status fits: healthy of a healthy run, not healthy where the run is damaged."""
        if self.fault == "healthy":
            return self.status == "healthy"
        return self.fault in HARMLESS or self.status in {"settled", "suspect", "failing"}
