"""Scores a table of many streams once, on every core of one machine."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Callable

from anet_lite._internal.optional_import import need
from anet_lite._native import StreamDetectorPool

if TYPE_CHECKING:
    from collections.abc import Generator
    from os import PathLike


def score_table(
    source: str | PathLike[str],
    target: str | PathLike[str],
    *,
    key: str,
    order_by: str,
    value: str,
    pool: StreamDetectorPool | None = None,
    progress: bool = False,
) -> int:
    """Score each stream of a table by what came before in it, and write the rows with their scores.

    The scores are those of ``StreamDetector.push_many`` for the rows of each key, sorted by ``order_by``, bit for bit.
    The columns that are read must fit memory, 24 bytes a row and their scores; the detectors need not: keys are taken
    in turn, some at a time, and their detectors are given up when their rows are written.

    Args:
        source: A Parquet file, or a folder of them. Needs the extra ``records``.
        target: The Parquet file to be written, one that is not there yet. It is there once all rows are in it.
        key: Column that names the stream of a row; null is a key too.
        order_by: Column with the place of a row in its stream: a timestamp, a date, an integer or a float. Rows of one
            order are taken by their values.
        value: Column of the samples. NaN, infinite and null are missing samples, never an error.
        pool: A pool of no streams, for its parameters; without it those of ``StreamDetectorPool(0)``.
        progress: Whether to show a bar on the standard error. Needs the extra ``cli``.

    Returns:
        How many rows were scored.

    Raises:
        FileExistsError: ``target`` is there.
        FileNotFoundError: ``source`` is not.
        ImportError: An extra is missing.
        TypeError: A column is of a type that cannot be used.
        ValueError: A column is missing, a row has no order, or ``pool`` has streams.

    Example:
        A table that is not there is named before anything is written:

        >>> import anet_lite
        >>> anet_lite.score_table("no.parquet", "new.parquet", key="pump", order_by="at", value="x")
        Traceback (most recent call last):
        ...
        FileNotFoundError: source is not there: no.parquet

    """
    if not Path(source).exists():
        raise FileNotFoundError(f"source is not there: {source}")
    ds = need("pyarrow.dataset", "records")
    from anet_lite.table.columns import check_columns
    from anet_lite.table.writing import write_scored

    if pool is not None and len(pool) > 0:
        raise ValueError(f"pool must have no streams, got {len(pool)}")
    target = Path(target)
    if target.exists():
        raise FileExistsError(f"target must not be there yet: {target}")
    table = ds.dataset(source, format="parquet")
    check_columns(table.schema, key, order_by, value)
    columns = table.to_table(columns=[key, order_by, value])
    with _bar(columns.num_rows, progress) as advance:
        write_scored(columns, target, pool if pool is not None else StreamDetectorPool(0), advance)
    return int(columns.num_rows)


@contextmanager
def _bar(total: int, shown: bool) -> Generator[Callable[[int], None], None, None]:
    """Show a bar, or nothing."""
    if not shown:
        yield lambda _: None
        return
    need("rich", "cli")
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task("score_table", total=total)
        yield lambda rows: bar.advance(task, rows)
