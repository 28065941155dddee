"""The end of a run that is failing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from anet_lite._internal.validate import at_least
from anet_lite.policy.action import NOTHING, Action, State, reason

if TYPE_CHECKING:
    from anet_lite import Snapshot


@dataclass(frozen=True)
class Stop:
    """Stops the run when it is failing for `patience` steps in a row."""

    patience: int = 1

    def start(self) -> State:
        """Return the state before the first step."""
        at_least("patience", self.patience, 1)
        return {"failing": 0}

    def decide(self, state: State, snapshot: Snapshot) -> tuple[Action, State]:
        """Stop in the step in which the patience ends."""
        failing = state["failing"] + 1 if snapshot.status == "failing" else 0
        action = Action("stop", 1.0, reason(snapshot) or "failing") if failing >= self.patience else NOTHING
        return action, {"failing": failing}
