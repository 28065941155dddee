"""What a verdict holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

KINDS = (
    "healthy",
    "recovered",
    "settled_worse",
    "overfits",
    "collapsed",
    "failing",
    "no_progress",
    "not_judged",
    "no_loss",
)
"""How a run went, from the best to what cannot be told.

``healthy``: no incident, and the loss keeps its progress. ``recovered``: the same after incidents. ``settled_worse``:
the loss ends above its best level by a tenth of its progress or more. ``overfits``: the training loss tells nothing
worse, and an evaluation loss ends more than a tenth above its best. ``collapsed``: the loss fell faster than the run
ever learned, and stays there: no training does that, but a leak, one batch for ever, targets that are gone, or a
flipped sign. ``failing``: the loss ends above its best level by
half of its progress or more; or it, or an evaluation loss, is not finite, or nothing moves. ``no_progress``: the loss
has no level to judge by, since it never fell from its start, or is negative. ``not_judged``: too few losses.
``no_loss``: none was read.
"""

NEEDED = 32
"""Finite losses below which no level is judged."""


@dataclass(frozen=True)
class Verdict:
    """How a run went."""

    kind: str
    """One of ``KINDS``."""
    reason: str
    """What decided: ``level``, ``not_finite``, ``zero_gradient``, ``stuck``, ``collapse``,
    ``evaluation``, ``evaluation_not_finite``, ``signal``, or ``count``."""
    ruined: bool = False
    """Whether all of the progress is gone, or nothing is left that could train."""
    since: int | None = None
    """The row from which it holds, counted from 0; None where it holds of the whole run. Of ``overfits`` the row of the
    best evaluation."""
    step: int | None = None
    """The step of that row."""
    signal: str = ""
    """The evaluation loss or the named signal that decided, where one did."""
    evidence: dict[str, float] = field(default_factory=dict[str, float])
    """``losses``; where there are levels ``start``, ``best``, ``end``, and ``kept``, the part of the progress; of
    ``collapsed`` also ``before``, the level from which it fell; of ``overfits`` also ``evaluations``,
    ``best_evaluation`` and ``last_evaluation``."""

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as plain types."""
        return {**vars(self), "evidence": dict(self.evidence)}
