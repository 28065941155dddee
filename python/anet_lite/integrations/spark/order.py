"""The column that orders rows, as 64-bit integers and back: exact in every time zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, Callable

import numpy as np
from pyspark.sql import functions as sf
from pyspark.sql import types as st

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from pyspark.sql import Column

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
WITHOUT_ZONE = "TIMESTAMP_NTZ'1970-01-01 00:00:00'"


@dataclass(frozen=True)
class Order:
    """How one type of column is encoded for Python, where a scorer keeps the order as an integer."""

    encoded: st.DataType
    encode: Callable[[Column], Column]
    decode: Callable[[Column], Column]
    text: Callable[[Any], str] = str
    """What an error says of an encoded value."""

    def integers(self, values: Sequence[Any]) -> NDArray[np.int64]:
        """Return integers in the order of the values; for floats their bits, mapped so that they ascend."""
        if not isinstance(self.encoded, st.DoubleType):
            return np.array(values, np.int64)
        bits = (np.array(values, float) + 0.0).view(np.int64)  # no negative zero
        return np.where(bits < 0, bits ^ np.int64(2**63 - 1), bits)


def order_of(name: str, kind: st.DataType) -> Order:
    """Return how a column of a type is encoded.

    Raises:
        TypeError: It is no timestamp, date, integer or float.

    """
    if isinstance(kind, st.TimestampType):
        return Order(st.LongType(), sf.unix_micros, sf.timestamp_micros, _instant)
    if isinstance(kind, st.TimestampNTZType):
        return Order(st.LongType(), _micros, _local_time, lambda value: _instant(value)[:-6])
    if isinstance(kind, st.DateType):
        return Order(st.LongType(), lambda c: sf.unix_date(c).cast("long"), _date, _day)
    if isinstance(kind, (st.ByteType, st.ShortType, st.IntegerType, st.LongType)):
        return Order(st.LongType(), lambda c: c.cast("long"), lambda c: c.cast(kind))
    if isinstance(kind, (st.FloatType, st.DoubleType)):
        return Order(st.DoubleType(), lambda c: c.cast("double"), lambda c: c.cast(kind))
    wanted = "a timestamp, a date, an integer or a float"
    raise TypeError(f"order_by must be {wanted}, got column {name} of type {kind.simpleString()}")


def _micros(column: Column) -> Column:
    return sf.timestamp_diff("MICROSECOND", sf.expr(WITHOUT_ZONE), column)


def _local_time(column: Column) -> Column:
    return sf.timestamp_add("MICROSECOND", column, sf.expr(WITHOUT_ZONE))


def _date(column: Column) -> Column:
    return sf.date_from_unix_date(column.cast("int"))


def _instant(value: int) -> str:
    return (EPOCH + timedelta(microseconds=value)).isoformat(" ")


def _day(value: int) -> str:
    return (EPOCH + timedelta(days=value)).date().isoformat()
