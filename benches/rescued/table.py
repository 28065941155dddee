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


def table(ends: dict[str, float]) -> list[str]:
    """Return a row for each policy: runs that break, and healthy ones, which it must leave alone."""
    found = outcomes(ends)
    lines = [
        "| policy | nearer | as before | farther | kept, median | without | healthy runs farther |",
        "|---" * 7 + "|",
    ]
    for policy in dict.fromkeys(outcome.policy for outcome in found):
        broken = [o for o in found if o.policy == policy and o.fault != "healthy" and o.without < BROKEN]
        healthy = [o for o in found if o.policy == policy and o.fault == "healthy"]
        nearer, farther = (sum(sign * o.gain > NEARER for o in broken) for sign in (1, -1))
        hurt = sum(o.gain < -NEARER for o in healthy)
        lines.append(
            f"| `{policy}` | {nearer} of {len(broken)} | {len(broken) - nearer - farther} | {farther} | "
            f"{_short([o.kept for o in broken])} | {_short([o.without for o in broken])} | {hurt} of {len(healthy)} |"
        )
    return lines


def _finite(kept: float) -> float:
    return kept if math.isfinite(kept) else -math.inf


def _short(kept: list[float]) -> str:
    middle = median(kept) if kept else math.nan
    return "lost" if middle < -10 else f"{middle:.2f}"
