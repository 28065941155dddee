"""``anet-lite zeros``: true zeta zeros, from any ordinal on."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer

from anet_lite.cli.options.options import AsJsonLines  # noqa: TC001 - typer evaluates it
from anet_lite.cli.view.output import Format, write
from anet_lite.cli.view.progress import bar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy import float64
    from numpy.typing import NDArray

    from anet_lite.cli.rows.value import Value

EXAMPLES = """Examples:

- `anet-lite zeros --count 10`
- `anet-lite zeros --start 1000000000 --count 1000 --format csv > zeros.csv`
- `anet-lite zeros --count 1000000 --npy zeros.npy`
"""


def zeros(
    start: Annotated[int, typer.Option(help="Ordinal of the first zero, from 1.")] = 1,
    count: Annotated[int, typer.Option(help="How many zeros.")] = 20,
    form: Annotated[Format, typer.Option("--format", help="How the zeros are printed.")] = Format.table,
    as_json: AsJsonLines = False,
    npy: Annotated[str, typer.Option(help="Write the heights into this NumPy file instead.")] = "",
) -> None:
    """Find zeros of the Riemann zeta function, counted by Turing's method so that none is missing."""
    from rh_sparse_anomaly import zeta_zero_chunks

    form = Format.jsonl if as_json else form
    chunks = bar(zeta_zero_chunks(start, count), -(-count // 65_536), "finding", form)
    if npy:
        _save(chunks, count, npy)
    else:
        write(_rows(chunks, start), form)


def _rows(chunks: Iterator[NDArray[float64]], start: int) -> Iterator[dict[str, Value]]:
    heights = chain.from_iterable(chunk.tolist() for chunk in chunks)
    for ordinal, height in enumerate(heights, start):
        yield {"ordinal": ordinal, "height": height}


def _save(chunks: Iterator[NDArray[float64]], count: int, path: str) -> None:
    """Write chunk by chunk: the file may be larger than the memory."""
    from numpy import float64
    from numpy.lib.format import open_memmap

    first = next(chunks, None)
    file = open_memmap(path, mode="w+", dtype=float64, shape=(count,))
    written = 0
    for chunk in chain([] if first is None else [first], chunks):
        file[written : written + chunk.size] = chunk
        written += chunk.size
    file.flush()
