"""What a snapshot shows of the cause of its alarms: the rules at their onset, and what the newest values look like."""

from __future__ import annotations

from math import inf, isfinite, log
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anet_lite import Snapshot

_FIRST = 1.5
"""Weight of the rule with the first onset; those that followed count 1."""
_RISING = 1.02
"""Factor by which a rate that never fell has grown over its newest 8 rows where it rises: a ramp, not rounding."""
_YOUNG = 17
"""Newest values among which one is sought that stands alone: an incident is explained while it is young."""
_LONELY_LOSS, _LONELY_STEP = 3.0, 10.0
"""Factors by which a loss and an update that stand alone exceed all before them and the median after them."""
_UNHEARD_OF = 100.0
"""Factor by which an update that nothing has followed yet exceeds all before it."""
_RISEN, _PART = 2.0, 0.25
"""A gradient this many times its usual rises alone where the loss moved by less than this part of its logarithm."""
_LATER = 4
"""Rows by which the loss comes later than the rest where it follows."""

_LOSS = {"drift_loss", "level_loss", "jump_loss"}


def features(snapshot: Snapshot) -> dict[str, float]:
    """Return the features of a snapshot with alarms, each with its weight: names as in ``Cause.weights``."""
    found = {name: 1.0 for name, _ in snapshot.onset}
    found.update((name, 1.0) for name in snapshot.incident)
    found.update((alarm.rule, 1.0) for alarm in snapshot.alarms)
    if snapshot.first_onset is not None:
        found[snapshot.first_onset] = _FIRST
    for alarm in snapshot.alarms:
        if alarm.family == "reference" and alarm.ratio is not None and alarm.ratio < 1:
            found[f"{alarm.rule}_low"] = found.pop(alarm.rule)
    found.update((name, 1.0) for name, is_so in _seen(snapshot).items() if is_so)
    return found


def _seen(snapshot: Snapshot) -> dict[str, bool]:
    """Return what the newest values and the order of the onsets look like, by name."""
    lead = _lead(snapshot.onset)
    return {
        "nonfinite_loss": newest_is_bad(snapshot.recent("loss")),
        "nonfinite_grad": newest_is_bad(snapshot.recent("grad_norm")),
        "rate_rises": _rises(snapshot.recent("lr")),
        "loss_led": lead >= 0,
        "loss_followed": lead <= -_LATER,
        "loss_spike": _stands_alone(snapshot.window("loss"), _LONELY_LOSS, inf),
        "step_spike": _stands_alone(snapshot.window("step_norm"), _LONELY_STEP, _UNHEARD_OF),
        "grad_alone": _rises_alone(snapshot.window("grad_norm"), snapshot.window("loss")),
    }


def newest_is_bad(values: list[float | None]) -> bool:
    """Whether the newest value was given and is not finite."""
    newest = values[-1]
    return newest is not None and not isfinite(newest)


def _rises(rates: list[float | None]) -> bool:
    known = [rate for rate in rates if rate is not None and 0 < rate < inf]
    return all(a <= b for a, b in zip(known, known[1:])) and len(known) > 1 and known[-1] > _RISING * known[0]


def _lead(onsets: list[tuple[str, int]]) -> float:
    """Rows by which the onset of the loss precedes that of all else; NaN where one of the two has none."""
    loss = [row for name, row in onsets if name in _LOSS]
    rest = [row for name, row in onsets if name not in _LOSS]
    return min(rest) - min(loss) if loss and rest else float("nan")


def _stands_alone(values: list[float], factor: float, unfollowed: float) -> bool:
    """Whether one of the newest values is ``factor`` times all before it and the median of what followed it.

    Where nothing followed it yet, it must be ``unfollowed`` times all before it.
    """
    known = [value for value in values if isfinite(value)]
    at = max(range(max(0, len(known) - _YOUNG), len(known)), key=known.__getitem__, default=0)
    before, after = known[:at], known[at + 1 :]
    if not before or max(before) <= 0:
        return False
    if not after:
        return known[at] >= unfollowed * max(before)
    return known[at] >= factor * max(*before, median(after))


def _rises_alone(norms: list[float], losses: list[float]) -> bool:
    """Whether the gradient is far above its usual and the loss has hardly moved."""
    (norm, loss) = _growth(norms), _growth(losses)
    return norm is not None and loss is not None and norm > log(_RISEN) and loss < _PART * norm


def _growth(values: list[float]) -> float | None:
    """Logarithm of the mean of the newest four values over the median of all before the newest ``_YOUNG``."""
    known = [value for value in values if isfinite(value)]
    if len(known) <= _YOUNG or min(known) <= 0:
        return None
    return log(sum(known[-4:]) / 4 / median(known[:-_YOUNG]))
