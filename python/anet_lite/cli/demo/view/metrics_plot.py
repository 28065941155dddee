"""The demo as a picture: the run above, the zeta trace below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from anet_lite.cli.demo.metrics.snapshots import FIRST, METRICS
from anet_lite.cli.demo.model import CALM_UNTIL, GROWTH
from anet_lite.cli.demo.view.metrics_report import NAMES, Z_LINE

if TYPE_CHECKING:
    from pathlib import Path

    from anet_lite.cli.demo.experiment import Experiment
    from anet_lite.cli.demo.metrics.jolt import Jolt

INK, CALM, BROKE, MOVED = "#2b3a55", "#dbe7f3", "#c0392b", "#e08e0b"


def draw(experiment: Experiment, jolt: Jolt, path: Path) -> None:
    """Draw the loss, each metric with its calm range and where it left that, and the zeta trace."""
    from matplotlib.figure import Figure

    figure: Any = Figure(figsize=(9, 11), layout="constrained")
    run, zeta = figure.subfigures(2, 1, height_ratios=(len(METRICS) + 1, 1.8))
    axes = run.subplots(len(METRICS) + 1, 1, sharex=True)
    for axis, name in zip(axes, ("loss", *METRICS)):
        _panel(axis, experiment, name)
    axes[0].set_yscale("log")
    axes[0].set_title(f"A network whose learning rate grows by {GROWTH - 1:.0%} a step from step {CALM_UNTIL}")
    axes[0].legend(loc="upper left", ncols=3, frameon=False, fontsize="small")
    # In the last steps z passes a hundred; around the published alarm line of 2.5 the scale is linear.
    axes[-1].set_yscale("symlog", linthresh=Z_LINE)
    axes[-1].set_yticks([-Z_LINE, Z_LINE, 25, 250], labels=[f"-{Z_LINE}", f"{Z_LINE}", "25", "250"])
    axes[-1].set_xlabel("step")
    _trace(zeta.subplots(), jolt)
    figure.savefig(path, dpi=110)


def _panel(axis: Any, experiment: Experiment, name: str) -> None:
    values = experiment.run.loss if name == "loss" else experiment.metrics[name]
    calm = experiment.ranges[name]
    axis.fill_between([FIRST, CALM_UNTIL], calm.low, calm.high, color=CALM, label="calm range")
    axis.plot(np.arange(1, len(values) + 1), values, color=INK, linewidth=1)
    axis.axvline(experiment.broke, color=BROKE, linewidth=1.2, label="the loss broke")
    if calm.left is not None:
        axis.axvline(calm.left, color=MOVED, linewidth=1.2, linestyle="--", label="moved")
    axis.set_ylabel(NAMES[name].replace("the ", ""))
    axis.margins(x=0.01)


def _trace(axis: Any, jolt: Jolt) -> None:
    axis.axvspan(*jolt.index[jolt.inside][[0, -1]], color=CALM)
    axis.plot(jolt.index, jolt.score, color=INK, linewidth=1)
    axis.set_title("Zeta trace: the score falls while the jolt is in the window (shaded)")
    axis.set_xlabel("gap")
    axis.set_ylabel("score")
    axis.margins(x=0.01)
