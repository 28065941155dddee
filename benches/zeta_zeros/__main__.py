"""Measures, draws and writes the tables of ``docs/zeta.md``: ``python -m zeta_zeros``, or only ``cost`` or ``gaps``."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_benchmark.plugin import pytest_benchmark_generate_machine_info

import between
import report
from zeta_zeros import cost, gaps, picture
from zeta_zeros.contenders import OURS, PEERS

if TYPE_CHECKING:
    from zeta_zeros.cost import Point
    from zeta_zeros.gaps import Sample

DOCS = Path(__file__).parents[2] / "docs"
PAGE = DOCS / "zeta.md"


def cost_table(points: list[Point], missing: list[str]) -> list[str]:
    """Return a row for each ordinal: each contender's time for a zero, and how many times ours python-flint's is."""
    at = {(point["contender"], point["power"]): point for point in points}
    names = [OURS, cost.ONE, *PEERS]
    lines = [f"| n | {' | '.join(names)} | python-flint against the first |", "|---" + "|--:" * (len(names) + 1) + "|"]
    for power in cost.WINDOWS[OURS]:
        row = [at.get((name, power)) for name in names]
        cells = [f"{report.duration(p['seconds'])} ({p['count']:,})" if p else "" for p in row]
        mine, theirs = row[0], row[2]
        ratio = report.factor(theirs["seconds"] / mine["seconds"]) if mine and theirs else ""
        lines.append(f"| 10^{power} | {' | '.join(cells)} | {ratio} |")
    return [*lines, "", f"Not installed, so not measured: {', '.join(missing) or 'none'}."]


def gap_table(samples: list[Sample]) -> list[str]:
    """Return a row for each set of gaps."""
    titles = (
        "mean",
        "standard deviation",
        "distance from the surmise",
        "from the exact law",
        "correlation of neighbours",
    )
    lines = [f"| 100,000 gaps of | {' | '.join(titles)} |", "|---" + "|--:" * len(titles) + "|"]
    for sample in samples:
        s = sample.statistics
        cells = (f"{s.mean:.5f}", f"{s.std:.4f}", f"{s.from_surmise:.4f}", f"{s.from_law:.4f}", f"{s.correlation:+.3f}")
        lines.append(f"| {sample.name} | {' | '.join(cells)} |")
    return lines


def main(wanted: list[str]) -> None:
    """Do what is wanted."""
    if "gaps" in wanted:
        samples = gaps.samples()
        picture.draw_gaps(samples, DOCS / "img" / "zeta_gaps.png")
        between.write(PAGE, "gaps", gap_table(samples))
    if "cost" in wanted:
        points, missing = cost.measure()
        picture.draw_cost(points, DOCS / "img" / "zeta_cost.png")
        machine = report.machine({"machine_info": pytest_benchmark_generate_machine_info()})
        between.write(
            PAGE, "cost", [f"Measured {datetime.date.today()} on {machine}.", "", *cost_table(points, missing)]
        )


if __name__ == "__main__":
    main(sys.argv[1:] or ["gaps", "cost"])
