"""What the monitor says of a fault."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from anet_lite import Monitor, Snapshot, explain
from rule_runs.healthy import ROWS, Signals, healthy

if TYPE_CHECKING:
    from rule_runs.faults import Fault

DIRECTIONS = {"kl": "rises", "reward": "falls", "val_loss": "rises", "bad_tensors": "nonzero"}
SEEN_BY_A_REFERENCE = ("early_loss", "early_grad", "early_update", "early_rate")


class Fired(NamedTuple):
    """The first alarm of the rule, and the run up to its end."""

    run: Signals
    row: int
    text: str


def spoilt(fault: Fault) -> Signals:
    """Return the healthy run with the fault in it."""
    run, rows = healthy(), slice(fault.row, None)
    with np.errstate(invalid="ignore"):
        fault.spoil(run, rows, np.arange(ROWS - fault.row))
    return run


def rows_of(run: Signals) -> list[dict[str, float]]:
    """Return what ``Monitor.update`` is given in each row; an evaluation only where there was one."""
    rows = [{name: float(values[at]) for name, values in run.items()} for at in range(ROWS)]
    return [{n: v for n, v in row.items() if n != "val_loss" or not np.isnan(v)} for row in rows]


def monitor_of(fault: Fault, run: Signals) -> Monitor:
    """Return the monitor that can see the fault."""
    named = {name: DIRECTIONS[name] for name in run if name in DIRECTIONS}
    if fault.rule not in SEEN_BY_A_REFERENCE:
        return Monitor(signals=named)
    good = Monitor()
    snapshots(good, healthy(seed=1))
    return Monitor(reference=good.reference("a good run"), signals=named)


def snapshots(monitor: Monitor, run: Signals) -> list[Snapshot]:
    """Give a run to a monitor."""
    return [monitor.update(**{**row, "step": int(row.get("step", at))}) for at, row in enumerate(rows_of(run))]  # type: ignore[arg-type]


def fired(fault: Fault) -> Fired | None:
    """Return the first alarm of the rule that the fault is there to show, or None."""
    run = spoilt(fault)
    for row, seen in enumerate(snapshots(monitor_of(fault, run), run)):
        if any(alarm.rule == fault.rule for alarm in seen.alarms):
            return Fired(run, row, explain(seen))
    return None
