"""A scorer for each key of a DataFrame."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Callable
from uuid import uuid4

from pyspark.sql import functions as sf
from pyspark.sql import types as st

from anet_lite.integrations.spark.order import order_of
from anet_lite.integrations.spark.output_column import output_column_of
from anet_lite.integrations.spark.processor import Job, ScoreKeys
from anet_lite.integrations.spark.spark_session import CONF

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyspark.sql import Column, DataFrame

    from anet_lite.integrations.spark.output_column import Scorer
    from anet_lite.integrations.spark.rows import Late

PROVIDER = "spark.sql.streaming.stateStore.providerClass"


def score_stream(
    df: DataFrame,
    *,
    key: str,
    order_by: str,
    inputs: Sequence[str],
    output: str = "anet",
    make: Callable[[str], Scorer],
    on_late: Late = "raise",
    idle_ttl: timedelta | None = None,
    page_bytes: int = 65_536,
    cache_bytes: int = 256 << 20,
) -> DataFrame:
    """Score the rows of each key in their order, with a scorer of its own; its state outlives every batch and failure.

    Within a batch rows are sorted by ``order_by``, those of one order by their inputs. Across batches the source must
    keep the order of each key; a row is late where an earlier batch went past it. A static DataFrame is one batch: the
    same function backfills a table, if the rows of a key fit the memory of a Python worker (about 1 kB a row).

    Args:
        df: A DataFrame, streaming or static. Of a streaming one the session must have ``CONF``.
        key: Column that names the stream of a row; rows of a null key are one stream.
        order_by: Column with the place of a row in its stream: a timestamp, a date, an integer or a float.
        inputs: Columns that are scored: one for a ``StreamScorer``, one a channel for a ``StreamDetector``; for a
            ``Monitor`` the loss, the gradient norm, the step norm, the noise and the learning rate, as many of them as
            there are. Numbers, or texts that Python's ``float`` reads. NaN is an event; null is the same for a scorer
            or a detector, and for a monitor a signal that was not given.
        output: Name of the column that is added: a struct of the scorer's values.
        make: Returns a new scorer for a key, given as text. It runs on the workers, and once here with an empty text.
        on_late: What becomes of late rows: ``"raise"`` fails the query, ``"drop"`` leaves them out, ``"score"`` scores
            them as if they came just now.
        idle_ttl: Time without a row after which the state of a key is given up; without it, never.
        page_bytes: The most bytes of a stored page, 256 to 1,048,576.
        cache_bytes: Bytes of pages whose scorers each Python worker keeps in memory, where they take about twice that.

    Returns:
        Key, order, inputs and output of each row.

    Raises:
        TypeError: A column or what ``make`` returns is of a type that cannot be used.
        ValueError: An argument is out of its range; two columns have the same name; the session lacks ``CONF``.

    """
    _check(df, [key, order_by, *inputs, output], on_late, idle_ttl)
    types = {field.name: field.dataType for field in df.schema.fields}
    order = order_of(order_by, types[order_by])
    column = output_column_of(make(""), inputs)
    encoded = df.select(key, order.encode(sf.col(order_by)).alias(order_by), *(_number(n, types[n]) for n in inputs))
    schema = st.StructType([*encoded.schema.fields, st.StructField(output, st.StructType.fromDDL(column.schema))])
    job = Job(
        name=uuid4().hex,
        columns=(key, order_by, *inputs, output),
        make=make,
        output=column,
        order=order,
        on_late=on_late,
        idle_ms=None if idle_ttl is None else round(idle_ttl.total_seconds() * 1000),
        page_bytes=page_bytes,
        cache_bytes=cache_bytes,
    )
    mode = "None" if idle_ttl is None else "ProcessingTime"
    scored = encoded.groupBy(key).transformWithState(ScoreKeys(job), schema, "Append", mode)
    return scored.withColumn(order_by, order.decode(sf.col(order_by)))


def _check(df: DataFrame, names: list[str], on_late: Any, idle_ttl: Any) -> None:
    if len(set(names)) < len(names):
        raise ValueError(f"key, order_by, inputs and output must be different columns, got {', '.join(names)}")
    if len(names) < 4:
        raise ValueError("inputs must name at least one column, got none")
    for name in names[:-1]:
        if name not in df.columns:
            raise ValueError(f"df has no column {name}: it has {', '.join(df.columns)}")
    if on_late not in {"raise", "drop", "score"}:
        raise ValueError(f"on_late must be 'raise', 'drop' or 'score', got {on_late!r}")
    if idle_ttl is not None and not (isinstance(idle_ttl, timedelta) and idle_ttl > timedelta(0)):
        raise ValueError(f"idle_ttl must be a positive timedelta or None, got {idle_ttl!r}")
    if df.sparkSession.conf.get(PROVIDER, "") != CONF[PROVIDER]:
        raise ValueError(
            f"the session must keep state in RocksDB: set {PROVIDER} and the rest of CONF, or use session()"
        )


def _number(name: str, kind: st.DataType) -> Column:
    """Give the column as doubles; texts stay what they are until a row is read, so that an error can name it."""
    if isinstance(kind, st.StringType):
        return sf.col(name)
    if isinstance(kind, (st.NumericType, st.BooleanType)):
        return sf.col(name).cast("double").alias(name)
    raise TypeError(f"inputs must be columns of numbers, got column {name} of type {kind.simpleString()}")
