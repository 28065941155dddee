"""The command itself: run, tell, draw."""

from __future__ import annotations

from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

if TYPE_CHECKING:
    from collections.abc import Callable

    from anet_lite.cli.demo.story import Story

EXAMPLES = """Examples:

- `anet-lite demo`
- `anet-lite demo --metrics --output metrics.png`
- `anet-lite demo --seed 3 --no-plot`
"""


def demo(
    seed: Annotated[int, typer.Option(min=0, help="Another seed is another run.")] = 0,
    metrics: Annotated[bool, typer.Option("--metrics", help="Show what the six metrics saw instead.")] = False,
    plot: Annotated[bool, typer.Option(help="Draw what happened, with matplotlib.")] = True,
    output: Annotated[Path, typer.Option(help="Where the picture goes.")] = Path("anet-lite-demo.png"),
) -> None:
    """Break a small network on purpose, and say what the monitor said before its loss broke."""
    from anet_lite.cli.demo.story import live

    story = live(seed)
    console = Console(highlight=False, soft_wrap=True)
    draw = _metrics(story, console) if metrics else _monitor(story, console)
    if plot:
        console.print(_drawn(draw, output))


def _monitor(story: Story, console: Console) -> Callable[[Path], None]:
    """Tell the monitor's part; return what draws it."""
    from anet_lite.cli.demo import picture, report

    report.tell(story, console)
    return partial(picture.draw, story)


def _metrics(story: Story, console: Console) -> Callable[[Path], None]:
    """Tell the part of the six metrics and of the zeta trace; return what draws it."""
    from anet_lite.cli.demo import metrics_picture, metrics_report
    from anet_lite.cli.demo.jolt import trace

    metrics_report.tell(story, console)
    jolt = trace()
    metrics_report.tell_jolt(jolt, console)
    return partial(metrics_picture.draw, story, jolt)


def _drawn(draw: Callable[[Path], None], output: Path) -> str:
    """Draw if that can be done; say what was or was not done."""
    if find_spec("matplotlib") is None:
        return "Not drawn, matplotlib is missing: pip install 'anet-lite\\[plot]'"
    try:
        draw(output)
    except OSError as error:
        raise typer.BadParameter(f"cannot be written: {error}", param_hint="output") from error
    return f"Drawn: {output}"
