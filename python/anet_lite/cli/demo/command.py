"""The command itself: run, tell, draw."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

if TYPE_CHECKING:
    from anet_lite.cli.demo.jolt import Jolt
    from anet_lite.cli.demo.story import Story

EXAMPLES = """Examples:

- `anet-lite demo`
- `anet-lite demo --seed 3 --no-plot`
- `anet-lite demo --output broken.png`
"""


def demo(
    seed: Annotated[int, typer.Option(min=0, help="Another seed is another run.")] = 0,
    plot: Annotated[bool, typer.Option(help="Draw what happened, with matplotlib.")] = True,
    output: Annotated[Path, typer.Option(help="Where the picture goes.")] = Path("anet-lite-demo.png"),
) -> None:
    """Break a small network on purpose, and say when each metric moved and when the loss broke."""
    from anet_lite.cli.demo.jolt import trace
    from anet_lite.cli.demo.report import tell, tell_jolt
    from anet_lite.cli.demo.story import live

    console = Console(highlight=False, soft_wrap=True)
    story = live(seed)
    tell(story, console)
    jolt = trace()
    tell_jolt(jolt, console)
    if plot:
        console.print(_drawn(story, jolt, output))


def _drawn(story: Story, jolt: Jolt, output: Path) -> str:
    """Draw if that can be done; say what was or was not done."""
    if find_spec("matplotlib") is None:
        return "Not drawn, matplotlib is missing: pip install 'anet-lite\\[plot]'"
    from anet_lite.cli.demo.picture import draw

    try:
        draw(story, jolt, output)
    except OSError as error:
        raise typer.BadParameter(f"cannot be written: {error}", param_hint="output") from error
    return f"Drawn: {output}"
