"""``anet-lite check``: what is wrong with a checkpoint."""

from __future__ import annotations

from typing import Annotated

import typer

from anet_lite._internal.one_line import one_line
from anet_lite.cli.options.exit_status import FAILED
from anet_lite.cli.options.options import AsJson, Lang, Language
from anet_lite.cli.options.settings import refuse

EXAMPLES = """Examples:

- `anet-lite check model.safetensors`
- `anet-lite check checkpoint-400 --against checkpoint-300`
- `anet-lite check last.ckpt --json`
"""


def check(
    path: Annotated[
        str,
        typer.Argument(help="A file (.safetensors, .pt, .pth, .ckpt, .bin) or a folder of them.", show_default=False),
    ],
    against: Annotated[str, typer.Option(metavar="PATH", help="An earlier checkpoint of the same run.")] = "",
    as_json: AsJson = False,
    lang: Lang = Language.en,
) -> None:
    """Look at every number of a checkpoint.

    Finds what is not finite, what half precision cannot hold, adapters that are still 0; with `--against` what has not
    changed since and whose type is another one. Exit status: 0 nothing is wrong, 1 something is, 2 it cannot be read.
    Frozen tensors and zeros of other kinds are named, and are not wrong.
    """
    from anet_lite.checkpoint import check_checkpoint
    from anet_lite.checkpoint.words import sentences
    from anet_lite.cli.view.document import write_document
    from anet_lite.cli.view.progress import meter

    try:
        with meter("reading") as progress:
            report = check_checkpoint(path, against or None, progress)
    except OSError as error:
        refuse(f"{error.filename or path}: {error.strerror}")
    except (ImportError, ValueError) as error:
        refuse(str(error))
    said = sentences(report, lang.value)
    if as_json:
        write_document({**report.to_dict(), "sentences": said})
    else:
        for line in said:
            typer.echo(one_line(line))
    if not report.is_sound:
        raise typer.Exit(FAILED)
