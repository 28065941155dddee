"""The verdict on a run that is over, from its loss, its gradient, and whether it had an incident."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from anet_lite.verdict.collapse import by_collapse
from anet_lite.verdict.evaluation import by_evaluation
from anet_lite.verdict.levels import Levels, levels
from anet_lite.verdict.verdict import NEEDED, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy import bool_, float64, intp
    from numpy.typing import NDArray

    Column = tuple[NDArray[float64], NDArray[bool_]]

# Chosen on 69 real logs (`python -m real_runs` in benches/, 2026-11-30): none of 49 healthy ones is called failing or
# worse, each of 12 failing ones is. The closest are a healthy one at 3.2 standard errors and a failing one at 4.2.
_LOST, _WORSE = 0.5, 0.1
"""Parts of the progress that a failing run, and one that settled worse, has given back."""
_SURE, _SURER = 4.0, 6.0
"""Standard errors by which they must be above their best."""
_HIGHER = 1.2
"""By which factor the end must be above the best: on a loss that hardly falls, parts of its progress mean little."""
_GROWN = 2.0
"""By which factor a loss that never fell must have grown: a loss of reinforcement learning may rise in health."""
_LEAST = 0.02
"""The progress below which a loss has no level, as a part of its start."""
_DEAD = 8
"""Gradients of exactly 0 at the end that are no accident, and losses without which the end is not finite."""
_VANISHED = 1e-4
"""A gradient norm as a part of the early ones, at which nothing trains any more, unless the loss is at its best."""
_EARLY = 64
"""Gradient norms whose median is the early one."""


def judge(
    loss: Column | None,
    grad_norm: Column | None,
    incidents: int,
    evaluations: Mapping[str, Column] | None = None,
    collapses: Sequence[int] = (),
) -> Verdict:
    """Judge a run that is over.

    An evaluation loss decides where the training loss tells nothing worse.

    Args:
        loss: Values and whether each was given; None where no loss was read.
        grad_norm: The same of the gradient norm.
        incidents: How many incidents a monitor found.
        evaluations: The evaluation losses by name.
        collapses: Rows in which a monitor's ``collapse`` fired.

    Example:
        >>> import numpy as np
        >>> from anet_lite.verdict import judge
        >>> loss = np.r_[np.linspace(2.0, 1.0, 200), np.full(100, 1.9)]
        >>> verdict = judge((loss, np.ones(300, bool)), None, 1)
        >>> verdict.kind, verdict.since, round(verdict.evidence["kept"], 2)
        ('failing', 200, 0.09)

    """
    found = _by_training(loss, grad_norm, incidents)
    if loss is not None and found.kind in ("healthy", "recovered", "no_progress"):
        found = by_collapse(found, loss, collapses)
    other = by_evaluation(evaluations or {})
    if other is None or found.kind in ("failing", "settled_worse", "collapsed"):
        return found
    return replace(other, evidence={**found.evidence, **other.evidence})


def _by_training(loss: Column | None, grad_norm: Column | None, incidents: int) -> Verdict:
    import numpy as np

    if loss is None or not loss[1].any():
        return Verdict("no_loss", "count", evidence={"losses": 0})
    rows = np.flatnonzero(loss[1])
    values = loss[0][rows]
    finite = np.isfinite(values)
    found = _not_finite(rows, finite) or _levels(rows[finite], values[finite], grad_norm, incidents)
    return replace(found, evidence={"losses": float(len(rows)), **found.evidence})


def _not_finite(rows: NDArray[intp], finite: NDArray[bool_]) -> Verdict | None:
    """Whether the run ends with losses that are not finite: no more than a few finite ones come after."""
    import numpy as np

    if finite[-_DEAD:].all():
        return None
    steady = np.convolve(finite, np.ones(_DEAD), "valid") == _DEAD
    first = int(np.flatnonzero(steady)[-1]) + _DEAD if steady.any() else int(np.flatnonzero(~finite)[0])
    return Verdict("failing", "not_finite", ruined=True, since=int(rows[first]))


def _levels(rows: NDArray[intp], loss: NDArray[float64], grad_norm: Column | None, incidents: int) -> Verdict:
    still = _zero_gradient(grad_norm)
    if len(loss) < NEEDED:
        return still or Verdict("not_judged", "count")
    found = levels(loss)
    evidence = {"start": found.start, "best": found.best, "end": found.end}
    has_level = found.progress >= _LEAST * found.start > 0 and loss.min() >= 0
    if has_level:
        evidence["kept"] = 1 - found.given_back
    if still and not (has_level and found.given_back < _WORSE):
        return replace(still, evidence=evidence)
    if (loss[-NEEDED:] == loss[-1]).all() and found.end > found.start:
        return Verdict("failing", "stuck", ruined=True, since=int(rows[_last_move(loss)]), evidence=evidence)
    if not has_level:
        return replace(_by_growth(rows, found), evidence=evidence)
    return replace(_by_level(rows, found, incidents), evidence=evidence)


def _by_level(rows: NDArray[intp], found: Levels, incidents: int) -> Verdict:
    higher = found.end >= _HIGHER * found.best
    if higher and found.given_back >= _LOST and found.z >= _SURE:
        since = int(rows[found.above_from(found.after(_LOST))])
        return Verdict("failing", "level", ruined=found.given_back >= 1, since=since)
    if higher and found.given_back >= _WORSE and found.z >= _SURER:
        return Verdict("settled_worse", "level", since=int(rows[found.above_from(found.after(_WORSE))]))
    return Verdict("recovered" if incidents else "healthy", "level")


def _by_growth(rows: NDArray[intp], found: Levels) -> Verdict:
    """Judge a loss that never fell, or is negative: all that can be told is that it has grown."""
    if found.best <= 0 or found.end < _GROWN * max(found.start, found.best) or found.z < _SURE:
        return Verdict("no_progress", "level")
    return Verdict("failing", "level", ruined=True, since=int(rows[found.above_from((found.best + found.end) / 2)]))


def _zero_gradient(grad_norm: Column | None) -> Verdict | None:
    """Whether the gradient is 0 at the end, or nothing beside what it was."""
    import numpy as np

    if grad_norm is None:
        return None
    rows = np.flatnonzero(grad_norm[1] & np.isfinite(grad_norm[0]))
    norms = grad_norm[0][rows]
    if len(norms) < 2 * _DEAD:
        return None
    moves = np.flatnonzero(norms > _VANISHED * np.median(norms[:_EARLY]))
    first = int(moves[-1]) + 1 if len(moves) else 0
    dead = len(norms) - first >= _DEAD
    return Verdict("failing", "zero_gradient", ruined=True, since=int(rows[first])) if dead else None


def _last_move(loss: NDArray[float64]) -> int:
    import numpy as np

    return int(np.flatnonzero(loss != loss[-1])[-1]) + 1 if (loss != loss[-1]).any() else 0
