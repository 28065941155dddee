"""Runs that are bad from their first step: ``python -m failure_zoo.first_steps`` trains and records them.

They are judged with a reference of the recipe: a healthy run of another seed, which has other data and other weights.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np

from anet_lite import Monitor, Reference
from failure_zoo import faults
from failure_zoo.autograd import Array
from failure_zoo.faults import FAULTS, Fault
from failure_zoo.recipes import RECIPES
from failure_zoo.runs import COLUMNS, Healthy, load
from failure_zoo.train import NO_FAULTS, RUNS_PER_FAULT, SEEDS, fits
from failure_zoo.trainer import Trainer

DATA = Path(__file__).with_name("first_steps.npz")
#: Rows that a reference covers.
COVERED = 256
#: Faults of the zoo that make sense from the first step on; non-finite values need no reference.
ALSO = (
    "frozen_parameters", "frozen_data", "dead_layer", "no_zero_grad", "wrong_labels", "dead_input", "scaled_input",
    "sticky_momentum", "ascent", "strong_decay", "noisy_gradient", "tiny_batch", "underflow",
)  # fmt: skip


def _rate(factor: float) -> type[Fault]:
    class WrongRate(Fault):
        def reported_rate(self, rate: float) -> float:
            return rate * factor

    return WrongRate


def _hidden(factor: float) -> type[Fault]:
    class HiddenRate(Fault):
        def true_rate(self, rate: float) -> float:
            return rate * factor

    return HiddenRate


def _scale(factor: float) -> type[Fault]:
    class WrongScale(Fault):
        def __init__(self, trainer: Trainer) -> None:
            super().__init__(trainer)
            trainer.task.model.flat *= np.float32(factor)

    return WrongScale


KINDS: dict[str, type[Fault]] = {
    "no_warm_up": faults.NoWarmUp,
    "rate_x10": _rate(10),
    "rate_x100": _rate(100),
    "rate_x0.01": _rate(0.01),
    "hidden_rate_x10": _hidden(10),
    "hidden_rate_x0.01": _hidden(0.01),
    "init_x5": _scale(5),
    "init_x0.2": _scale(0.2),
    **{name: FAULTS[name] for name in ALSO},
}


class Run(NamedTuple):
    """The first rows of a run that is bad from its first step."""

    kind: str
    recipe: str
    seed: int
    rows: Array


def train() -> dict[str, Array]:
    """Twelve runs of each kind, by kind, recipe and seed."""
    rng, runs = np.random.default_rng(66), {}
    for kind, fault in KINDS.items():
        chosen = [r for r in RECIPES if r.name not in NO_FAULTS and fits(r, fault)]
        for run, at in enumerate(rng.choice(len(chosen), RUNS_PER_FAULT, replace=False)):
            trainer = Trainer(chosen[at], run % SEEDS)
            trainer.fault = fault(trainer)
            key = f"{kind}-{chosen[at].name}-{run % SEEDS}"
            runs[key] = np.asarray([trainer.step() for _ in range(COVERED)], np.float32)
    return runs


def recorded() -> list[Run]:
    """The runs that were recorded."""
    with np.load(DATA) as file:
        series = {key: file[key].astype(np.float64) for key in file.files}
    parts = [(key.split("-"), rows) for key, rows in series.items()]
    return [Run(kind, recipe, int(seed), rows) for (kind, recipe, seed), rows in parts]


class Known:
    """References of the healthy runs of each recipe."""

    def __init__(self) -> None:
        self.healthy, _ = load()
        self.each = {(run.recipe, run.seed): _reference(run) for run in self.healthy}

    def of(self, recipe: str, seed: int, runs: int) -> Reference | None:
        """What `runs` healthy runs of other seeds were like; None of none."""
        parts = [self.each[recipe, (seed + 1 + at) % SEEDS] for at in range(runs)]
        return Reference.joined(parts) if parts else None

    def seen(self, runs: list[Run], learned_on: int) -> int:
        """How many of the runs alarm."""
        return sum(_incidents(run.rows, self.of(run.recipe, run.seed, learned_on)) > 0 for run in runs)

    def false_alarms(self, learned_on: int) -> int:
        """Incidents in the first rows of the healthy runs."""
        runs = self.healthy
        return sum(_incidents(r.rows[:COVERED], self.of(r.recipe, r.seed, learned_on)) for r in runs)


def _reference(run: Healthy) -> Reference:
    monitor = Monitor()
    monitor.update_many(dict(zip(COLUMNS, run.rows.T)))
    return monitor.reference(f"{run.recipe}, seed {run.seed}")


def _incidents(rows: Array, reference: Reference | None) -> int:
    alarms = Monitor(reference=reference).update_many(dict(zip(COLUMNS, rows.T))).alarms
    return len({alarm.incident for alarm in alarms})


def table() -> list[str]:
    """How many are seen, by kind, and what healthy runs pay for it."""
    known, runs, learned_on = Known(), recorded(), (0, 1, 3)
    lines = ["| fault | runs | without | a reference of one run | of three |", "|---|---|---|---|---|"]
    for kind in (*KINDS, "all"):
        some = [run for run in runs if kind in (run.kind, "all")]
        lines.append(f"| {kind} | {len(some)} | {' | '.join(str(known.seen(some, n)) for n in learned_on)} |")
    rings = [known.false_alarms(n) for n in learned_on]
    steps = COVERED * len(known.healthy)
    told = ", ".join(f"{count} ({1e4 * count / steps:.2f} per 10,000)" for count in rings)
    return [*lines, "", f"False alarms in the first {COVERED} steps of the {len(known.healthy)} healthy runs: {told}."]


if __name__ == "__main__":
    with np.errstate(all="ignore"):
        np.savez_compressed(DATA, **train())  # type: ignore[arg-type]
