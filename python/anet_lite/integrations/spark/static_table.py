"""A static table: its rows sorted by key and handed over as Arrow, each key scored once, with no state to keep."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Callable

import numpy as np
from pyspark.sql import types as st

from anet_lite._internal.optional_import import need
from anet_lite._native import AnetError, AnetValueError, Detections
from anet_lite.integrations.spark.output_column import MONITOR
from anet_lite.integrations.spark.rows import BAD, number, sorted_rows, unplaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray
    from pyspark.sql import DataFrame

    from anet_lite.integrations.spark.processor import Job

pa: Any = need("pyarrow", "spark")
arrow_types: Any = need("pyspark.sql.pandas.types", "spark")
Rows = Any
"""A table of Arrow, whose types are not known."""

ROWS_A_PART = 200_000
"""Rows of whole keys that a worker takes at a time: about a second of one core, and some 30 MB."""


def score_static(encoded: DataFrame, job: Job) -> DataFrame:
    """Score encoded columns (key, order, inputs); return them with the output and its fault.

    Sorted partitions need no group, no state and no row object: Spark spills what does not fit, and a worker holds some
    keys at a time.

    Raises:
        TypeError: The key is of a type that Arrow cannot tell apart.

    """
    key, *_, output, fault = job.columns
    kind = encoded.schema[key].dataType
    if isinstance(kind, (st.ArrayType, st.MapType, st.StructType)):
        raise TypeError(f"key must be one value in a static table, got column {key} of {kind.simpleString()}")
    added = [st.StructField(output, st.StructType.fromDDL(job.output.schema)), st.StructField(fault, st.StringType())]
    schema = st.StructType([*encoded.schema.fields, *added])
    scores: Any = arrow_types.to_arrow_type(added[0].dataType)

    def score(batches: Iterable[Rows]) -> Iterator[Rows]:
        for part in whole_keys(batches):
            yield from scored(part, job, scores).to_batches()

    placed: Any = encoded.repartition(key).sortWithinPartitions(key)
    return placed.mapInArrow(score, schema)


def whole_keys(batches: Iterable[Rows]) -> Iterator[Rows]:
    """Put sorted batches together, and cut them between keys."""
    held: list[Rows] = []
    count, limit = 0, ROWS_A_PART
    for batch in batches:
        held.append(batch)
        count += len(batch)
        if count >= limit:
            table = pa.Table.from_batches(held)
            codes, _ = _codes(table.column(0))
            cut = int(np.argmax(codes == codes[-1]))
            if cut:
                yield table[:cut]
            held, count = table[cut:].to_batches(), len(table) - cut
            limit = max(ROWS_A_PART, 2 * count)
    if held:
        yield pa.Table.from_batches(held)


def scored(part: Rows, job: Job, kind: Any) -> Rows:
    """Return the rows of whole keys, sorted, with scores of a type of Arrow, and faults; unscored ones stand last."""
    (codes, names), (order, placed) = _codes(part.column(0)), _order(part.column(1), job)

    def at(row: int) -> str:
        return f"key {names[codes[row]]!r} at {job.order.text(part.column(1)[row].as_py())}"

    if job.on_bad == "raise" and not placed.all():
        raise unplaced(names[int(codes[int(np.argmin(placed))])])
    inputs = [_numbers(column, at, job) for column in part.columns[2:]]
    values: Any
    values, null, bad = (np.column_stack(arrays) for arrays in zip(*inputs))
    bad = bad.any(axis=1)
    taken = placed if job.on_bad == "null" else placed & ~bad
    rows = np.flatnonzero(taken)
    rows = rows[sorted_rows(values[rows], null[rows], order[rows], codes[rows])]
    found: list[Rows] = []
    for run in _runs(rows, codes):
        inputs = _with_nulls(values[run], null[run]) if job.output == MONITOR else values[run]
        found.append(_column(_score(names[codes[run[0]]], inputs, order[run], job), kind))
    every = np.concatenate([rows, np.flatnonzero(~taken)])
    output = pa.chunked_array([*found, pa.nulls(len(every) - len(rows), kind)], kind)
    faults = pa.array(np.full(len(every), BAD), pa.string(), mask=(placed & ~bad)[every])
    table = part.take(pa.array(every))
    return table.append_column(job.columns[-2], output).append_column(job.columns[-1], faults)


def _codes(keys: Rows) -> tuple[NDArray[np.int64], list[str]]:
    """Return a code for each row, and the key of each code as text; null is a key."""
    encoded = keys.combine_chunks().dictionary_encode(null_encoding="encode")
    return encoded.indices.to_numpy().astype(np.int64), [str(key) for key in encoded.dictionary.to_pylist()]


def _order(column: Rows, job: Job) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return the order of each row, and whether it has one."""
    placed = ~column.is_null(nan_is_null=True).to_numpy()
    return np.where(placed, job.order.integers(column.fill_null(0).to_numpy()), 0), placed


def _numbers(column: Rows, at: Callable[[int], str], job: Job) -> tuple[Any, Any, Any]:
    """Return the numbers of an input, whether each was null, and whether it was a text that is no number."""
    if not pa.types.is_string(column.type):
        return column.fill_null(np.nan).to_numpy(), column.is_null().to_numpy(), np.zeros(len(column), bool)
    read = [number(text, partial(at, row), job.on_bad) for row, text in enumerate(column.to_pylist())]
    values = [None if one is None else one[0] for one in read]
    return np.array(values, float), np.array([v is None for v in values]), np.array([one is None for one in read])


def _runs(rows: NDArray[np.int64], codes: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Cut sorted rows between keys."""
    return np.split(rows, np.flatnonzero(np.diff(codes[rows])) + 1) if len(rows) else []


def _with_nulls(values: Any, null: Any) -> list[list[float | None]]:
    """Return rows for a monitor, which tells a signal that was not given from NaN."""
    rows = values.astype(object)
    rows[null] = None
    return rows.tolist()


def _score(name: str, inputs: Any, order: NDArray[np.int64], job: Job) -> Any:
    """Score all rows of a key with a scorer of its own."""
    try:
        scores = job.output.score(job.make(name), inputs, order.tolist())
        return scores if isinstance(scores, Detections) else list(job.output.values(scores))
    except (AnetError, TypeError, ValueError) as error:
        raise AnetValueError(f"key {name!r}: {error}") from error


def _column(found: Any, kind: Any) -> Rows:
    """Return the output column; that of detectors without a Python object a row."""
    if isinstance(found, Detections):
        return pa.StructArray.from_arrays([pa.array(getattr(found, f.name), f.type) for f in kind], fields=list(kind))
    return pa.array(found, kind)
