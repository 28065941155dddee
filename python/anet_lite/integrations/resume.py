"""The losses on both sides of a resume: the first after it should cost no more than the last before it."""

from __future__ import annotations

from collections import deque
from math import isfinite, sqrt
from statistics import fmean, median
from typing import TYPE_CHECKING

from anet_lite._native import AnetValueError

if TYPE_CHECKING:
    from anet_lite.integrations.remarks import Remarks

#: Losses of which a median is taken, and those that are kept; with fewer than `LEAST` nothing is compared.
ROWS, KEPT, LEAST = 8, 128, 64
#: By how many times what such medians usually move from one to the next, and by what part of itself, the loss must
#: rise. Chosen by what the healthy curves of tests/test_resume.py do, cut in two (2026-12-01).
CLEAR, PART = 5.0, 0.05


class ResumeJump:
    """Compares the median of the first eight losses after a resume with that of the last eight before it.

    The measure of the difference is the root mean square by which medians of eight losses moved from one to the next
    among the 128 before the resume: noise and trend are in it. Only a rise is told: a fall is what the end of an epoch
    does. Where the run goes back, the monitor compares the same steps instead (rule ``resumed_worse``). A loss that is
    not finite is left out.

    Args:
        remarks: Where it is told.

    Example:
        >>> from anet_lite.integrations.remarks import Remarks
        >>> from anet_lite.integrations.resume import ResumeJump
        >>> before, after = ResumeJump(Remarks(quiet=True)), ResumeJump(remarks := Remarks(quiet=True))
        >>> for step in range(128):
        ...     before.take(step, 2.0 + step % 3)
        >>> after.load_state_dict(before.state_dict())
        >>> for step in range(128, 136):
        ...     after.take(step, 9.0)
        >>> remarks.all[0].text[:60]
        'Step 135: the loss jumped at the resume, from 3 to 9 in the '

    """

    def __init__(self, remarks: Remarks) -> None:
        self._remarks = remarks
        self._losses: deque[float] = deque(maxlen=KEPT)
        self._last: int = -1
        self._head: list[float] | None = None
        """The losses since the resume, None where there was none or it has been judged."""

    def take(self, step: int, loss: float | None) -> None:
        """Take the loss of a step; None is none."""
        if loss is None or not isfinite(loss):
            return
        if self._head is not None:
            self._follow(step, loss)
        self._losses.append(loss)
        self._last = step

    def _follow(self, step: int, loss: float) -> None:
        head = self._head or []
        if step <= self._last:  # the same steps again, which the monitor compares
            self._head = None
            return
        self._head = [*head, loss]
        if len(self._head) == ROWS:
            self._judge(step, median(self._head), list(self._losses)[: -(ROWS - 1)])
            self._head = None

    def _judge(self, step: int, now: float, before: list[float]) -> None:
        if len(before) < LEAST:
            return
        medians = [median(before[at - ROWS : at]) for at in range(len(before), ROWS - 1, -ROWS)]
        usual, rise = sqrt(fmean((one - other) ** 2 for one, other in zip(medians, medians[1:]))), now - medians[0]
        if rise > CLEAR * usual and rise > PART * abs(medians[0]):
            self._remarks.say("resume_jump", step, step, at=step, before=medians[0], now=now, rows=ROWS, usual=usual)

    def state_dict(self) -> dict[str, object]:
        """Return the newest losses and the step of the last, as plain types."""
        return {"step": self._last, "losses": list(self._losses)}

    def load_state_dict(self, state: dict[str, object]) -> None:
        """Go on from a state: what comes is compared with its losses.

        Raises:
            ValueError: It is not what `state_dict` gave.

        """
        step, losses = checked_tail(state)
        self._last, self._losses, self._head = step, deque(losses, maxlen=KEPT), []


def checked_tail(state: object) -> tuple[int, list[float]]:
    """Return step and losses of a state.

    Raises:
        ValueError: It is not what `ResumeJump.state_dict` gave.

    """
    if isinstance(state, dict) and state.keys() == {"step", "losses"}:  # pyright: ignore[reportUnknownMemberType]
        step, losses = state["step"], state["losses"]  # pyright: ignore[reportUnknownVariableType]
        if isinstance(step, int) and isinstance(losses, list) and all(isinstance(loss, float) for loss in losses):  # pyright: ignore[reportUnknownVariableType]
            return step, losses  # pyright: ignore[reportUnknownVariableType]
    raise AnetValueError("state of losses must be what ResumeJump.state_dict gave")
