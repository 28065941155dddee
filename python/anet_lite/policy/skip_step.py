"""A step left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from anet_lite._internal.validate import at_least
from anet_lite.diagnosis.features import newest_is_bad
from anet_lite.policy.action import NOTHING, Action, State

if TYPE_CHECKING:
    from anet_lite import Snapshot


@dataclass(frozen=True)
class SkipStep:
    """Skips the optimizer's step where a signal is not finite or a single step jumps, `at_most` times in a row.

    Update the monitor before the optimizer's step, with loss and gradient norm. After that many in a row the data are
    not the cause: jumps are let through, and a run whose signals are still not finite stops, since such a gradient
    would end it.
    """

    at_most: int = 10
    needs: ClassVar[str] = "skip_step"

    def start(self) -> State:
        """Return the state before the first step."""
        at_least("at_most", self.at_most, 1)
        return {"skipped": 0}

    def decide(self, state: State, snapshot: Snapshot) -> tuple[Action, State]:
        """Skip a bad step; after too many in a row go on, or stop where going on would end the run."""
        spoiled = any(newest_is_bad(snapshot.recent(name)) for name in ("loss", "grad_norm"))
        if not spoiled and not any(rule.startswith("jump_") for rule in snapshot.firing):
            return NOTHING, {"skipped": 0}
        if state["skipped"] < self.at_most:
            return Action("skip_step", 1.0, ", ".join(snapshot.firing)), {"skipped": state["skipped"] + 1}
        return (Action("stop", 1.0, "nonfinite") if spoiled else NOTHING), state
