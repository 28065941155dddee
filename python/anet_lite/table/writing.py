"""Part after part of a table: scored by a pool of its keys, and written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable

import numpy as np

from anet_lite._internal.optional_import import need
from anet_lite._native import StreamDetectorPool
from anet_lite.table.columns import codes_of, orders_of, sorted_rows, values_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

pa: Any = need("pyarrow", "records")
pq: Any = need("pyarrow.parquet", "records")

ROWS_A_PART = 200_000
"""Rows that are scored before some are written and the bar moves: about a second of one core."""

ADDED = ("score", "p_value", "held", "expected")


def write_scored(columns: Any, target: Any, empty: StreamDetectorPool, advance: Callable[[int], None]) -> None:
    """Score and write part after part; the file has its name once it is whole."""
    key, order_by, value = columns.column_names
    (codes, count), samples = codes_of(columns[key]), values_of(columns[value])
    order = orders_of(columns[order_by], order_by)
    rows = sorted_rows(codes, order, samples)
    kinds = [pa.float64(), pa.float64(), pa.bool_(), pa.float64()]
    schema = pa.schema([*columns.schema, *map(pa.field, ADDED, kinds)])
    unfinished = target.with_name(f"{target.name}.part")
    try:
        with pq.ParquetWriter(unfinished, schema) as writer:
            for part in _parts(rows, codes, count):
                found = _scored(empty, codes[part], samples[part], order[part])
                scores = [pa.array(getattr(found, name)) for name in ADDED]
                writer.write_table(pa.table([*columns.take(pa.array(part)).columns, *scores], schema=schema))
                advance(len(part))
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def _parts(rows: NDArray[np.int64], codes: NDArray[np.int64], count: int) -> Iterator[NDArray[np.int64]]:
    """Cut sorted rows between keys, into parts of about ``ROWS_A_PART`` rows."""
    ends = np.cumsum(np.bincount(codes, minlength=count)) if len(rows) else np.empty(0, np.int64)
    start = 0
    while start < len(rows):
        end = int(ends[min(int(np.searchsorted(ends, start + ROWS_A_PART)), count - 1)])
        yield rows[start:end]
        start = end


def _scored(empty: StreamDetectorPool, codes: Any, samples: Any, order: Any) -> Any:
    """Give each key of a part a detector, and score its rows."""
    pool = StreamDetectorPool.from_bytes(empty.to_bytes())
    first = int(codes[0])  # the keys of a part follow each other
    pool.add(int(codes[-1]) - first + 1)
    return pool.score(codes - first, samples, order, parts=False)
