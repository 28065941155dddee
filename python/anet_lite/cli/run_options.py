"""Options of every command that reads a run: which columns are the signals, and how the monitor is set."""

from __future__ import annotations

from typing import Annotated

import typer

Columns = Annotated[
    list[str],
    typer.Option(metavar="SIGNAL=NAME", help="Column of a signal, where the guess is wrong; SIGNAL= leaves it out."),
]
Settings = Annotated[
    list[str],
    typer.Option("--set", metavar="NAME=VALUE", help="Setting of the monitor: false_alarms_per_10k, remember."),
]
