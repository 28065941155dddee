"""Columns of an Arrow table as what a pool takes: a code a row, a 64-bit order, a sample."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from anet_lite._internal.optional_import import need

if TYPE_CHECKING:
    from numpy.typing import NDArray

pa: Any = need("pyarrow", "records")
pt: Any = pa.types


def check_columns(schema: Any, key: str, order_by: str, value: str) -> None:
    """Refuse columns that are not there, or of a type that cannot be used.

    Raises:
        TypeError: ``order_by`` has no order in 64 bits, or ``value`` holds no numbers.
        ValueError: A column is missing, or named twice.

    """
    names = [key, order_by, value]
    if len(set(names)) < len(names):
        raise ValueError(f"key, order_by and value must be different columns, got {', '.join(names)}")
    for name in names:
        if name not in schema.names:
            raise ValueError(f"source has no column {name}: it has {', '.join(schema.names)}")
    order, number = schema.field(order_by).type, schema.field(value).type
    if not (pt.is_timestamp(order) or pt.is_date32(order) or pt.is_integer(order) or pt.is_floating(order)):
        raise TypeError(
            f"order_by must be a timestamp, a date, an integer or a float, got column {order_by} of type {order}"
        )
    if not (pt.is_floating(number) or pt.is_integer(number) or pt.is_boolean(number) or pt.is_null(number)):
        raise TypeError(f"value must be a column of numbers, got column {value} of type {number}")


def codes_of(column: Any) -> tuple[NDArray[np.int64], int]:
    """Return a code for each row and how many keys there are; null is a key."""
    encoded = column.combine_chunks().dictionary_encode(null_encoding="encode")
    return encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64), len(encoded.dictionary)


def orders_of(column: Any, name: str) -> NDArray[np.int64]:
    """Return integers in the order of a column; for floats their bits, mapped so that they ascend.

    Raises:
        ValueError: A row has no order.

    """
    floats = pa.types.is_floating(column.type)
    kind = pa.int32() if pa.types.is_date32(column.type) else pa.float64() if floats else pa.int64()
    unplaced = column.null_count
    values = column.cast(kind).fill_null(0).to_numpy()
    if floats:
        unplaced += int(np.isnan(values).sum())
    if unplaced:
        raise ValueError(f"order_by must not be null or NaN, got {unplaced} such rows in column {name}")
    if not floats:
        return np.asarray(values, np.int64)
    bits: NDArray[np.int64] = (values + 0.0).view(np.int64)  # no negative zero
    return np.where(bits < 0, bits ^ np.int64(2**63 - 1), bits)


def values_of(column: Any) -> NDArray[np.float64]:
    """Return samples; null is NaN."""
    if pa.types.is_boolean(column.type):
        column = column.cast(pa.int8())
    values = column.cast(pa.float64()).to_numpy()
    return np.ascontiguousarray(values, np.float64)


def sorted_rows(codes: NDArray[np.int64], order: NDArray[np.int64], values: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the rows by stream, then by order, those of one order by the bits of their values."""
    return np.lexsort([values.view(np.int64), order, codes])
