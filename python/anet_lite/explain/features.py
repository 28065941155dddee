"""What speaks for the causes of an alarm: the scores that stir or fired, and what the newest values look like."""

from __future__ import annotations

from math import inf, isfinite, log
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anet_lite import Snapshot

#: What a score that moved first counts more than one that followed.
_FIRST = 1.5
#: A rate that never fell in the newest 8 rows and has grown by this factor over them is rising: a ramp, not rounding.
_RISING = 1.02
#: Newest values among which one is sought that stands alone; an incident is explained while it is young.
_YOUNG = 17
#: How far a loss and an update stand out that stand alone, and an update that nothing has followed yet.
_LONELY_LOSS, _LONELY_STEP, _UNHEARD_OF = 3.0, 10.0, 100.0
#: A gradient this many times its usual, of whose logarithm the loss has moved at most this part, rises by itself.
_RISEN, _PART = 2.0, 0.25
#: Rows by which the loss comes later than the rest if it follows.
_LATER = 4

_LOSS = {"drift_loss", "level_loss", "jump_loss"}


def evidence(snapshot: Snapshot) -> dict[str, float]:
    """Return what speaks for causes, by name, and how much it counts: names as in ``Cause.evidence``."""
    found = {name: 1.0 for name, _ in snapshot.onset}
    found.update((name, 1.0) for name in snapshot.incident)
    found.update((alarm.rule, 1.0) for alarm in snapshot.alarms)
    if snapshot.first_onset is not None:
        found[snapshot.first_onset] = _FIRST
    for alarm in snapshot.alarms:
        if alarm.family == "reference" and alarm.ratio is not None and alarm.ratio < 1:
            found[f"{alarm.rule}_low"] = found.pop(alarm.rule)
    seen = {
        "nonfinite_loss": newest_is_bad(snapshot.recent("loss")),
        "nonfinite_grad": newest_is_bad(snapshot.recent("grad_norm")),
        "rate_rises": _rises(snapshot.recent("lr")),
        "loss_led": _lead(snapshot.onset) >= 0,
        "loss_followed": _lead(snapshot.onset) <= -_LATER,
        "loss_spike": _stands_alone(snapshot.window("loss"), _LONELY_LOSS, inf),
        "step_spike": _stands_alone(snapshot.window("step_norm"), _LONELY_STEP, _UNHEARD_OF),
        "grad_alone": _rises_alone(snapshot.window("grad_norm"), snapshot.window("loss")),
    }
    found.update((name, 1.0) for name, is_so in seen.items() if is_so)
    return found


def newest_is_bad(values: list[float | None]) -> bool:
    """Whether the newest value was given and is not finite."""
    newest = values[-1]
    return newest is not None and not isfinite(newest)


def _rises(rates: list[float | None]) -> bool:
    known = [rate for rate in rates if rate is not None and 0 < rate < inf]
    return all(a <= b for a, b in zip(known, known[1:])) and len(known) > 1 and known[-1] > _RISING * known[0]


def _lead(stirring: list[tuple[str, int]]) -> float:
    """Rows by which the loss began to stir before gradient, update and noise; NaN where one of the two does not."""
    loss = [began for name, began in stirring if name in _LOSS]
    rest = [began for name, began in stirring if name not in _LOSS]
    return min(rest) - min(loss) if loss and rest else float("nan")


def _stands_alone(values: list[float], factor: float, unfollowed: float) -> bool:
    """Whether one of the newest values is so many times all before it and the middle of what followed it."""
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
    """Logarithm of the mean of the newest four over the middle of what came before the young ones."""
    known = [value for value in values if isfinite(value)]
    if len(known) <= _YOUNG or min(known) <= 0:
        return None
    return log(sum(known[-4:]) / 4 / median(known[:-_YOUNG]))
