"""The demo as a picture: the signals of the run and of its twin, onset, alarm and break, and the status below them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np

from anet_lite.cli.demo.model import CALM_UNTIL, GROWTH
from anet_lite.diagnosis import explain

if TYPE_CHECKING:
    from pathlib import Path

    from anet_lite.cli.demo.experiment import Experiment
    from anet_lite.cli.demo.model import TrainingLog

INK, TWIN, ONSET, ALARM, BROKE = "#2b3a55", "#b4c3d6", "#7a7a7a", "#e08e0b", "#c0392b"
STATUS = {
    "warming_up": "#dfe3e8",
    "healthy": "#9fd0a4",
    "settled": "#b7a6d6",
    "suspect": "#f0c35c",
    "failing": "#d9635a",
}
PANELS = ("loss", "gradient norm", "learning rate")


def draw(experiment: Experiment, path: Path) -> None:
    """Draw the run as the monitor saw it."""
    from matplotlib.figure import Figure

    figure: Any = Figure(figsize=(9, 6.4), layout="constrained")
    axes = figure.subplots(len(PANELS) + 1, 1, sharex=True, height_ratios=(*(3 for _ in PANELS), 0.5))
    for axis, name in zip(axes, PANELS):
        _panel(axis, experiment, name)
    _status(axes[-1], experiment)
    axes[0].legend(loc="upper left", ncols=2, edgecolor="none", fontsize="small")
    axes[0].set_title(_title(experiment), fontsize="medium", wrap=True)
    axes[-1].set_xlabel("step")
    figure.savefig(path, dpi=110)


def _title(experiment: Experiment) -> str:
    head = f"A network whose learning rate grows by {GROWTH - 1:.0%} a step from step {CALM_UNTIL}"
    return head if experiment.alarm is None else f"{head}\n{_folded(str(explain(experiment.alarm)))}"


def _folded(text: str) -> str:
    from textwrap import fill

    return fill(text, 105)


def _panel(axis: Any, experiment: Experiment, name: str) -> None:
    for run, colour, label in ((experiment.twin, TWIN, "its healthy twin"), (experiment.run, INK, "the run")):
        values = _series(run, name)
        axis.plot(np.arange(1, len(values) + 1), values, color=colour, linewidth=1, label=label)
    for step, colour, style, label in _events(experiment):
        axis.axvline(step, color=colour, linewidth=1.4, linestyle=style, label=label)
    axis.set_yscale("linear" if name == "learning rate" else "log")
    axis.set_ylabel(name)
    axis.margins(x=0.01)


def _series(run: TrainingLog, name: str) -> Any:
    return {"loss": run.loss, "gradient norm": run.grad_norm, "learning rate": run.rate}[name]


def _events(experiment: Experiment) -> list[tuple[int, str, str, str]]:
    """Onset, alarm and break, as far as they happened."""
    events = [(CALM_UNTIL, ONSET, ":", f"the rate begins to grow ({CALM_UNTIL})")]
    if experiment.alarm is not None:
        step = experiment.alarm.step
        events.append((step, ALARM, "-", f"alarm ({step}), {experiment.broke - step} steps before the loss broke"))
    return [*events, (experiment.broke, BROKE, "--", f"the loss broke ({experiment.broke})")]


def _status(axis: Any, experiment: Experiment) -> None:
    """Draw a band with the status of every step."""
    start = 1
    for status, steps in groupby(snap.status for snap in experiment.snapshots):
        length = len(list(steps))
        axis.axvspan(start, start + length, color=STATUS[status], linewidth=0)
        if length > 0.08 * len(experiment.snapshots):
            axis.text(start + length / 2, 0.5, status.replace("_", " "), ha="center", va="center", fontsize="small")
        start += length
    axis.set_ylim(0, 1)
    axis.set_yticks([])
    axis.set_ylabel("status", rotation=0, ha="right", va="center")
