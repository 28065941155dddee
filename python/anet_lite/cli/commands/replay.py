"""``anet-lite replay``: what a monitor would have said of a run that is over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from anet_lite.cli.options.options import Columns, Settings  # noqa: TC001 - typer evaluates them
from anet_lite.cli.options.settings import monitor_of, pairs, refuse
from anet_lite.cli.view.output import Format, write

if TYPE_CHECKING:
    from anet_lite.cli.rows.value import Value
    from anet_lite.replay import Incident, Replay

EXAMPLES = """Examples:

- `anet-lite replay run.jsonl`
- `anet-lite replay trainer_state.json --set false_alarms_per_10k=5`
- `anet-lite replay wandb_export.csv --column loss="my-run - train/loss" --column lr=`
- `anet-lite replay runs/exp1 --format jsonl`
"""


def replay(
    file: Annotated[
        str,
        typer.Argument(
            help="Records, CSV, JSON lines, trainer_state.json, a TensorBoard folder, Parquet.", show_default=False
        ),
    ],
    column: Columns = [],  # noqa: B006
    setting: Settings = [],  # noqa: B006
    form: Annotated[Format, typer.Option("--format", help="How the incidents are printed.")] = Format.table,
) -> None:
    """Run the monitor over a file, and print what would have fired, when, and how long before the loss broke.

    Signals are loss, grad_norm, step_norm, noise, lr and step; which column is which is guessed and shown.
    """
    from anet_lite.cli.view.progress import meter
    from anet_lite.replay import replay as run

    try:
        with meter("replaying") as progress:
            found = run(file, monitor_of(setting), pairs(column, "column"), progress)
    except OSError as error:
        refuse(f"{file}: {error.strerror}")
    except (ImportError, ValueError) as error:
        refuse(str(error))
    rows = [_row(incident, found) for incident in found.incidents]
    if form is Format.table:
        typer.echo(_heading(file, found))
        if rows:
            write(rows, form)
            _explain(found.incidents[0])
        typer.echo(_summary(found))
    else:
        write(rows, form)


def _heading(file: str, found: Replay) -> str:
    columns = ", ".join(name if name == signal else f"{signal}={name!r}" for signal, name in found.columns.items())
    return f"{file}: {found.form}, {found.rows:,} rows with {columns}"


def _row(incident: Incident, found: Replay) -> dict[str, Value]:
    first = incident.first
    lead: Value = "" if found.broke is None or first.row > found.broke else found.broke - first.row
    return {"step": first.step, "row": first.row, "fires": " ".join(incident.rules), "rows before the break": lead}


def _explain(incident: Incident) -> None:
    from anet_lite.diagnosis import explain

    typer.echo(explain(incident.first))


def _summary(found: Replay) -> str:
    count = {0: "No alarm", 1: "1 incident"}.get(len(found.incidents), f"{len(found.incidents)} incidents")
    if found.broke is None:
        return f"{count}. The loss did not break."
    before = [incident.first.row for incident in found.incidents if incident.first.row <= found.broke]
    broke = f"{count}. The loss broke at step {found.broke_step}"
    if not before:
        return f"{broke}, without an alarm before."
    return f"{broke}: the last incident before it opened {found.broke - before[-1]} rows earlier."
