"""A watched run on the terminal: a status line, a little curve for each signal, the newest alarms."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from rich.console import Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from anet_lite._internal.one_line import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from anet_lite.reader.follow import Watched

_COLOURS = {
    "healthy": "green",
    "settled": "magenta",
    "suspect": "yellow",
    "failing": "bold red",
    "warming up": "cyan",
}
_BARS = "▁▂▃▄▅▆▇█"
_WIDTH = 48
_ALARMS = 5


def view(run: Watched, since: float) -> Panel:
    """Return the run as it is now; ``since`` is when its last row came."""
    idle = time.monotonic() - since
    head = Text.assemble(
        (run.status, _COLOURS.get(run.status, "dim")),
        f"   step {run.step:,}   {_rows(run)}   ",
        (_ago(idle), "dim"),
    )
    curves = Table.grid(padding=(0, 2))
    for name, values in run.curves.items():
        curves.add_row(Text(one_line(name), style="cyan"), f"{values[-1]:.5g}", _curve(values))
    alarms = [Text(f"step {alarm.step:,}  {alarm.rules}", style="red") for alarm in run.alarms[-_ALARMS:]]
    last = [Text(run.alarms[-1].text)] if run.alarms else [Text("no alarm so far", style="dim")]
    return Panel(
        Group(head, Text(), curves, Text(), *alarms, *last), title=Text(one_line(run.path)), subtitle="Ctrl-C leaves"
    )


def _rows(run: Watched) -> str:
    """Return how many rows came; while it warms up, of how many that are needed."""
    needed = f" of {run.needed} needed to be judged" if run.status == "warming up" else ""
    return f"{run.rows:,} rows{needed}"


def _ago(seconds: float) -> str:
    return "" if seconds < 2 else f"nothing new for {seconds:.0f} s"


def _curve(values: Sequence[float]) -> Text:
    """Return one block character for each bin: its mean, between the lowest and the highest; ! is not finite."""
    every = max(1, -(-len(values) // _WIDTH))
    kept = list(values)
    means = [math.fsum(part) / len(part) if all(map(math.isfinite, part)) else math.nan for part in _parts(kept, every)]
    finite = [mean for mean in means if math.isfinite(mean)]
    low, high = (min(finite), max(finite)) if finite else (0.0, 0.0)
    text = Text()
    for mean in means:
        if math.isfinite(mean):
            height = 0.5 if high == low else (mean - low) / (high - low)
            text.append(_BARS[min(7, int(8 * height))])
        else:
            text.append("!", style="bold red")
    return text


def _parts(values: list[float], length: int) -> list[list[float]]:
    return [values[at : at + length] for at in range(0, len(values), length)]
