"""Faults of one matrix, which a global norm may not show: ``python -m failure_zoo.groups`` trains and records them."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import NamedTuple

import numpy as np

from anet_lite import Alarm, Monitor
from failure_zoo.autograd import Array
from failure_zoo.faults import Fault
from failure_zoo.recipes import RECIPES, STEPS
from failure_zoo.runs import COLUMNS
from failure_zoo.train import AFTER
from failure_zoo.trainer import Trainer

DATA = Path(__file__).with_name("groups.npz")
CHOSEN = ("mlp_momentum_decays", "regression_adam", "conv_adam", "language_adam")
SEEDS = 5


class PartFault(Fault):
    """Something that happens to one matrix."""

    def __init__(self, trainer: Trainer, place: slice) -> None:
        super().__init__(trainer)
        self.place = place
        self.kept = trainer.task.model.flat[place].copy()


class FrozenPart(PartFault):
    """One matrix is not in the optimizer."""

    def parameters(self, flat: Array) -> None:
        flat[self.place] = self.kept


class DriftingPart(PartFault):
    """The updates of one matrix carry noise of twice their size."""

    def parameters(self, flat: Array) -> None:
        size = float(np.linalg.norm(flat[self.place] - self.kept))
        noise = self.trainer.rng.normal(0, 1, self.kept.size)
        flat[self.place] += (2 * size / np.linalg.norm(noise) * noise).astype(np.float32)
        self.kept = flat[self.place].copy()


FAULTS: dict[str, type[PartFault]] = {"frozen_part": FrozenPart, "drifting_part": DriftingPart}


class Run(NamedTuple):
    """The rows of the whole, and of each matrix its gradient norm and the norm of its update."""

    recipe: str
    fault: str
    part: str
    onset: int
    names: list[str]
    rows: Array


def matrices(trainer: Trainer) -> dict[str, slice]:
    """The groups: the weight matrices."""
    return {name: place for name, place in trainer.task.model.slices().items() if name.startswith("weight")}


def step(trainer: Trainer) -> list[float]:
    """One step of a trainer, and what its matrices did in it."""
    flat = trainer.task.model.flat
    before = flat.copy()
    proposal = trainer.propose()
    signals = trainer.apply(proposal)
    places = matrices(trainer).values()
    pairs = [(np.linalg.norm(proposal.gradient[p]), np.linalg.norm(flat[p] - before[p])) for p in places]
    return [*signals, *(float(x) for pair in pairs for x in pair)]


def train() -> dict[str, Array]:
    """All runs, by recipe, seed, fault, matrix and onset."""
    rng, runs = np.random.default_rng(60), {}
    for recipe in (r for r in RECIPES if r.name in CHOSEN):
        for seed in range(SEEDS):
            trainer, rows = Trainer(recipe, seed), []
            names, due = list(matrices(trainer)), dict(zip(rng.integers(350, STEPS - AFTER, 2).tolist(), FAULTS))
            for row in range(STEPS):
                if row in due:
                    part = names[int(rng.integers(len(names)))]
                    twin = copy.deepcopy(trainer)
                    twin.fault = FAULTS[due[row]](twin, matrices(twin)[part])
                    key = f"{recipe.name}-{seed}-{due[row]}-{part}-{row}"
                    runs[key] = np.asarray([step(twin) for _ in range(AFTER)], np.float32)
                rows.append(step(trainer))
            runs[f"{recipe.name}-{seed}"] = np.asarray(rows, np.float32)
    return runs


def load() -> tuple[list[Run], list[Run]]:
    """Healthy and failing runs; a failing one begins as its twin."""
    healthy, failing = [], []
    with np.load(DATA) as file:
        series = {key: file[key].astype(np.float64) for key in file.files}
    for key, rows in series.items():
        recipe, seed, *fault = key.split("-")
        names = list(matrices(Trainer(next(r for r in RECIPES if r.name == recipe), 0)))
        if not fault:
            healthy.append(Run(recipe, "", "", len(rows), names, rows))
        else:
            onset = int(fault[2])
            whole = np.concatenate([series[f"{recipe}-{seed}"][:onset], rows])
            failing.append(Run(recipe, fault[0], fault[1], onset, names, whole))
    return healthy, failing


def alarms(run: Run, grouped: bool) -> list[Alarm]:
    """What a monitor says of a run, with a monitor for each matrix or without."""
    monitor, told = Monitor(), []
    for row in run.rows.tolist():
        whole, parts = row[: len(COLUMNS)], row[len(COLUMNS) :]
        if grouped:
            for name, grad, moved in zip(run.names, parts[::2], parts[1::2]):
                monitor.group(name).update(grad_norm=grad, step_norm=moved, lr=whole[4])
        told += monitor.update(*whole[:5], step=int(whole[5])).alarms
    return told


def table() -> list[str]:
    """How many faults of one matrix are seen, with groups and without, and what healthy runs pay for it."""
    healthy, failing = load()
    lines = [
        "| fault | runs | the whole alone | with groups | its first alarm names the matrix |",
        "|---|---|---|---|---|",
    ]
    for fault in FAULTS:
        runs = [run for run in failing if run.fault == fault]
        alone = sum(any(a.row >= run.onset for a in alarms(run, False)) for run in runs)
        late = [(run, [a for a in alarms(run, True) if a.row >= run.onset]) for run in runs]
        seen = [(run, told) for run, told in late if told]
        named = sum(run.part in told[0].groups for run, told in seen)
        lines.append(f"| {fault} | {len(runs)} | {alone} | {len(seen)} | {named} |")
    counts = [sum(len({a.incident for a in alarms(run, grouped)}) for run in healthy) for grouped in (False, True)]
    steps = sum(len(run.rows) for run in healthy)
    return [*lines, "", f"False alarms in {steps:,} healthy steps: {counts[0]} alone, {counts[1]} with groups."]


if __name__ == "__main__":
    with np.errstate(all="ignore"):
        np.savez_compressed(DATA, **train())  # type: ignore[arg-type]
