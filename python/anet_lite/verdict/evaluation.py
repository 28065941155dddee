"""The verdict of the evaluation losses: the model learned its data by heart, or its evaluation gave no number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anet_lite.verdict.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy import bool_, float64
    from numpy.typing import NDArray

    Column = tuple[NDArray[float64], NDArray[bool_]]

NEEDED_EVALUATIONS = 4
_MANY = 8
"""Evaluations from which on single ones count for nothing: the end is a median of three, and so is the best."""
_HIGHER = 1.1
"""By which factor the end must be above the best."""
_SURE, _SURER = 3.0, 5.0
"""By how many standard deviations of one evaluation, of many and of few. Of 2,000 simulated flat series of each length
from 4 to 60, at most 0.1 % overfit with noise of 2 %, and at most 2 % with noise of 5 to 20 %."""
_BEND = 1.652
"""The median of the absolute second differences of white noise, in its standard deviations. A trend has none."""


def by_evaluation(evaluations: Mapping[str, Column]) -> Verdict | None:
    """Return the verdict of the first evaluation loss that ends without a number, or else that overfits.

    Args:
        evaluations: Values of each evaluation loss by name, and whether each row gave one.

    Example:
        >>> import numpy as np
        >>> from anet_lite.verdict.evaluation import by_evaluation
        >>> losses = np.array([0.62, 0.54, 0.515, 0.55, 0.61, 0.7, 0.8, 0.921])
        >>> verdict = by_evaluation({"eval_loss": (losses, np.ones(8, bool))})
        >>> verdict.kind, verdict.since, verdict.evidence["best_evaluation"]
        ('overfits', 2, 0.515)

    """
    found = [_not_finite(name, column) for name, column in evaluations.items()]
    found += [_overfits(name, column) for name, column in evaluations.items()]
    return next((verdict for verdict in found if verdict), None)


def _not_finite(name: str, column: Column) -> Verdict | None:
    import numpy as np

    rows = np.flatnonzero(column[1])
    finite = np.isfinite(column[0][rows])
    if not len(rows) or finite[-1]:
        return None
    since = int(np.flatnonzero(finite)[-1]) + 1 if finite.any() else 0
    return Verdict("failing", "evaluation_not_finite", since=int(rows[since]), signal=name)


def _overfits(name: str, column: Column) -> Verdict | None:
    import numpy as np

    rows = np.flatnonzero(column[1] & np.isfinite(column[0]))
    losses = column[0][rows]
    if len(losses) < NEEDED_EVALUATIONS:
        return None
    at = int(losses.argmin())
    best, end = float(losses[at]), _end(losses)
    level = best if len(losses) < _MANY else float(np.median(losses[max(0, at - 1) : at + 2]))
    sure = (_SURER if len(losses) < _MANY else _SURE) * _noise(losses)
    rises = min(end, float(losses[-1])) > _HIGHER * best > 0 and end - level > sure
    if not rises or len(losses) - 1 - at < 2:
        return None
    evidence = {"evaluations": float(len(losses)), "best_evaluation": best, "last_evaluation": float(losses[-1])}
    return Verdict("overfits", "evaluation", since=int(rows[at]), signal=name, evidence=evidence)


def _end(losses: NDArray[float64]) -> float:
    import numpy as np

    return float(losses[-2:].min() if len(losses) < _MANY else np.median(losses[-3:]))


def _noise(losses: NDArray[float64]) -> float:
    """Return the standard deviation of one evaluation."""
    import numpy as np

    bends = np.sort(np.abs(np.diff(losses, 2)))
    return float(bends[len(bends) // 2]) / _BEND
