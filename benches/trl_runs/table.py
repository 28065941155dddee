"""The table of runs: how many rang, how late, and whether a right cause was among the first three."""

from __future__ import annotations

from statistics import median
from typing import Any

from trl_runs.plan import FAULTS, HEALTHY, ONSET


def table(rows: list[dict[str, Any]]) -> list[str]:
    """Return a row for each trainer and fault, over all seeds."""
    lines = ["| trainer | run | told | steps later | right cause first | among three | which |", "|---" * 7 + "|"]
    for trainer, faults in FAULTS.items():
        for fault in (HEALTHY, *faults):
            of = [row for row in rows if (row["trainer"], row["fault"]) == (trainer, fault)]
            if of:
                lines.append(f"| {trainer.upper()} | {fault} | {' | '.join(_cells(of, faults.get(fault, set())))} |")
    return lines


def _cells(rows: list[dict[str, Any]], right: set[str]) -> list[str]:
    told = [row["first"] for row in rows if row["first"] is not None]
    counted = f"{len(told)} of {len(rows)}"
    if not right:
        return [counted, "", "", "", ""]
    late = f"{median(told) - ONSET:.0f}" if told else ""
    first, three = (sum(not right.isdisjoint(row["causes"][:limit]) for row in rows) for limit in (1, 3))
    return [counted, late, str(first), str(three), ", ".join(f"`{cause}`" for cause in sorted(right))]
