"""Messages and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from anet_lite.policy.action import NOTHING, Action, State, reason

if TYPE_CHECKING:
    from anet_lite import Snapshot


@dataclass(frozen=True)
class LogOnly:
    """Does nothing but what every guard does: log incidents in words. The default."""

    def start(self) -> State:
        """Return the state before the first step."""
        return {}

    def decide(self, state: State, snapshot: Snapshot) -> tuple[Action, State]:
        """Say ``log`` where there is an alarm."""
        why = reason(snapshot)
        return (Action("log", 1.0, why) if why else NOTHING), state
