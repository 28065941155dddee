"""``anet-lite replay``: what a monitor would have said of a run that is over, and how the run went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from anet_lite._internal.one_line import one_line
from anet_lite.cli.options.exit_status import FAILED
from anet_lite.cli.options.options import AsJson, Columns, Lang, Language, Settings, Signals, VerdictKind
from anet_lite.cli.options.output_file import refuse_input
from anet_lite.cli.options.read_options import (
    Decimal,
    Delimiter,
    Encoding,
    Header,
    Missing,
    read_options,
)
from anet_lite.cli.options.settings import monitor_of, pairs, refuse
from anet_lite.cli.view.document import write_document
from anet_lite.cli.view.output import Format, write

if TYPE_CHECKING:
    from anet_lite.cli.rows.value import Value
    from anet_lite.reader.text import ReadOptions
    from anet_lite.replay import Incident, Replay

EXAMPLES = """Examples:

- `anet-lite replay run.jsonl`
- `anet-lite replay trainer_state.json --set false_alarms_per_10k=5`
- `anet-lite replay wandb_export.csv --column loss="my-run - train/loss" --column lr=`
- `anet-lite replay grpo.csv --signal reward=falls --signal router_load=both`
- `anet-lite replay run.jsonl --share run.shared.jsonl`
- `anet-lite replay runs/exp1 --json --fail-on failing --fail-on settled_worse`
"""


def replay(
    file: Annotated[
        str,
        typer.Argument(
            help="Records, a table, JSON, a log, or the folder of a run; `docs/reading.md` lists all.",
            show_default=False,
        ),
    ],
    column: Columns = [],  # noqa: B006
    signal: Signals = [],  # noqa: B006
    setting: Settings = [],  # noqa: B006
    form: Annotated[Format, typer.Option("--format", help="How the incidents are printed.")] = Format.table,
    as_json: AsJson = False,
    fail_on: Annotated[
        list[VerdictKind],
        typer.Option(help="A verdict that gives the exit status 1; may be repeated.", show_default=False),
    ] = [],  # noqa: B006
    delimiter: Delimiter = "",
    decimal: Decimal = "",
    encoding: Encoding = "",
    missing: Missing = [],  # noqa: B006
    header: Header = None,
    share: Annotated[
        str,
        typer.Option(
            metavar="FILE", help="Also write a record without names, texts and wall times, to be shown to others."
        ),
    ] = "",
    lang: Lang = Language.en,
) -> None:
    """Run the monitor over a file, and print what would have fired, when, and how the run went in retrospect.

    Signals are loss, grad_norm, step_norm, noise, lr and step; which column is which is guessed and shown. So are named
    signals with a name in common use, such as reward, kl, entropy and val_loss.
    """
    from anet_lite.cli.view.progress import meter
    from anet_lite.replay import replay as run

    reading = read_options(delimiter, decimal, encoding, missing, header)
    refuse_input(share, file, option="--share")
    try:
        with meter("replaying") as progress:
            found = run(file, monitor_of(setting, signal), pairs(column, "column"), progress, reading)
    except OSError as error:
        refuse(f"{file}: {error.strerror}")
    except (ImportError, ValueError) as error:
        refuse(str(error))
    rows = [_row(incident, found) for incident in found.incidents]
    if as_json:
        write_document({"file": file, **found.to_dict()})
    elif form is Format.table:
        typer.echo(one_line(_heading(file, found)))
        if rows:
            write(rows, form)
            _explain(found.incidents[0], lang.value)
        typer.echo(found.sentence(lang.value))
    else:
        write(rows, form)
    if share:
        said = _share(file, share, column, signal, setting, reading, lang.value)
        typer.echo("\n".join(map(one_line, said)), err=as_json or form is not Format.table)
    if found.verdict.kind in fail_on:
        raise typer.Exit(FAILED)


def _share(
    file: str, output: str, column: list[str], signal: list[str], setting: list[str], reading: ReadOptions, lang: str
) -> list[str]:
    """Write the record to be shared, and return what to say of it."""
    from anet_lite.share import share
    from anet_lite.share.words import sentences

    try:
        shared = share(file, output, monitor_of(setting, signal), pairs(column, "column"), reading)
    except OSError as error:
        refuse(f"{error.filename or output}: {error.strerror}")
    return sentences(shared, setting, lang)


def _heading(file: str, found: Replay) -> str:
    from anet_lite.reader.columns.taken import taken_sentence

    columns = taken_sentence(found.columns, found.names)
    counted = "; its steps go back again and again, so rows are counted" if found.steps_left_out else ""
    named = ", ".join(f"{name} ({side})" for name, side in found.signals.items())
    watched = f"; named signals: {named}" if named else ""
    remarks = "".join(f"; {remark}" for remark in found.remarks)
    return f"{file}: {found.form}, {found.rows:,} rows {columns}{watched}{counted}{remarks}"


def _row(incident: Incident, found: Replay) -> dict[str, Value]:
    first, since = incident.first, found.verdict.since
    lead: Value = "" if since is None or first.row > since else since - first.row
    return {"step": first.step, "row": first.row, "fires": " ".join(incident.rules), "rows before the break": lead}


def _explain(incident: Incident, lang: str) -> None:
    from anet_lite.diagnosis import explain

    typer.echo(explain(incident.first, lang=lang))
