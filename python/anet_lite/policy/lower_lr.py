"""A lower learning rate, and the way back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from anet_lite._internal.validate import at_least, between
from anet_lite.policy.action import Action, State, diverges, reason

if TYPE_CHECKING:
    from anet_lite import Snapshot

_AGAIN = 50
"""Failing rows after which it acts once more in an incident."""


@dataclass(frozen=True)
class LowerLR:
    """Multiplies the learning rate by `factor` when an incident of divergence opens, and goes back when it is calm.

    Once an incident, and once more for every 50 steps that it goes on failing; never below `floor` of the scheduled
    rate; one notch back after `recover` healthy steps.
    """

    factor: float = 0.5
    floor: float = 0.05
    recover: int = 200
    needs: ClassVar[str] = "scale_lr"

    def start(self) -> State:
        """Return the state before the first step."""
        between("factor", self.factor, 0, 1)
        between("floor", self.floor, 0, 1)
        at_least("recover", self.recover, 1)
        return {"scale": 1.0, "incident": -1, "calm": 0, "failing": 0}

    def decide(self, state: State, snapshot: Snapshot) -> tuple[Action, State]:
        """Lower, recover or leave the rate as it is."""
        opened = diverges(snapshot, state["incident"])
        failing = state["failing"] + 1 if snapshot.status == "failing" and state["incident"] >= 0 else 0
        calm = state["calm"] + 1 if snapshot.status == "healthy" else 0
        scale, incident = state["scale"], state["incident"]
        if opened is not None or failing >= _AGAIN:
            scale, failing = max(self.floor, scale * self.factor), 0
            incident = opened if opened is not None else incident
        elif calm >= self.recover and scale < 1:
            scale, calm = min(1.0, scale / self.factor), 0
        elif calm:
            incident = -1 if scale == 1 else incident
        following = {"scale": scale, "incident": incident, "calm": calm, "failing": failing}
        if scale == state["scale"]:
            return Action("none", scale, ""), following
        why = reason(snapshot) or ("calm" if scale > state["scale"] else "failing")
        return Action("scale_lr", scale, why), following
