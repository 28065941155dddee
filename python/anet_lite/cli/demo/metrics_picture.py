"""The demo as a picture: the run above, the zeta trace below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from anet_lite._native import METRICS
from anet_lite.cli.demo.metrics import FIRST
from anet_lite.cli.demo.metrics_report import NAMES, Z_LINE
from anet_lite.cli.demo.model import CALM_UNTIL, GROWTH

if TYPE_CHECKING:
    from pathlib import Path

    from anet_lite.cli.demo.jolt import Jolt
    from anet_lite.cli.demo.story import Story

INK, CALM, BROKE, MOVED = "#2b3a55", "#dbe7f3", "#c0392b", "#e08e0b"


def draw(story: Story, jolt: Jolt, path: Path) -> None:
    """Draw the loss, each metric with its calm range and its move, and the zeta trace."""
    from matplotlib.figure import Figure

    figure: Any = Figure(figsize=(9, 11), layout="constrained")
    run, zeta = figure.subfigures(2, 1, height_ratios=(len(METRICS) + 1, 1.8))
    axes = run.subplots(len(METRICS) + 1, 1, sharex=True)
    for axis, name in zip(axes, ("loss", *METRICS)):
        _panel(axis, story, name)
    axes[0].set_yscale("log")
    axes[0].set_title(f"A network whose learning rate grows by {GROWTH - 1:.0%} a step from step {CALM_UNTIL}")
    axes[0].legend(loc="upper left", ncols=3, frameon=False, fontsize="small")
    # In the last steps z passes a hundred; around the published alarm line of 2.5 the scale is linear.
    axes[-1].set_yscale("symlog", linthresh=Z_LINE)
    axes[-1].set_yticks([-Z_LINE, Z_LINE, 25, 250], labels=[f"-{Z_LINE}", f"{Z_LINE}", "25", "250"])
    axes[-1].set_xlabel("step")
    _trace(zeta.subplots(), jolt)
    figure.savefig(path, dpi=110)


def _panel(axis: Any, story: Story, name: str) -> None:
    values = story.run.loss if name == "loss" else story.metrics[name]
    move = story.moves[name]
    axis.fill_between([FIRST, CALM_UNTIL], move.low, move.high, color=CALM, label="calm range")
    axis.plot(np.arange(1, len(values) + 1), values, color=INK, linewidth=1)
    axis.axvline(story.broke, color=BROKE, linewidth=1.2, label="the loss broke")
    if move.step is not None:
        axis.axvline(move.step, color=MOVED, linewidth=1.2, linestyle="--", label="moved")
    axis.set_ylabel(NAMES[name].replace("the ", ""))
    axis.margins(x=0.01)


def _trace(axis: Any, jolt: Jolt) -> None:
    axis.axvspan(*jolt.index[jolt.inside][[0, -1]], color=CALM)
    axis.plot(jolt.index, jolt.score, color=INK, linewidth=1)
    axis.set_title("Zeta trace: the score falls while the jolt is in the window (shaded)")
    axis.set_xlabel("gap")
    axis.set_ylabel("score")
    axis.margins(x=0.01)
