"""The application: its own options, and the commands in the order in which ``--help`` lists them."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

import anet_lite
from anet_lite.cli.quiet import quiet_end


class _QuietGroup(TyperGroup):
    """Typer's own handling of Ctrl-C and closed pipes differs between its versions: ours comes first."""

    def invoke(self, ctx: Any) -> Any:
        with quiet_end():
            return super().invoke(ctx)


app = typer.Typer(
    cls=_QuietGroup,
    name="anet-lite",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"anet-lite {anet_lite.__version__}")
        raise typer.Exit


@app.callback()
def anet_lite_command(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """See the moment a model or a stream starts to fail."""


def run() -> None:
    """Run the command line."""
    with quiet_end():
        app(prog_name="anet-lite")
