"""What policies read off a snapshot."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anet_lite import Snapshot

#: Families that a lower rate or an older checkpoint can help against.
DIVERGENCE = frozenset({"drift", "level", "jump", "update_size", "drawdown", "learning_rate", "nonfinite", "reference"})


def reason(snapshot: Snapshot) -> str:
    """Return the scores that ring in this step."""
    return ", ".join(alarm.score for alarm in snapshot.alarms)


def diverges(snapshot: Snapshot, known: int) -> int | None:
    """Return the incident of an alarm of divergence that is not the known one."""
    fresh = (a.incident for a in snapshot.alarms if a.detector in DIVERGENCE and a.incident != known)
    return next(fresh, None)
