"""What a policy is, what it reads off a snapshot, and what it decides."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from anet_lite import Snapshot

State = dict[str, Any]
"""What a policy keeps from step to step, of plain types."""


@dataclass(frozen=True)
class Action:
    """What a policy decides in one step.

    Example:
        >>> from anet_lite import Guard, Monitor, Stop
        >>> Guard(Stop()).step(Monitor().update(loss=float("nan"))).to_dict()
        {'kind': 'stop', 'scale': 1.0, 'reason': 'nonfinite'}

    """

    kind: str
    """``none``, ``log``, ``scale_lr``, ``skip_step``, ``stop``, ``save`` or ``rollback``."""
    scale: float
    """Part of the scheduled learning rate to train with from here on."""
    reason: str
    """The rules that led to it; empty for ``none``."""

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as plain types."""
        return asdict(self)


class Policy(Protocol):
    """Settings and a pure decision."""

    def start(self) -> State:
        """Return the state before the first step, of plain types."""
        ...

    def decide(self, state: State, snapshot: Snapshot) -> tuple[Action, State]:
        """Return the action of this step and the next state. Nothing is changed."""
        ...


NOTHING = Action("none", 1.0, "")

DIVERGENCE = frozenset(
    {
        "drift",
        "level",
        "jump",
        "update_size",
        "drawdown",
        "explosion",
        "lost_progress",
        "early",
        "again",
        "learning_rate",
        "nonfinite",
        "reference",
    }
)
"""Families of rules that a lower rate or an older checkpoint can help against."""


def reason(snapshot: Snapshot) -> str:
    """Return the rules that fire in this step."""
    return ", ".join(alarm.rule for alarm in snapshot.alarms)


def diverges(snapshot: Snapshot, known: int) -> int | None:
    """Return the incident of an alarm of divergence that is not the known one."""
    fresh = (a.incident for a in snapshot.alarms if a.family in DIVERGENCE and a.incident != known)
    return next(fresh, None)
