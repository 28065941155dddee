"""Trains the second zoo and writes its series, as a part of ``python -m failure_zoo.train``."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import NamedTuple

import numpy as np

from failure_zoo.autograd import Array
from failure_zoo.faults import Fault
from failure_zoo.recipes import STEPS, Recipe
from failure_zoo.runs import COLUMNS
from failure_zoo.second.faults import KINDS
from failure_zoo.second.recipes import RECIPES
from failure_zoo.trainer import Trainer

DATA = Path(__file__).with_name("data")
#: Other seeds than the first zoo's.
SEEDS = range(20, 26)
#: Runs of each kind, and how long each goes on after its onset.
RUNS_PER_KIND, AFTER = 12, 300
#: Of a fault that comes again: how long it lasts the first time, and how long all is well before it comes back.
FIRST, CALM = 40, 260
#: Where the onset of a run lies.
ONSETS = {"late": (350, STEPS - AFTER), "early": (10, 151), "again": (300, STEPS - FIRST - CALM - AFTER)}


class Plan(NamedTuple):
    """One failing run: which kind, its number, from where."""

    kind: str
    run: int
    onset: int


def plans() -> dict[tuple[str, int], list[Plan]]:
    """Which faults continue which twin, drawn once for all."""
    rng = np.random.default_rng(15)
    chosen: dict[tuple[str, int], list[Plan]] = {}
    for name, kind in KINDS.items():
        able = [recipe.name for recipe in RECIPES if fits(recipe, kind.fault)]
        for run in range(RUNS_PER_KIND):
            recipe, onset = able[int(rng.integers(len(able)))], int(rng.integers(*ONSETS[kind.when]))
            chosen.setdefault((recipe, SEEDS[run % len(SEEDS)]), []).append(Plan(name, run, onset))
    return chosen


def fits(recipe: Recipe, fault: type[Fault]) -> bool:
    """Whether a fault has an effect on a recipe."""
    return recipe.task in fault.tasks and (not fault.optimizers or recipe.optimizer in fault.optimizers)


def train(recipe: Recipe) -> dict[str, Array]:
    """All runs of a recipe, and the names of its columns."""
    columns, due = [*COLUMNS], plans()
    runs: dict[str, Array] = {}
    for seed in SEEDS:
        trainer, rows = Trainer(recipe, seed), []
        columns = [*COLUMNS, *trainer.task.named]
        for row in range(STEPS):
            for plan in (plan for plan in due.get((recipe.name, seed), []) if plan.onset == row):
                runs |= failing(trainer, plan, seed)
            rows.append(step(trainer))
        runs[f"healthy-{seed}"] = np.asarray(rows, np.float32)
    return {**runs, "columns": np.asarray(columns)}


def failing(twin: Trainer, plan: Plan, seed: int) -> dict[str, Array]:
    """The rows from the onset on; of a fault that comes again, also those of a twin to which it does not."""
    kind, name = KINDS[plan.kind], f"{seed}-{plan.kind}-{plan.run}"
    broken = _with(twin, kind.fault)
    if kind.again is None:
        return {f"fail-{name}-{plan.onset}": _rows(broken, AFTER)}
    first, restored = _rows(broken, FIRST), copy.deepcopy(twin)
    restored.step_count += FIRST
    calm = _rows(restored, CALM)
    last = _rows(_with(restored, kind.again), AFTER)
    twin_rows = np.concatenate([first, calm, _rows(restored, AFTER)])
    return {f"fail-{name}-{plan.onset + FIRST + CALM}": last, f"twin-{name}-{plan.onset}": twin_rows}


def step(trainer: Trainer) -> list[float]:
    """One step: the six columns, and the signals that the task has of its own."""
    return [*trainer.step(), *trainer.task.measured]


def _with(twin: Trainer, fault: type[Fault]) -> Trainer:
    trainer = copy.deepcopy(twin)
    trainer.fault = fault(trainer)
    return trainer


def _rows(trainer: Trainer, count: int) -> Array:
    return np.asarray([step(trainer) for _ in range(count)], np.float32)


def write(recipe: Recipe) -> None:
    """Trains a recipe and records its runs."""
    DATA.mkdir(exist_ok=True)
    with np.errstate(all="ignore"):
        runs = train(recipe)
    np.savez_compressed(DATA / f"{recipe.name}.npz", **runs)  # type: ignore[arg-type]
    print("second zoo:", recipe.name, len(runs) - 1, "runs", flush=True)
