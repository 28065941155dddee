"""What the demo prints: the loop, the alarm in words, and how early it came, flattering or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anet_lite.cli.demo.model import CALM_UNTIL, GROWTH, RATE
from anet_lite.cli.demo.watch import TWO_LINES
from anet_lite.explain import explain

if TYPE_CHECKING:
    from rich.console import Console

    from anet_lite.cli.demo.story import Story


def tell(story: Story, console: Console) -> None:
    """Print what was trained and what the monitor said of it."""
    console.print(
        f"A small network learns for {len(story.run.loss)} steps. Its learning rate is {RATE} up to step {CALM_UNTIL}, "
        f"then grows by {GROWTH - 1:.0%} a step.\n"
        "Two lines of the loop watch it, the first and the last of these:\n"
    )
    console.print(TWO_LINES, style="cyan", markup=False)
    if story.alarm is None:
        console.print(f"[bold]No alarm.[/bold] The loss broke at step {story.broke}.")
    else:
        _tell_alarm(story, story.alarm.step, console)
    again = "The monitor rang" if story.twin_alarms else "The monitor was silent"
    times = f" {story.twin_alarms} times" if story.twin_alarms else ""
    console.print(
        f"{again}{times} on a twin that starts alike and sees the same data, but whose learning rate never grows.\n"
        "What the six metrics saw of this run: anet-lite demo --metrics",
        style="dim",
    )


def _tell_alarm(story: Story, step: int, console: Console) -> None:
    assert story.alarm is not None
    for lang in ("en", "ja"):
        console.print(explain(story.alarm, lang).paragraph, style="bold", markup=False)
    console.print(f"\nThe first alarm came at step {step}, {step - CALM_UNTIL} steps after the rate began to grow.")
    moved = story.moves["loss"].step
    if moved is not None:
        console.print(f"The loss left the range of its calm steps at step {moved}, {_lead(moved - step)} the alarm.")
    console.print(
        f"[bold]The loss broke at step {story.broke}, {_lead(story.broke - step)} the alarm[/bold]: "
        "it stays worse than before training.\n"
    )


def _lead(steps: int) -> str:
    return f"{steps} steps after" if steps >= 0 else f"{-steps} steps before"
