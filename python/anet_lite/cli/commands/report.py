"""``anet-lite report``: a run as one self-contained page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from anet_lite._internal.one_line import one_line
from anet_lite.cli.options.exit_status import FAILED
from anet_lite.cli.options.options import AsJson, Columns, Lang, Language, Settings, Signals
from anet_lite.cli.options.output_file import refuse_input
from anet_lite.cli.options.read_options import (
    Decimal,
    Delimiter,
    Encoding,
    Header,
    Missing,
    read_options,
)
from anet_lite.cli.options.settings import detect_instead, monitor_of, pairs, refuse
from anet_lite.cli.view.document import write_written

EXAMPLES = """Examples:

- `anet-lite report run.jsonl`
- `anet-lite report run.jsonl --tombstones tombstones.rank0.jsonl -o report.html`
- `anet-lite report trainer_state.json --set false_alarms_per_10k=5`
"""


def report(
    file: Annotated[str, typer.Argument(help="Records, or whatever `anet-lite replay` takes.", show_default=False)],
    output: Annotated[str, typer.Option("--output", "-o", help="The page.")] = "report.html",
    tombstones: Annotated[str, typer.Option(metavar="FILE", help="A tombstone log to show, too.")] = "",
    column: Columns = [],  # noqa: B006
    signal: Signals = [],  # noqa: B006
    setting: Settings = [],  # noqa: B006
    as_json: AsJson = False,
    delimiter: Delimiter = "",
    decimal: Decimal = "",
    encoding: Encoding = "",
    missing: Missing = [],  # noqa: B006
    header: Header = None,
    lang: Lang = Language.en,
) -> None:
    """Write one HTML file with the plots of a run, its alarms with their explanations, and its tombstones.

    The page needs nothing but a browser: no network, no other file. Records show what was recorded; of another file the
    monitor is run now, and one of other numbers is taken for streams, as `anet-lite detect` takes it. Exit status: 1
    where the tombstone log is altered, or nobody could check it; the page says so.
    """
    from anet_lite.cli.detect import Asked
    from anet_lite.cli.detect import run as detect
    from anet_lite.cli.view.progress import meter
    from anet_lite.page.render import render
    from anet_lite.page.report import run_of
    from anet_lite.reader import NoSignalError

    reading = read_options(delimiter, decimal, encoding, missing, header)
    refuse_input(output, file, tombstones)
    try:
        monitor, columns = monitor_of(setting, signal), pairs(column, "column")
        with meter("reading") as progress:
            run = run_of(file, tombstones or None, columns, monitor, progress, reading, lang.value)
        Path(output).write_text(render(run, lang.value), encoding="utf-8")
    except NoSignalError as error:
        asked = Asked(file, reading, lang=lang.value, every_column=True, report=output, silent=as_json)
        detect_instead(file, error, lambda: detect(asked), silent=as_json)
        write_written("Written", file, output, as_json, is_run=False)
        return
    except OSError as error:
        refuse(f"{error.filename or file}: {error.strerror}")
    except (ImportError, ValueError) as error:
        refuse(str(error))
    write_written("Written", file, output, as_json, remark=run.audit_remark)
    if run.audit_remark:
        typer.echo(one_line(f"{tombstones}: {run.audit_remark}"), err=True)
        raise typer.Exit(FAILED)
