"""Runs that are bad from their first step, judged with a reference: a healthy run of the recipe, of another seed."""

from __future__ import annotations

from anet_lite import Monitor, Reference
from failure_zoo.runs import COLUMNS, Array, Healthy, load

#: Rows that a reference covers.
COVERED = 256


def told() -> str:
    """How many runs without a warm-up are seen with a reference and without, and what healthy runs pay for it."""
    healthy, failing = load()
    known = {(run.recipe, run.seed): run for run in healthy}
    bad = [run for run in failing if run.fault == "no_warm_up"]
    others = {key: _reference(known[key[0], (key[1] + 1) % 10]) for key in known}
    seen = sum(_incidents(run.rows, others[run.recipe, run.seed % 10]) > 0 for run in bad)
    alone = sum(_incidents(run.rows, None) > 0 for run in bad)
    rings = sum(_incidents(run.rows[:COVERED], others[run.recipe, run.seed]) for run in healthy)
    quiet = sum(_incidents(run.rows[:COVERED], None) for run in healthy)
    return (
        f"Without a warm-up, {len(bad)} runs: {seen} seen with a reference, {alone} without. The first {COVERED} steps "
        f"of the {len(healthy)} healthy runs: {rings} false alarms with a reference of another seed, {quiet} without."
    )


def _reference(run: Healthy) -> Reference:
    monitor = Monitor()
    monitor.update_many(**dict(zip(COLUMNS, run.rows.T)))
    return monitor.reference(f"{run.recipe}, seed {run.seed}")


def _incidents(rows: Array, reference: Reference | None) -> int:
    alarms = Monitor(reference=reference).update_many(**dict(zip(COLUMNS, rows.T)))
    return len({alarm.incident for alarm in alarms})
