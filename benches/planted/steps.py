"""Step numbers as logs have them: repeated, starting again with each epoch, and rewound by a resume."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from failure_zoo.zoo import parts
from planted.watched import COLUMNS, alarms, columns, opened, rate, within

if TYPE_CHECKING:
    from planted.watched import Array

#: The row before which a resume goes back, and how many rows it runs on.
RESUME, ROWS = 800, 400
#: A resume sees its batches in another order: each row is exchanged with one of as many about it.
SHUFFLED = 24
#: Rows in which a worse resume must be found.
WITHIN = 64


def renumbered(kind: str) -> str:
    """Count the false alarms of healthy runs whose steps are given as they are, twice each, or anew in each epoch."""
    counts, rows = [], 0
    for run in parts()[0].healthy:
        signals, row = columns(run.rows), np.arange(len(run.rows))
        signals["step"] = {"counted": row, "twice each": row // 2, "anew each 300": row % 300}[kind].astype(float)
        counts.append(len(opened(signals)))
        rows += len(run.rows)
    return rate(counts, rows)


def resumed(rows: Array, back: int, factor: float, seed: int) -> dict[str, Array]:
    """Return a run that goes back by so many steps, and whose loss is then higher by a factor."""
    again = rows[RESUME - back : RESUME - back + ROWS].copy()
    order = np.argsort(np.arange(len(again)) + np.random.default_rng(seed).uniform(0, SHUFFLED, len(again)))
    step = COLUMNS.index("step")
    again[:, :step] = again[order, :step]
    again[:, COLUMNS.index("loss")] *= factor
    return columns(np.concatenate([rows[:RESUME], again]))


def worse_found(back: int, factor: float) -> str:
    """Count the resumed runs that ring in time, and those whose alarms name the resume; with factor 1 all are false."""
    healthy = parts()[0].healthy
    runs = [resumed(run.rows, back, factor, seed) for seed, run in enumerate(healthy)]
    rang = sum(within(opened(run), RESUME, WITHIN) for run in runs)
    named = sum(any(alarm.rule == "resumed_worse" for alarm in alarms(run)) for run in runs)
    return f"{rang} of {len(runs)} ring, {named} name the resume"
