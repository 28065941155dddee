"""From rows of keys to buckets of keys and back, with every null and NaN as it came."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable

from pyspark.sql import functions as sf
from pyspark.sql import types as st

from anet_lite._native import StreamDetectorPool
from anet_lite.integrations.spark.buckets import OUTPUT, BucketJob, ScoreBuckets
from anet_lite.integrations.spark.output_column import DETECTOR_SCHEMA
from anet_lite.integrations.spark.rows import BAD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyspark.sql import Column, DataFrame

    from anet_lite._native import StreamDetector

KEYS: tuple[type[st.DataType], ...] = (st.StringType, st.ByteType, st.ShortType, st.IntegerType, st.LongType)


def check_buckets(buckets: Any, types: dict[str, st.DataType], key: str, inputs: Sequence[str], idle_ttl: Any) -> None:
    """Refuse what buckets cannot do.

    Raises:
        TypeError: A column is of a type that does not go through Arrow and back without a loss.
        ValueError: An argument is out of its range, or one that buckets do not know.

    """
    if not isinstance(buckets, int) or buckets < 1:
        raise ValueError(f"buckets must be a positive integer or None, got {buckets!r}")
    if idle_ttl is not None:
        raise ValueError("idle_ttl must be None with buckets: the keys of a bucket share one state")
    if len(inputs) != 1:
        raise ValueError(f"inputs must be one column with buckets, got {', '.join(inputs)}")
    if not isinstance(types[key], KEYS):
        raise TypeError(
            f"key must be a text or an integer with buckets, got column {key} of {types[key].simpleString()}"
        )
    if isinstance(types[inputs[0]], st.StringType):
        raise TypeError(f"inputs must be numbers with buckets, got column {inputs[0]} of string: try_cast it to double")


def check_pool(pool: Any) -> None:
    """Refuse what is no empty pool.

    Raises:
        TypeError: ``make`` returned something else.

    """
    if not isinstance(pool, StreamDetectorPool) or len(pool) > 0:
        got = f"{len(pool)} streams" if isinstance(pool, StreamDetectorPool) else type(pool).__name__
        raise TypeError(f"make must return a StreamDetectorPool of no streams with buckets, got {got}")


def one_of(make: Callable[[str], StreamDetectorPool], key: str) -> StreamDetector:
    """Make a detector as a pool has it, for a table that needs no buckets."""
    pool = make(key)
    pool.add()
    return pool.remove(0)


def score_buckets(encoded: DataFrame, names: tuple[str, str, str], output: str, job: BucketJob) -> DataFrame:
    """Score encoded columns (key, order, input); return them with the output and its fault."""
    key, order_by, x = names
    key_type, order_type = encoded.schema[key].dataType, encoded.schema[order_by].dataType
    name = sf.when(sf.col(key).isNull(), "n").otherwise(sf.concat(sf.lit("k"), sf.col(key).cast("string")))
    placed = sf.col(order_by).isNotNull() & ~sf.isnan(order_by)
    carried = encoded.select(
        sf.pmod(sf.xxhash64(name), sf.lit(job.buckets)).cast("int").alias("bucket"),
        name.alias("name"),
        sf.when(placed, sf.col(order_by)).otherwise(sf.lit(0)).cast(order_type).alias("order"),
        placed.alias("placed"),
        sf.col(x).alias("x"),
        sf.col(x).isNull().alias("is_null"),
    )
    rows = f"name string, order {order_type.simpleString()}, x double, is_null boolean, fault string"
    schema = f"{rows}, {DETECTOR_SCHEMA}, scored boolean"
    scored = carried.groupBy("bucket").transformWithStateInPandas(ScoreBuckets(job), schema, "Append", "None")
    own = sf.when(sf.col("name") != "n", sf.expr("substring(name, 2)")).cast(key_type)
    return scored.select(
        own.alias(key),
        sf.when(sf.coalesce(sf.col("fault") != BAD, sf.lit(True)), sf.col("order")).alias(order_by),
        sf.when(~sf.col("is_null"), _number("x")).alias(x),
        sf.when(sf.col("scored"), sf.struct(*(_number(column).alias(column) for column in OUTPUT))).alias(output),
        sf.col("fault").alias(f"{output}_fault"),
    )


def _number(column: str) -> Column:
    """Give NaN back, which pandas hands over as null."""
    floats = column == "x" or OUTPUT[column] is float
    return sf.coalesce(sf.col(column), sf.lit(float("nan"))) if floats else sf.col(column)
