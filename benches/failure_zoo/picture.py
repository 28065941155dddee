"""The picture of the zoo: one run that breaks, and every detector by recall and false alarms."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

from failure_zoo.monitors import monitor
from failure_zoo.runs import Failing
from failure_zoo.score import Score


def draw(failing: list[Failing], scores: dict[str, Score], path: Path) -> None:
    """Writes the picture."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(15, 4.8), width_ratios=(1.1, 1))
    _run(left, _example(failing))
    _scatter(right, scores)
    figure.tight_layout()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=110)


def _example(failing: list[Failing]) -> Failing:
    """The held-out rate ramp with the median lead, of those with one."""
    leads = []
    for run in failing:
        if run.broken is not None and run.fault == "rate_ramp" and run.rows[: run.broken, 0].min() > 0:
            alarms = [row for row in monitor(5)(run.rows) if row >= run.onset]
            if alarms and alarms[0] < run.broken:
                leads.append((run.broken - alarms[0], run))
    leads.sort(key=lambda pair: pair[0])
    return leads[len(leads) // 2][1]


def _run(axes: plt.Axes, run: Failing) -> None:
    start, end = max(0, run.onset - 120), min(len(run.rows), (run.broken or run.onset) + 80)
    steps = np.arange(start, end)
    names = (("loss", 0, "tab:blue"), ("gradient norm", 1, "tab:green"), ("update norm", 2, "tab:orange"))
    for name, column, colour in names:
        series = run.rows[start:end, column]
        axes.plot(steps, series / np.median(run.rows[start : run.onset, column]), color=colour, label=name, lw=1)
    alarm = next(row for row in monitor(5)(run.rows) if row >= run.onset)
    for row, name, style in ((run.onset, "fault begins", ":"), (alarm, "alarm", "-"), (run.broken, "broken", "--")):
        if row is not None:
            axes.axvline(row, color="black", ls=style, lw=1.2, label=f"{name} ({row})")
    axes.set(yscale="log", xlabel="step", ylabel="times its median before the fault")
    axes.set_title(f"{run.recipe}, {run.fault.replace('_', ' ')}")
    axes.legend(fontsize=8)


def _scatter(axes: plt.Axes, scores: dict[str, Score]) -> None:
    floor = 0.1
    plotted = {name: s for name, s in scores.items() if not name.startswith("**") or "1 asked" in name}
    for at, (name, score) in enumerate(plotted.items(), 1):
        colour = "tab:red" if name.startswith("**") else "tab:gray"
        place = (max(score.rate, floor), score.recall)
        axes.scatter(*place, color=colour, s=24, label=f"{at}  {name.replace('**', '')}")
        axes.annotate(str(at), place, fontsize=8, xytext=(4, 3), textcoords="offset points")
    axes.legend(fontsize=7, loc="center left", bbox_to_anchor=(1.01, 0.5), handletextpad=0.2)
    axes.axvline(1, color="black", lw=0.8, ls=":")
    axes.set(xscale="log", xlabel="false alarms per 10,000 healthy steps (0 drawn at 0.1)", ylabel="recall, held out")
    axes.set_ylim(0, 1.02)
