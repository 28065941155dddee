"""What a policy saves: runs that break, trained again with each policy on, against their healthy twins."""

from __future__ import annotations

import math
from functools import partial
from multiprocessing import Pool
from typing import Any, Callable, NamedTuple

import numpy as np

from anet_lite import Monitor
from anet_lite.policy import Guard, LogOnly, LowerLR, Policy, Rollback, SkipStep, Stop
from failure_zoo.autograd import Array
from failure_zoo.faults import FAULTS
from failure_zoo.recipes import RECIPES
from failure_zoo.runs import COLUMNS, Failing, Healthy
from failure_zoo.train import AFTER, SEEDS
from failure_zoo.trainer import Trainer

#: Every policy with its defaults, but checkpoints as often as runs of 1,200 steps want them.
POLICIES: dict[str, Callable[[], Policy]] = {
    "log_only": LogOnly,
    "lower_lr": LowerLR,
    "skip_step": SkipStep,
    "stop": Stop,
    "rollback": partial(Rollback, every=50, promote_after=50),
}
#: Runs of each kind that are trained again.
RUNS_PER_KIND = 4
#: A difference of progress that counts.
NEARER = 0.05


class Guarded:
    """A trainer whose steps a policy may change."""

    def __init__(self, recipe: str, seed: int, policy: str) -> None:
        self.trainer = Trainer(next(r for r in RECIPES if r.name == recipe), seed)
        self.monitor = Monitor()
        self.early = policy == "skip_step"
        self.saved: dict[int, tuple[tuple[Array, ...], dict[str, Any]]] = {}
        self.stopped = False
        self.guard = Guard(POLICIES[policy](), save=self._save, load=self._load)

    def step(self) -> None:
        """One step: the monitor sees it, the policy decides."""
        if self.stopped:
            return
        proposal = self.trainer.propose(self.guard.scale)
        step = self.trainer.step_count
        if self.early:
            seen = self.monitor.update(proposal.loss, proposal.norm, None, proposal.noise, proposal.rate, step)
            kind = self.guard.step(seen).kind
            self.trainer.apply(proposal, skip=kind != "none")
            self.stopped = kind == "stop"
        else:
            seen = self.monitor.update(*self.trainer.apply(proposal))
            self.stopped = self.guard.step(seen).kind == "stop"

    def loss(self) -> float:
        """The loss of all samples, as the model now is."""
        task = self.trainer.task
        return task.gradient(task.batch(np.arange(len(task.x))))[0]

    def _save(self, step: int) -> None:
        trainer = self.trainer
        arrays = tuple(x.copy() for x in (trainer.task.model.flat, trainer.first, trainer.second, trainer.average))
        self.saved[step] = (arrays, self.monitor.state_dict())

    def _load(self, step: int) -> None:
        """Goes back to older parameters, on with newer data: bad batches do not come again."""
        trainer = self.trainer
        arrays, state = self.saved[step]
        flat, trainer.first, trainer.second, trainer.average = (x.copy() for x in arrays)
        trainer.task.model.flat[:] = flat
        self.monitor.load_state_dict(state)


class Outcome(NamedTuple):
    """How much of its twin's progress a run kept: 1 is all, 0 none, below 0 it is worse than untrained."""

    fault: str
    kept: dict[str, float]


def outcome(run: Failing) -> Outcome:
    """Trains one run again, with each policy, and its twin."""
    with np.errstate(all="ignore"):
        twin = Guarded(run.recipe, run.seed % SEEDS, "log_only")
        untrained = twin.loss()
        for _ in range(run.onset + AFTER):
            twin.step()
        healthy = twin.loss()
        ends = {policy: _end(run, policy) for policy in POLICIES}
    return Outcome(run.fault, {policy: _kept(end, healthy, untrained) for policy, end in ends.items()})


def _end(run: Failing, policy: str) -> float:
    guarded = Guarded(run.recipe, run.seed % SEEDS, policy)
    for row in range(run.onset + AFTER):
        if row == run.onset and not guarded.stopped:
            guarded.trainer.fault = FAULTS[run.fault](guarded.trainer)
        guarded.step()
    return guarded.loss()


def _kept(end: float, healthy: float, untrained: float) -> float:
    kept = (untrained - end) / (untrained - healthy)
    return kept if math.isfinite(kept) else -math.inf


def chosen(failing: list[Failing]) -> list[Failing]:
    """The first runs of each kind that visibly break."""
    broken = [run for run in failing if run.broken is not None]
    kinds = sorted({run.fault for run in broken})
    return [run for kind in kinds for run in [r for r in broken if r.fault == kind][:RUNS_PER_KIND]]


def touched(policy: str, healthy: list[Healthy]) -> int:
    """In how many healthy runs the policy would act."""
    return sum(_acts(POLICIES[policy](), policy, run.rows) for run in healthy)


def _acts(policy: Policy, name: str, rows: Array) -> bool:
    guard, monitor = Guard(policy, dry_run=True), Monitor()
    columns = [column for column in COLUMNS if column != "step_norm" or name != "skip_step"]
    for row in rows.tolist():
        seen = monitor.update(**{c: int(x) if c == "step" else x for c, x in zip(COLUMNS, row) if c in columns})
        if guard.step(seen).kind in ("scale_lr", "skip_step", "stop", "rollback"):
            return True
    return False


def table(failing: list[Failing], healthy: list[Healthy]) -> list[str]:
    """How many runs end nearer their twin than without a policy, and how near."""
    with Pool() as pool:
        outcomes = pool.map(outcome, chosen(failing), chunksize=1)
    lines = [
        "| policy | ends nearer | as before | farther | kept, median | without | acts on healthy runs |",
        "|---|---|---|---|---|---|---|",
    ]
    acting = [name for name in POLICIES if name != "log_only"]
    lines += [_row(policy, outcomes, f"{touched(policy, healthy)} of {len(healthy)}") for policy in acting]
    return [*lines, "", *_kinds(outcomes)]


def _row(policy: str, outcomes: list[Outcome], touches: str) -> str:
    gains = [_gain(o, policy) for o in outcomes]
    nearer, farther = sum(g > NEARER for g in gains), sum(g < -NEARER for g in gains)
    kept, without = (float(np.median([o.kept[name] for o in outcomes])) for name in (policy, "log_only"))
    counts = f"{nearer} of {len(gains)} | {len(gains) - nearer - farther} | {farther}"
    return f"| {policy} | {counts} | {kept:.2f} | {without:.2f} | {touches} |"


def _gain(outcome: Outcome, policy: str) -> float:
    """How much nearer to the twin's progress, which is 1, the policy brought the run."""
    without, now = (min(abs(1 - outcome.kept[name]), 1e6) for name in ("log_only", policy))
    return without - now


def _kinds(outcomes: list[Outcome]) -> list[str]:
    names = list(POLICIES)
    lines = ["| kept by kind, median | " + " | ".join(names) + " |", "|---|" + "---|" * len(names)]
    for kind in sorted({o.fault for o in outcomes}):
        kept = [o.kept for o in outcomes if o.fault == kind]
        lines.append(
            f"| {kind} ({len(kept)}) | " + " | ".join(_short([k[name] for k in kept]) for name in names) + " |"
        )
    return lines


def _short(kept: list[float]) -> str:
    middle = float(np.median(kept))
    return f"{middle:.2f}" if middle > -10 else "lost"
