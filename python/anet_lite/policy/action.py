"""What a policy is, what it reads off a snapshot, and what it decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

if TYPE_CHECKING:
    from anet_lite import Snapshot

State = dict[str, Any]
"""What a policy remembers, of plain types."""


class Action(NamedTuple):
    """What a policy decides in one step."""

    kind: str
    """``none``, ``log``, ``scale_lr``, ``skip_step``, ``stop``, ``save`` or ``rollback``."""
    scale: float
    """Part of the scheduled learning rate to train with from here on."""
    reason: str
    """The rules that led to it; empty for ``none``."""


class Policy(Protocol):
    """Settings and a pure decision."""

    def start(self) -> State:
        """Return the state before the first step, of plain types."""
        ...

    def decide(self, state: State, snapshot: Snapshot) -> tuple[Action, State]:
        """Return the action of this step and the next state. Nothing is changed."""
        ...


NOTHING = Action("none", 1.0, "")

#: Families that a lower rate or an older checkpoint can help against.
DIVERGENCE = frozenset({"drift", "level", "jump", "update_size", "drawdown", "learning_rate", "nonfinite", "reference"})


def reason(snapshot: Snapshot) -> str:
    """Return the rules that fire in this step."""
    return ", ".join(alarm.rule for alarm in snapshot.alarms)


def diverges(snapshot: Snapshot, known: int) -> int | None:
    """Return the incident of an alarm of divergence that is not the known one."""
    fresh = (a.incident for a in snapshot.alarms if a.family in DIVERGENCE and a.incident != known)
    return next(fresh, None)
