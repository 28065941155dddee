"""What the demo prints: the numbers as they came out, flattering or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from anet_lite.cli.demo.metrics.calm_range import MARGIN, PATIENCE
from anet_lite.cli.demo.metrics.snapshots import FIRST, WINDOW
from anet_lite.cli.demo.model import CALM_UNTIL, GROWTH, RATE

if TYPE_CHECKING:
    from rich.console import Console

    from anet_lite.cli.demo.experiment import Experiment
    from anet_lite.cli.demo.metrics.jolt import Jolt

NAMES = {"theta": "ϑ", "sdot": "Ṡ", "proc": "P", "f_total": "F_Total", "zscore": "precursor z", "loss": "the loss"}
THETA_LINE, Z_LINE = 0.6, 2.5
"""The alarm lines that the metrics were published with."""


def write(experiment: Experiment, console: Console) -> None:
    """Print when each metric moved, and when the loss broke."""
    console.print(
        f"A small network learns for {len(experiment.run.loss)} steps. "
        f"Its learning rate is {RATE} up to step {CALM_UNTIL}, then grows by {GROWTH - 1:.0%} a step.\n"
        f"[bold]The loss broke at step {experiment.broke}[/bold]: from there on it is worse than before training."
    )
    console.print(_ranges(experiment))
    console.print(
        f"Each metric sees the last {WINDOW} steps. Moved: {PATIENCE} steps in a row outside the range of the calm "
        f"steps {FIRST} to {CALM_UNTIL}, by more than {MARGIN:.0%} of its width. The twin starts alike "
        f"and sees the same data; its learning rate never grows.\n{_published_lines(experiment)}",
        style="dim",
    )


def write_jolt(jolt: Jolt, console: Console) -> None:
    """Print what the zeta trace did around its jolt."""
    console.print(
        f"Zeta trace of {jolt.zeros} zeros, gaps {jolt.start} to {jolt.end} stretched: the score is {jolt.before:.3f} "
        f"before the jolt, [bold]falls to {jolt.lowest:.3f}[/bold] while the window holds it, and is {jolt.after:.3f} "
        "after.\n"
        "It measures how unlike their past the windows are, and a jolt flattens the rest of its window."
    )


def _ranges(experiment: Experiment) -> Table:
    """Return a table with one row a metric, the first to move on top."""
    table = Table("", "calm range", "moved at step", "before the break", "its healthy twin")
    for name, calm in sorted(experiment.ranges.items(), key=lambda item: item[1].left or len(experiment.run.loss) + 1):
        twin = experiment.twin_ranges[name].left
        table.add_row(
            NAMES[name],
            f"{calm.low:.2f} to {calm.high:.2f}",
            str(calm.left or "never"),
            _lead(experiment.broke - calm.left) if calm.left else "",
            f"moved at {twin}" if twin else "never",
        )
    return table


def _lead(steps: int) -> str:
    return f"{steps} steps" if steps > 0 else f"no, {-steps} steps after" if steps else "no, at that step"


def _published_lines(experiment: Experiment) -> str:
    """Return how the fixed lines ϑ < 0.6 and z > 2.5 would have done on the same run."""
    calm = slice(FIRST - 1, CALM_UNTIL)
    theta, z = experiment.metrics["theta"][calm], experiment.metrics["zscore"][calm]
    return (
        f"On those {theta.size} calm steps the fixed line ϑ < {THETA_LINE} rings {int((theta < THETA_LINE).sum())} "
        f"times and z > {Z_LINE} {int((z > Z_LINE).sum())} times."
    )
