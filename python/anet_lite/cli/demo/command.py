"""The command itself: train, print, draw."""

from __future__ import annotations

from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from anet_lite.cli.options.options import AsJson  # noqa: TC001 - typer evaluates it
from anet_lite.cli.view.document import write_document

if TYPE_CHECKING:
    from collections.abc import Callable

    from anet_lite.cli.demo.experiment import Experiment

EXAMPLES = """Examples:

- `anet-lite demo`
- `anet-lite demo --metrics --output metrics.png`
- `anet-lite demo --seed 3 --no-plot`
"""

_NOT_DRAWN = "Not drawn, matplotlib is missing: pip install 'anet-lite\\[plot]'"


def demo(
    seed: Annotated[int, typer.Option(min=0, help="Another seed is another run.")] = 0,
    metrics: Annotated[bool, typer.Option("--metrics", help="Show what the six metrics saw instead.")] = False,
    plot: Annotated[bool, typer.Option(help="Draw what happened, with matplotlib.")] = True,
    output: Annotated[Path, typer.Option(help="Where the picture goes.")] = Path("anet-lite-demo.png"),
    as_json: AsJson = False,
) -> None:
    """Break a small network on purpose, and say what the monitor said before its loss broke."""
    from anet_lite.cli.demo.experiment import run_experiment

    experiment = run_experiment(seed)
    console = Console(highlight=False, soft_wrap=True, quiet=as_json)
    draw = _metrics(experiment, console) if metrics else _monitor(experiment, console)
    drawn = _drawn(draw, output) if plot else None
    if as_json:
        from anet_lite.cli.demo.view.document import document

        write_document(document(experiment, seed, str(output) if drawn else None))
    elif plot:
        console.print(f"Drawn: {output}" if drawn else _NOT_DRAWN)


def _monitor(experiment: Experiment, console: Console) -> Callable[[Path], None]:
    """Print the part of the monitor; return what draws it."""
    from anet_lite.cli.demo.view import plot, report

    report.write(experiment, console)
    return partial(plot.draw, experiment)


def _metrics(experiment: Experiment, console: Console) -> Callable[[Path], None]:
    """Print the part of the six metrics and of the zeta trace; return what draws it."""
    from anet_lite.cli.demo.metrics.jolt import trace
    from anet_lite.cli.demo.view import metrics_plot, metrics_report

    metrics_report.write(experiment, console)
    jolt = trace()
    metrics_report.write_jolt(jolt, console)
    return partial(metrics_plot.draw, experiment, jolt)


def _drawn(draw: Callable[[Path], None], output: Path) -> bool:
    """Draw if that can be done; return whether it was."""
    if find_spec("matplotlib") is None:
        return False
    try:
        draw(output)
    except OSError as error:
        raise typer.BadParameter(f"cannot be written: {error}", param_hint="output") from error
    return True
