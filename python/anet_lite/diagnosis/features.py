"""What a snapshot shows of the cause of its alarms: the rules at their onset, and what the newest values look like."""

from __future__ import annotations

from math import inf, isfinite
from typing import TYPE_CHECKING

from anet_lite.diagnosis import shapes
from anet_lite.diagnosis.signal_names import common_name, is_of_policy

if TYPE_CHECKING:
    from anet_lite import Alarm, Snapshot

_FIRST = 1.5
"""Weight of the rule with the first onset; those that followed count 1."""
_LONELY_LOSS, _LONELY_STEP = 3.0, 10.0
"""Factors by which a loss and an update that stand alone exceed all before them and the median after them."""
_UNHEARD_OF = 100.0
"""Factor by which an update that nothing has followed yet exceeds all before it."""
_LATER = 4
"""Rows by which the loss comes later than the rest where it follows."""

_LOSS = {"drift_loss", "level_loss", "jump_loss"}
_SUMS = {"drift_loss", "drift_both", "level_loss"}
"""Rules of means and sums: in the row of a jump they rise by the jump alone, and say nothing of their own."""


def features(snapshot: Snapshot) -> dict[str, float]:
    """Return the features of a snapshot in an incident, each with its weight: names as in ``Cause.weights``."""
    found = {name: 1.0 for name, _ in snapshot.onset}
    found.update((name, 1.0) for name in snapshot.incident)
    found.update((alarm.rule, 1.0) for alarm in snapshot.alarms)
    if snapshot.first_onset is not None:
        found[snapshot.first_onset] = _FIRST
    for name in _SUMS & _just_risen(snapshot) if "jump_loss" in found else ():
        del found[name]
    read = [(alarm.rule, _read(alarm)) for alarm in snapshot.alarms if alarm.rule in found]
    found.update((name, found[rule]) for rule, name in read)
    for rule, name in read:
        if name != rule:
            found.pop(rule, None)
    if "frozen_loss" in found and snapshot.loss is not None:
        found[_standing(snapshot.loss)] = found.pop("frozen_loss")
    found.update((name, 1.0) for name, is_so in _seen(snapshot).items() if is_so)
    return found


def _read(alarm: Alarm) -> str:
    """Return what an alarm is a feature of: its rule, or more exactly by its value, its ratio, its signal."""
    if alarm.family == "reference" and alarm.ratio is not None and alarm.ratio < 1:
        return f"{alarm.rule}_low"
    if alarm.rule in ("signal_rise", "signal_fall"):
        return f"{common_name(alarm.signal)}_{alarm.rule[7:]}s"
    if alarm.rule == "signal_nonzero":
        return f"{common_name(alarm.signal)}_nonzero"
    return alarm.rule


def _standing(loss: float) -> str:
    """Return what a loss that repeats is a feature of."""
    return "zero_loss" if loss == 0 else "chance_level" if shapes.is_chance(loss) else "frozen_loss"


def _just_risen(snapshot: Snapshot) -> set[str]:
    return {name for name, row in snapshot.onset if row == snapshot.row}


def _seen(snapshot: Snapshot) -> dict[str, bool]:
    """Return what the newest values and the order of the onsets look like, by name."""
    lead = _lead(snapshot.onset)
    loss, moved, rate = (snapshot.window(name) for name in ("loss", "step_norm", "lr"))
    norm, named = _norms(snapshot), snapshot._known_signals  # pyright: ignore[reportPrivateUsage]
    climbs, moves_more = shapes.climbs(loss), shapes.moves_more(moved, norm)
    faster = climbs and shapes.accelerates(loss) and not shapes.outruns(moved, loss)
    return {
        "nonfinite_loss": newest_is_bad(snapshot.recent("loss")),
        "nonfinite_grad": newest_is_bad(snapshot.recent("grad_norm")),
        "rate_rises": shapes.has_risen(rate),
        "rate_steady": shapes.has_not_risen(rate),
        "loss_led": lead >= 0,
        "loss_followed": lead <= -_LATER,
        "loss_spike": shapes.stands_alone(loss, _LONELY_LOSS, inf),
        "step_spike": shapes.stands_alone(moved, _LONELY_STEP, _UNHEARD_OF),
        "zero_grad": snapshot.grad_norm == 0,
        "grad_alone": shapes.rises_alone(norm, loss),
        "grad_grows": shapes.grows(norm),
        "moves_more": moves_more,
        "shrinks_evenly": shapes.shrinks_evenly(moved),
        "noisier": shapes.scatters_more(loss),
        "rescaled": shapes.is_rescaled(loss, norm, rate),
        "loss_negative": shapes.turned_negative(loss),
        "overshot": shapes.overshot(loss),
        "climbs": climbs,
        "stepped": shapes.stepped(loss),
        "accelerates": faster,
        "shrinking": moves_more and climbs and not faster,
        "grad_smooth": shapes.runs_smoother(norm),
        "steady_fall": shapes.falls_steadily(loss),
        "near_zero": shapes.is_near_zero(loss),
        "half_precision": "loss_scale" in named or shapes.is_half_precision(loss),
        "is_policy": is_of_policy(named),
        **_logged(snapshot),
    }


def _logged(snapshot: Snapshot) -> dict[str, bool]:
    """Return what values of named signals say by themselves, whatever they were before."""
    newest = {common_name(name): value for name, value in snapshot.signals.items()}
    margin = newest.get("rewards_margins", inf)
    return {
        "no_reward_spread": newest.get("reward_std") == 0 or newest.get("frac_reward_zero_std") == 1,
        "no_margin": margin == 0,
        "negative_margin": margin < 0,
    }


def newest_is_bad(values: list[float | None]) -> bool:
    """Whether the newest value was given and is not finite."""
    newest = values[-1]
    return newest is not None and not isfinite(newest)


def _norms(snapshot: Snapshot) -> list[float]:
    """Return the gradient norms with the newest eight in full: the window may hold only rows with an update."""
    newest = [norm for norm in snapshot.recent("grad_norm") if norm is not None]
    known = set(newest)
    return [norm for norm in snapshot.window("grad_norm") if norm not in known] + newest


def _lead(onsets: list[tuple[str, int]]) -> float:
    """Rows by which the onset of the loss precedes that of all else; NaN where one of the two has none."""
    loss = [row for name, row in onsets if name in _LOSS]
    rest = [row for name, row in onsets if name not in _LOSS]
    return min(rest) - min(loss) if loss and rest else float("nan")
