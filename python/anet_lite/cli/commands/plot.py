"""``anet-lite plot``: a run as a picture."""

from __future__ import annotations

from typing import Annotated

import typer

from anet_lite.cli.options.options import AsJson, Columns, Settings  # noqa: TC001 - typer evaluates them
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

- `anet-lite plot run.jsonl -o run.png`
- `anet-lite plot trainer_state.json -o run.svg`
"""


def plot(
    file: Annotated[str, typer.Argument(help="Records, or whatever `anet-lite replay` takes.", show_default=False)],
    output: Annotated[str, typer.Option("--output", "-o", help="The picture; .png or .svg, for instance.")] = "run.png",
    column: Columns = [],  # noqa: B006
    setting: Settings = [],  # noqa: B006
    as_json: AsJson = False,
    delimiter: Delimiter = "",
    decimal: Decimal = "",
    encoding: Encoding = "",
    missing: Missing = [],  # noqa: B006
    header: Header = None,
) -> None:
    """Draw the signals and metrics of a run with its alarms into a file.

    A file of other numbers is taken for streams, as `anet-lite detect --plot` takes it.
    """
    from anet_lite.cli.detect import Asked
    from anet_lite.cli.detect import run as detect
    from anet_lite.cli.view.progress import meter
    from anet_lite.cli.view.run_plot import draw
    from anet_lite.page.read_run import read_run
    from anet_lite.reader import NoSignalError

    reading = read_options(delimiter, decimal, encoding, missing, header)
    refuse_input(output, file)
    is_run = True
    try:
        with meter("reading") as progress:
            run = read_run(file, monitor_of(setting), pairs(column, "column"), progress, reading)
        draw(run, output)
    except NoSignalError as error:
        is_run, asked = False, Asked(file, reading, every_column=True, plot=output, silent=as_json)
        detect_instead(file, error, lambda: detect(asked), silent=as_json)
    except OSError as error:
        refuse(f"{error.filename or file}: {error.strerror}")
    except (ImportError, ValueError) as error:
        refuse(str(error))
    write_written("Drawn", file, output, as_json, is_run=is_run)
