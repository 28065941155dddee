"""How many runs end nearer their healthy twin with a policy than without, and how many farther."""

from __future__ import annotations

import math
from statistics import median
from typing import NamedTuple

NEARER = 0.05
"""A difference of progress that counts: as in the failure zoo."""


BROKEN = 0.9
"""A run without a policy that keeps more than this part of its twin's progress is not broken by its fault."""


class Outcome(NamedTuple):
    """One run under one policy: which part of its twin's progress it kept, with the policy and without."""

    task: str
    fault: str
    policy: str
    kept: float
    without: float

    @property
    def gain(self) -> float:
        """How much nearer to the twin's progress, which is 1, the policy brought the run."""
        return min(abs(1 - self.without), 1e6) - min(abs(1 - self.kept), 1e6)


def outcomes(ends: dict[str, float]) -> list[Outcome]:
    """Return what the losses at the ends of runs mean, by ``task/fault/seed/policy``."""
    found = []
    for name, end in ends.items():
        task, fault, seed, policy = name.split("/")
        if policy == "none":
            continue
        untrained, twin = ends[f"{task}/untrained/{seed}/none"], ends[f"{task}/healthy/{seed}/none"]
        kept, without = (
            _finite((untrained - loss) / (untrained - twin)) for loss in (end, ends[f"{task}/{fault}/{seed}/none"])
        )
        found.append(Outcome(task, fault, policy, kept, without))
    return found


HEAD = (
    "| policy | nearer | as before | farther | kept, median | without | "
    "of all faults: nearer | farther | healthy runs farther |"
)


def table(ends: dict[str, float]) -> list[str]:
    """Return a row for each policy: runs that break, those of every fault, and healthy ones, to be left alone."""
    found = outcomes(ends)
    lines = [HEAD, "|---" * (HEAD.count("|") - 1) + "|"]
    for policy in dict.fromkeys(outcome.policy for outcome in found):
        own = [outcome for outcome in found if outcome.policy == policy]
        faulty, healthy = ([o for o in own if (o.fault == "healthy") is well] for well in (False, True))
        broken = [outcome for outcome in faulty if outcome.without < BROKEN]
        (nearer, farther), (closer, away), (_, hurt) = (moved(part) for part in (broken, faulty, healthy))
        cells = (
            f"`{policy}`",
            f"{nearer} of {len(broken)}",
            str(len(broken) - nearer - farther),
            str(farther),
            _short([outcome.kept for outcome in broken]),
            _short([outcome.without for outcome in broken]),
            f"{closer} of {len(faulty)}",
            str(away),
            f"{hurt} of {len(healthy)}",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def moved(outcomes: list[Outcome]) -> tuple[int, int]:
    """Return how many runs a policy brought nearer to their twin, and how many farther."""
    nearer, farther = (sum(sign * outcome.gain > NEARER for outcome in outcomes) for sign in (1, -1))
    return nearer, farther


def _finite(kept: float) -> float:
    return kept if math.isfinite(kept) else -math.inf


def _short(kept: list[float]) -> str:
    middle = median(kept) if kept else math.nan
    return "lost" if middle < -10 else f"{middle:.2f}"
