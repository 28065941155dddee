"""``anet-lite upscale``: a coarse log at its full rate."""

from __future__ import annotations

import csv
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

from anet_lite._internal.one_line import one_line
from anet_lite.cli.options.options import Lang, Language
from anet_lite.cli.options.output_file import refuse_input
from anet_lite.cli.options.read_options import Decimal, Delimiter, Encoding, Header, Missing, read_options
from anet_lite.cli.options.settings import refuse

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

    from anet_lite.reader.text import ReadOptions
    from anet_lite.upscaling import Upscaled

EXAMPLES = """Examples:

- `anet-lite upscale coarse.csv --factor 10 --reference recent.csv --column loss -o full.csv`
- `anet-lite upscale hourly.csv --factor 60 --reference minutes.csv --method spectral --band --plot full.png`
- `anet-lite upscale coarse.csv --factor 10 --reference recent.csv --low 0 --lang ja`
"""


class Kind(str, Enum):
    """What a point is."""

    mean = "mean"
    sample = "sample"


class Texture(str, Enum):
    """How samples are made."""

    fragments = "fragments"
    spectral = "spectral"


Low = Annotated[Optional[float], typer.Option(help="No sample is below it.")]
High = Annotated[Optional[float], typer.Option(help="No sample is above it.")]


def upscale(
    file: Annotated[str, typer.Argument(help="The coarse series, in any form.", show_default=False)],
    factor: Annotated[int, typer.Option(help="Samples that a point stands for.", show_default=False)],
    reference: Annotated[
        str,
        typer.Option(
            metavar="FILE", help="A series at the full rate, of this stream or one like it.", show_default=False
        ),
    ],
    column: Annotated[str, typer.Option(help="The column in both files, where there are several.")] = "",
    kind: Annotated[Kind, typer.Option(help="Points are means, or every n-th sample.")] = Kind.mean,
    method: Annotated[Texture, typer.Option(help="Blocks of the reference, or its spectrum.")] = Texture.fragments,
    seed: Annotated[int, typer.Option(min=0, help="What the draws come from.")] = 0,
    low: Low = None,
    high: High = None,
    band: Annotated[bool, typer.Option("--band", help="Say between which values samples lie (spectral).")] = False,
    output: Annotated[str, typer.Option("--output", "-o", help="The samples as CSV.")] = "upscaled.csv",
    plot: Annotated[str, typer.Option(metavar="FILE", help="Draw the samples and their points into this file.")] = "",
    lang: Lang = Language.en,
    delimiter: Delimiter = "",
    decimal: Decimal = "",
    encoding: Encoding = "",
    missing: Missing = [],  # noqa: B006
    header: Header = None,
) -> None:
    """Give a log that kept only means, or every n-th sample, its full rate back, with the noise of a reference.

    Means stay exact. Whether the reference fits is said in a sentence. What is between the points is made up: it has
    the reference's texture, and is good for starting a detector warm or for comparing on a common grid, not for looking
    for what happened there.
    """
    from anet_lite.upscaling.upscale import upscaled

    reading = read_options(delimiter, decimal, encoding, missing, header)
    refuse_input(output, file, reference)
    try:
        series, other = (_column(path, column, reading) for path in (file, reference))
        found = upscaled(series, factor, other, kind.value, method.value, seed, low, high, band)
        _write(found, output)
        if plot:
            found.plot(plot)
    except OSError as error:
        refuse(f"{error.filename or file}: {error.strerror or error}")
    except (ImportError, ValueError) as error:
        refuse(str(error))
    for sentence in found.explain(lang.value):
        typer.echo(sentence)
    typer.echo(one_line(f"{'書き出し先' if lang is Language.ja else 'Written'}: {output}"))


def _column(path: str, name: str, reading: ReadOptions) -> NDArray[float64]:
    """Read the column of numbers that was named, or the only one."""
    import numpy as np

    from anet_lite.reader.columns.choose import metric_columns
    from anet_lite.reader.columns.known import known_of
    from anet_lite.reader.open import open_source
    from anet_lite.reader.table import Wanted, whole

    source = open_source(path, reading)
    name = metric_columns(known_of(source), [name] if name else [], path)[0]
    values, given = whole(source, Wanted((name,)), lambda _: None).numbers[name]
    return np.where(given, values, np.nan)


def _write(found: Upscaled, path: str) -> None:
    """Write a row for each sample; what is missing is an empty cell."""
    from math import isnan

    columns: dict[str, list[Any]] = {name: values.tolist() for name, values in found.columns().items()}
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["sample", *columns])
        for sample, row in enumerate(zip(*columns.values())):
            out.writerow([sample, *("" if isnan(cell) else cell for cell in row)])
