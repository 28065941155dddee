"""``anet-lite zeros``: true zeta zeros, by their ordinals or their heights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Optional

import typer

from anet_lite.cli.options.options import AsJsonLines  # noqa: TC001 - typer evaluates it
from anet_lite.cli.view.output import Format, write
from anet_lite.cli.view.progress import bar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from anet_lite.cli.rows.value import Value
    from anet_lite.zeta import ZeroRange

EXAMPLES = """Examples:

- `anet-lite zeros --count 10`
- `anet-lite zeros --count 3 --digits 40`
- `anet-lite zeros --from-height 1000 --to-height 1010`
- `anet-lite zeros --start 1000000000 --count 1000 --format csv > zeros.csv`
- `anet-lite zeros --count 1000000 --npy zeros.npy`
"""

#: Zeros that are found at a time: memory does not grow with their number.
CHUNK = 65_536

#: Decimal places of a table. CSV and JSON lines hold every digit of a float64.
PLACES = 10


def zeros(
    start: Annotated[Optional[int], typer.Option(help="Ordinal of the first zero, from 1.")] = None,  # noqa: UP045
    count: Annotated[Optional[int], typer.Option(help="How many zeros; 20 unless told.")] = None,  # noqa: UP045
    from_height: Annotated[Optional[float], typer.Option(help="Begin above this height instead.")] = None,  # noqa: UP045
    to_height: Annotated[Optional[float], typer.Option(help="End at this height instead.")] = None,  # noqa: UP045
    digits: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(help="Decimal places of each height; from 11 to 14 on, the less the higher, mpmath is needed."),
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="How the zeros are printed.")] = Format.table,
    as_json: AsJsonLines = False,
    npy: Annotated[str, typer.Option(help="Write the heights into this NumPy file instead.")] = "",
) -> None:
    """Find zeros of the Riemann zeta function, counted by Turing's method so that none is missing."""
    form = Format.jsonl if as_json else form
    first, total = _chosen(start, count, from_height, to_height)
    ranges = bar(_ranges(first, total), -(-total // CHUNK), "finding", form)
    if npy:
        _save(ranges, total, npy)
    else:
        write(_rows(ranges, digits, form), form)


def _chosen(
    start: int | None, count: int | None, from_height: float | None, to_height: float | None
) -> tuple[int, int]:
    """Return the first ordinal and the number of zeros that the options name."""
    if start is not None and from_height is not None:
        raise typer.BadParameter("--start and --from-height both say where to begin: give one of them")
    if count is not None and to_height is not None:
        raise typer.BadParameter("--count and --to-height both say where to end: give one of them")
    if from_height is not None and to_height is not None and to_height < from_height:
        raise typer.BadParameter(f"--to-height must be at least --from-height, {from_height}, got {to_height}")
    from anet_lite.zeta import zero_count

    first = zero_count(from_height) + 1 if from_height is not None else 1 if start is None else start
    if to_height is None:
        return first, 20 if count is None else count
    return first, max(0, zero_count(to_height) + 1 - first)


def _ranges(start: int, count: int) -> Iterator[ZeroRange]:
    """Give the zeros chunk by chunk; none at all is one empty chunk, so that wrong arguments are refused there too."""
    from anet_lite.zeta import zeros as found

    for first in range(start, start + count, CHUNK) or [start]:
        yield found(first, min(CHUNK, start + count - first))


def _rows(ranges: Iterable[ZeroRange], digits: int | None, form: Format) -> Iterator[dict[str, Value]]:
    for chunk in ranges:
        heights: list[float] | list[str] = chunk.heights.tolist()
        if digits is not None or form is Format.table:
            heights = chunk.decimals(PLACES if digits is None else digits)
        for ordinal, height in zip(chunk.ordinals.tolist(), heights):
            yield {"ordinal": ordinal, "height": height}


def _save(ranges: Iterable[ZeroRange], count: int, path: str) -> None:
    """Write chunk by chunk: the file may be larger than the memory."""
    from numpy import float64
    from numpy.lib.format import open_memmap

    file = None
    written = 0
    for chunk in ranges:
        file = open_memmap(path, mode="w+", dtype=float64, shape=(count,)) if file is None else file
        file[written : written + len(chunk)] = chunk.heights
        written += len(chunk)
    if file is not None:
        file.flush()
