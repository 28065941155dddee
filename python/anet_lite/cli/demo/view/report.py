"""What the demo prints: the loop, the alarm in words, and how early it came, flattering or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anet_lite.cli.demo.model import CALM_UNTIL, GROWTH, RATE
from anet_lite.cli.demo.watch import TWO_LINES
from anet_lite.diagnosis import explain

if TYPE_CHECKING:
    from rich.console import Console

    from anet_lite.cli.demo.experiment import Experiment


def write(experiment: Experiment, console: Console) -> None:
    """Print what was trained, the alarm, and how early it came."""
    console.print(
        f"A small network learns for {len(experiment.run.loss)} steps. "
        f"Its learning rate is {RATE} up to step {CALM_UNTIL}, then grows by {GROWTH - 1:.0%} a step.\n"
        "Two lines of the loop watch it, the first and the last of these:\n"
    )
    console.print(TWO_LINES, style="cyan", markup=False)
    if experiment.alarm is None:
        console.print(f"[bold]No alarm.[/bold] The loss broke at step {experiment.broke}.")
    else:
        _write_alarm(experiment, experiment.alarm.step, console)
    again = "The monitor raised alarms" if experiment.twin_alarms else "The monitor was silent"
    times = f" {experiment.twin_alarms} times" if experiment.twin_alarms else ""
    console.print(
        f"{again}{times} on a twin that starts alike and sees the same data, but whose learning rate never grows.\n"
        "What the six metrics saw of this run: anet-lite demo --metrics",
        style="dim",
    )


def _write_alarm(experiment: Experiment, step: int, console: Console) -> None:
    assert experiment.alarm is not None
    for lang in ("en", "ja"):
        console.print(str(explain(experiment.alarm, lang)), style="bold", markup=False)
    console.print(f"\nThe first alarm came at step {step}, {step - CALM_UNTIL} steps after the rate began to grow.")
    left = experiment.ranges["loss"].left
    if left is not None:
        console.print(f"The loss left the range of its calm steps at step {left}, {_lead(left - step)} the alarm.")
    console.print(
        f"[bold]The loss broke at step {experiment.broke}, {_lead(experiment.broke - step)} the alarm[/bold]: "
        "it stays worse than before training.\n"
    )


def _lead(steps: int) -> str:
    return f"{steps} steps after" if steps >= 0 else f"{-steps} steps before"
