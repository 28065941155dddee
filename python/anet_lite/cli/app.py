"""The application: its own options, and the commands in the order in which ``--help`` lists them."""

from __future__ import annotations

import os
from difflib import get_close_matches
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

import anet_lite
from anet_lite._internal.one_line import one_line
from anet_lite.cli.commands import (
    board,
    check,
    dashboard,
    detect,
    doctor,
    mcp,
    merge_check,
    plot,
    replay,
    report,
    schema,
    spark,
    tombstones,
    trace,
    upscale,
    watch,
    zeros,
)
from anet_lite.cli.demo import command as demo
from anet_lite.cli.options.exit_status import exit_status
from anet_lite.cli.options.options import evaluated


class _ExitStatusGroup(TyperGroup):
    """Typer's own handling of Ctrl-C and closed pipes differs between its versions: ours comes first."""

    def invoke(self, ctx: Any) -> Any:
        try:
            with exit_status():
                return super().invoke(ctx)
        except anet_lite.AnetError as error:
            raise typer.BadParameter(one_line(str(error))) from error
        except typer.BadParameter as error:
            error.message = one_line(error.message)  # it may quote a file
            raise

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command; a user who names a file first is told what to put before it."""
        name = args[0]
        if name not in self.commands and os.path.exists(name):
            ctx.fail(one_line(f"{name!r} is a file, no command: for a training run `anet-lite replay {name}`, "
                              f"for a stream of numbers `anet-lite detect {name}`"))  # fmt: skip
        if name not in self.commands and (near := get_close_matches(name, self.commands, 1)):
            ctx.fail(one_line(f"No such command {name!r}. Did you mean `anet-lite {near[0]}`?"))
        return super().resolve_command(ctx, args)


EXAMPLES = """Examples:

- `anet-lite demo`
- `anet-lite detect metrics.csv --plot metrics.png`
- `anet-lite replay run.jsonl`
- `anet-lite report run.jsonl -o report.html`
- `anet-lite trace --format csv > trace.csv`
- `anet-lite trace --help`
"""

app: typer.Typer = typer.Typer(
    cls=_ExitStatusGroup,
    name="anet-lite",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    epilog=EXAMPLES,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"anet-lite {anet_lite.__version__}")
        raise typer.Exit


@app.callback()
@evaluated
def anet_lite_command(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """See the moment a model or a stream starts to fail."""


app.command(epilog=demo.EXAMPLES)(evaluated(demo.demo))
app.command(epilog=board.EXAMPLES)(evaluated(board.board))
app.command(epilog=check.EXAMPLES)(evaluated(check.check))
app.command(epilog=dashboard.EXAMPLES)(evaluated(dashboard.dashboard))
app.command(epilog=detect.EXAMPLES)(evaluated(detect.detect))
app.command(epilog=doctor.EXAMPLES)(evaluated(doctor.doctor))
app.command(epilog=mcp.EXAMPLES)(evaluated(mcp.mcp))
app.command(epilog=merge_check.EXAMPLES)(evaluated(merge_check.merge_check))
app.command(epilog=plot.EXAMPLES)(evaluated(plot.plot))
app.command(epilog=replay.EXAMPLES)(evaluated(replay.replay))
app.command(epilog=report.EXAMPLES)(evaluated(report.report))
app.command(epilog=schema.EXAMPLES)(evaluated(schema.schema))
app.command(epilog=trace.EXAMPLES)(evaluated(trace.trace))
app.command(epilog=upscale.EXAMPLES)(evaluated(upscale.upscale))
app.command(epilog=watch.EXAMPLES)(evaluated(watch.watch))
app.command(epilog=zeros.EXAMPLES)(evaluated(zeros.zeros))
app.add_typer(spark.app)
app.add_typer(tombstones.app)


def run() -> None:
    """Run the command line."""
    with exit_status():
        app(prog_name="anet-lite")
