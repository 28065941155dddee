"""The monitor as a detector of the zoo, with all signals or fewer, and what it names as the cause."""

from __future__ import annotations

import numpy as np

from anet_lite import Alarm, Monitor, Snapshot, explain
from failure_zoo.recipes import CHANGES
from failure_zoo.runs import COLUMNS, Array, Failing, Healthy
from failure_zoo.score import Detector
from failure_zoo.second.runs import ALL_COLUMNS

SIGNALS = {"all signals": 5, "loss and gradient norm": 2, "loss alone": 1}
#: Which causes are right for a fault.
RIGHT = {
    "rate_jump": {"rate_too_high"},
    "rate_ramp": {"rate_too_high"},
    "rate_drop": {"rate_lost"},
    "hidden_rate": {"optimizer_state", "rate_too_high"},
    "nonfinite": {"bad_number"},
    "overflow": {"overflow"},
    "underflow": {"vanishing"},
    "frozen_parameters": {"not_updated"},
    "frozen_data": {"repeated_data"},
    "stuck_loss": {"stale_value"},
    "dead_layer": {"vanishing", "weights_overwritten"},
    "lost_state": {"optimizer_state"},
    "no_zero_grad": {"gradients_pile_up"},
    "wrong_labels": {"data_changed"},
    "dead_input": {"data_changed"},
    "scaled_input": {"data_changed"},
    "poison": {"bad_batch"},
    "sticky_momentum": {"gradients_pile_up", "optimizer_state"},
    "ascent": {"wrong_direction"},
    "bit_flip": {"weights_overwritten"},
    "sorted_data": {"forgetting", "repeated_data", "data_changed"},
    "strong_decay": {"weight_decay"},
    "noisy_gradient": {"gradient_corrupted"},
    "tiny_batch": {"gradient_corrupted"},
}


def watched(rows: Array, signals: int = 5, rate: float = 1.0) -> tuple[Monitor, list[Alarm]]:
    """A monitor that has seen the rows, all columns or the first `signals` of the five, and its alarms."""
    names = ALL_COLUMNS[: rows.shape[1]] if signals == 5 else (*COLUMNS[:signals], "step")
    watch = Monitor(rate)
    told = watch.update_many({name: rows[:, ALL_COLUMNS.index(name)] for name in names})
    return watch, list(told.alarms)


def monitor(signals: int, rate: float = 1.0) -> Detector:
    """The monitor on the first `signals` of loss, grad_norm, step_norm, noise and lr; on all columns where it is 5."""
    return lambda rows: sorted({alarm.incident for alarm in watched(rows, signals, rate)[1]})


def announced(run: Healthy, rate: float = 1.0) -> list[int]:
    """The incidents of a run whose user announces every change by a note."""
    watch, found = Monitor(rate), []
    for piece in np.split(run.rows, CHANGES.get(run.recipe, ())):
        found += [alarm.incident for alarm in watch.update_many(dict(zip(COLUMNS, piece.T))).alarms]
        watch.note("the next part of the recipe")
    return sorted(set(found))


def alarm_after(run: Failing, wait: int = 0) -> Snapshot | None:
    """The last snapshot with alarms of the `wait` steps after the first alarm that follows the onset."""
    watch, first, told = Monitor(), None, None
    for row, values in enumerate(run.rows.tolist()):
        snap = watch.update(*values[:5], int(values[5]), **dict(zip(ALL_COLUMNS[6:], values[6:])))
        if snap.alarms and row >= run.onset:
            first = row if first is None else first
            told = snap
        if first is not None and row >= first + wait:
            break
    return told


def causes_named(run: Failing, wait: int = 0) -> list[str]:
    """The causes in order, as explained `wait` steps after the first alarm."""
    snap = alarm_after(run, wait)
    return [] if snap is None else [cause.name for cause in explain(snap).causes]
