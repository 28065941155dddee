"""Trains the zoo and writes its series: ``python -m failure_zoo.train``. Scoring needs only what this has written."""

from __future__ import annotations

import copy
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np

from failure_zoo.autograd import Array
from failure_zoo.faults import FAULTS, Fault
from failure_zoo.recipes import RECIPES, STEPS, Recipe
from failure_zoo.second import recipes as second
from failure_zoo.second.train import write
from failure_zoo.trainer import Trainer

DATA = Path(__file__).with_name("data")
SEEDS = 10
#: Runs of each fault, and how long each goes on after its onset.
RUNS_PER_FAULT, AFTER = 12, 400
#: Recipes in which "broken" is not defined by a loss that should fall.
NO_FAULTS = {"adversarial", "q_learning", "mlp_mix_shift", "mlp_curriculum", "mlp_batch_down", "mlp_batch_up"}


class Plan(NamedTuple):
    """One failing run: which twin, what, from where."""

    fault: str
    seed: int
    onset: int


def plans() -> dict[tuple[str, int], list[Plan]]:
    """Which faults continue which twin, drawn once for all."""
    rng = np.random.default_rng(6)
    chosen: dict[tuple[str, int], list[Plan]] = {}
    for name, fault in FAULTS.items():
        fits = [r for r in RECIPES if r.name not in NO_FAULTS and fits(r, fault)]
        for run in range(RUNS_PER_FAULT):
            recipe = fits[int(rng.integers(len(fits)))]
            onset = 0 if hasattr(fault, "from_the_start") else int(rng.integers(350, STEPS - AFTER))
            chosen.setdefault((recipe.name, run % SEEDS), []).append(Plan(name, run, onset))
    return chosen


def fits(recipe: Recipe, fault: type[Fault]) -> bool:
    """Whether a fault has an effect on a recipe."""
    right_optimizer = not fault.optimizers or recipe.optimizer in fault.optimizers
    return right_optimizer and (not fault.tasks or recipe.task in fault.tasks)


def train(recipe: Recipe) -> dict[str, Array]:
    """All runs of a recipe: healthy ones by seed, failing ones by fault, run and onset."""
    runs: dict[str, Array] = {}
    for seed in range(SEEDS):
        trainer, rows = Trainer(recipe, seed), []
        saved = trainer
        due = plans().get((recipe.name, seed), [])
        for row in range(STEPS):
            if recipe.twist == "resume" and row == 600:
                saved = trainer.resumed()
            if recipe.twist == "resume" and row == 700:
                trainer = saved
            for plan in (plan for plan in due if plan.onset == row):
                runs[f"fail-{seed}-{plan.fault}-{plan.seed}-{plan.onset}"] = failing(trainer, plan)
            rows.append(trainer.step())
        runs[f"healthy-{seed}"] = np.asarray(rows, np.float32)
    return runs


def failing(twin: Trainer, plan: Plan) -> Array:
    """The rows from the onset on."""
    trainer = copy.deepcopy(twin)
    trainer.fault = FAULTS[plan.fault](trainer)
    return np.asarray([trainer.step() for _ in range(AFTER)], np.float32)


def main() -> None:
    """The recipes named, or all; ``second`` are those of the second zoo."""
    DATA.mkdir(exist_ok=True)
    wanted = set(sys.argv[1:])
    for recipe in RECIPES:
        if not wanted or recipe.name in wanted:
            with np.errstate(all="ignore"):
                runs = train(recipe)
            np.savez_compressed(DATA / f"{recipe.name}.npz", **runs)  # type: ignore[arg-type]
            print(recipe.name, len(runs), "runs")
    for recipe in second.RECIPES:
        if not wanted or "second" in wanted:
            write(recipe)


if __name__ == "__main__":
    main()
