"""Back to a checkpoint that has proved good."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from anet_lite._internal.validate import at_least, between
from anet_lite.policy.action import NOTHING, Action, State, diverges

if TYPE_CHECKING:
    from anet_lite import Snapshot


@dataclass(frozen=True)
class Rollback:
    """Goes back to a checkpoint that has proved good, a limited number of times, and then stops there.

    Every `every` healthy steps a checkpoint is saved; it is promoted, that is trusted, when `promote_after` healthy
    steps have followed. An incident of divergence that is failing goes back to the trusted one; while there is none, it
    is only logged. Save the monitor's ``state_dict`` with the checkpoint and load it too: its baselines are those of
    the good run then, and it need not learn anew. Where the monitor cannot be set back, call its ``note``. After each
    way back the learning rate is multiplied by `factor`, where the loop obeys ``Guard.scale``.
    """

    every: int = 200
    promote_after: int = 100
    max_attempts: int = 3
    factor: float = 1.0

    def start(self) -> State:
        """Return the state before the first step."""
        at_least("every", self.every, 1)
        at_least("promote_after", self.promote_after, 1)
        at_least("max_attempts", self.max_attempts, 1)
        if self.factor != 1:
            between("factor", self.factor, 0, 1)
        return {
            "scale": 1.0,
            "calm": 0,
            "saved": -1,
            "trusted": -1,
            "attempts": 0,
            "handled": -1,
            "pending": -1,
            "row": -1,
        }

    def decide(self, state: State, snapshot: Snapshot) -> tuple[Action, State]:
        """Save, promote, go back or stop."""
        following = {**state, **_pending(state, snapshot), "row": snapshot.row}
        following["calm"] = state["calm"] + 1 if snapshot.status == "healthy" else 0
        if snapshot.status == "failing" and following["pending"] >= 0:
            return self._go_back(following, snapshot)
        if following["calm"] >= self.promote_after and state["saved"] >= 0:
            following |= {"trusted": state["saved"], "saved": -1, "calm": 0}
        elif following["calm"] >= self.every and state["saved"] < 0:
            following |= {"saved": snapshot.step, "calm": 0}
            return Action("save", 1.0, "calm"), following
        return NOTHING, following

    def _go_back(self, state: State, snapshot: Snapshot) -> tuple[Action, State]:
        reason = ", ".join(snapshot.firing) or "failing"
        following = {**state, "handled": state["pending"], "pending": -1, "saved": -1}
        if state["trusted"] < 0:
            return Action("log", 1.0, reason), following
        following["attempts"] += 1
        if state["attempts"] >= self.max_attempts:
            return Action("stop", state["scale"], reason), following
        following["scale"] *= self.factor
        return Action("rollback", following["scale"], reason), following


def _pending(state: State, snapshot: Snapshot) -> State:
    """Return the incident of divergence that may still become a failure, and the one that was dealt with."""
    pending, handled = state["pending"], state["handled"]
    if snapshot.row <= state["row"]:
        pending = handled = -1  # The monitor was set back, to rows before its incidents.
    opened = diverges(snapshot, handled)
    if opened is not None:
        pending = opened
    elif snapshot.status in ("healthy", "warming_up"):
        pending = -1
    return {"pending": pending, "handled": handled}
