"""A scorer for each key of a DataFrame."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Callable, cast
from uuid import uuid4

from pyspark.sql import functions as sf
from pyspark.sql import types as st

from anet_lite.integrations.spark.bucket_stream import check_buckets, check_pool, one_of, score_buckets
from anet_lite.integrations.spark.buckets import BucketJob
from anet_lite.integrations.spark.empty_batches import EMPTY, ROWS, watch
from anet_lite.integrations.spark.idle_mode import IDLE_MS
from anet_lite.integrations.spark.order import order_of
from anet_lite.integrations.spark.output_column import output_column_of
from anet_lite.integrations.spark.processor import Job, ScoreKeys
from anet_lite.integrations.spark.rows import BAD, LATE
from anet_lite.integrations.spark.spark_session import CONF
from anet_lite.integrations.spark.static_table import score_static

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyspark.sql import Column, DataFrame

    from anet_lite._native import StreamDetectorPool
    from anet_lite.integrations.spark.output_column import Scorer
    from anet_lite.integrations.spark.rows import Bad, Late

PROVIDER = "spark.sql.streaming.stateStore.providerClass"


def score_stream(
    df: DataFrame,
    *,
    key: str,
    order_by: str,
    inputs: Sequence[str],
    output: str = "anet",
    make: Callable[[str], Scorer | StreamDetectorPool],
    on_late: Late = "raise",
    on_bad: Bad = "raise",
    idle_ttl: timedelta | None = None,
    page_bytes: int = 65_536,
    cache_bytes: int = 256 << 20,
    buckets: int | None = None,
) -> DataFrame:
    """Score the rows of each key in their order, with a scorer of its own; its state outlives every batch and failure.

    Within a batch rows are sorted by ``order_by``, those of one order by their inputs. Across batches the source must
    keep the order of each key; a row is late where an earlier batch went past it. A static DataFrame is one batch: the
    same function backfills a table with the same numbers, without any state. Its rows are sorted by key on Spark's side
    and scored as Arrow, some keys at a time; those of one key must fit the memory of a Python worker.

    Args:
        df: A DataFrame, streaming or static. Of a streaming one the session must have ``CONF``.
        key: Column that names the stream of a row; rows of a null key are one stream.
        order_by: Column with the place of a row in its stream: a timestamp, a date, an integer or a float.
        inputs: Columns that are scored: one for a ``StreamScorer``, one a channel for a ``StreamDetector``; for a
            ``Monitor`` the loss, the gradient norm, the step norm, the noise and the learning rate, as many of them as
            there are. Numbers, or texts that Python's ``float`` reads. NaN is an event; null is the same for a scorer
            or a detector, and for a monitor a signal that was not given.
        output: Name of the column that is added: a struct of the scorer's values.
        make: Returns a new scorer for a key, given as text; with ``buckets`` a ``StreamDetectorPool`` of no streams.
            It runs on the workers, and once here with an empty text.
        on_late: What becomes of late rows: ``"raise"`` fails the query, ``"drop"`` leaves them out, ``"score"`` scores
            them as if they came just now, ``"mark"`` returns them without scores.
        on_bad: What becomes of a row whose input is no number: ``"raise"`` fails the query, ``"drop"`` leaves it out,
            ``"null"`` scores it with a null in that place, ``"mark"`` returns it without scores. A row without an
            order cannot be scored: where bad rows do not fail the query it is left out, or marked.
        idle_ttl: Time without a row after which the state of a key is given up; without it, never.
        page_bytes: The most bytes of a stored page, 256 to 1,048,576.
        cache_bytes: Bytes of pages whose scorers each Python worker keeps in memory, where they take 1.9 times that
            (full histories) to 7 times (60 samples). With ``buckets`` each key counts 140 kB.
        buckets: Number of groups that keys are hashed into, about one for 100 keys; each is one pool of detectors. For
            one input of numbers, a key of text or integers, and no ``idle_ttl``. It is fixed with the checkpoint.
            Without it each key is a group of its own.

    Returns:
        Key, order, inputs and output of each row. With ``"mark"``, also a column named after the output, such as
        ``anet_fault``: ``"late"``, ``"bad"`` or null.

    Rows of a stream are counted, and those that are late, bad, or of which every input is null: the progress of a query
    has ``rows``, ``late``, ``bad`` and ``empty`` in ``observedMetrics``, by the name of the output. A batch that is
    empty as a whole, as after a column was renamed at its source, is warned of, once a query.

    Raises:
        TypeError: A column or what ``make`` returns is of a type that cannot be used.
        ValueError: An argument is out of its range; two columns have the same name; the session lacks ``CONF``.

    """
    fault = f"{output}_fault"
    _check(df, [key, order_by, *inputs, output], idle_ttl)
    _check_choice("on_late", on_late, ("raise", "drop", "score", "mark"))
    _check_choice("on_bad", on_bad, ("raise", "drop", "null", "mark"))
    types = {field.name: field.dataType for field in df.schema.fields}
    order = order_of(order_by, types[order_by])
    encoded = df.select(key, order.encode(sf.col(order_by)).alias(order_by), *(_number(n, types[n]) for n in inputs))
    name = uuid4().hex
    if buckets is not None:
        check_buckets(buckets, types, key, inputs, idle_ttl)
        check_pool(make(""))
    if buckets is not None and df.isStreaming:
        bucket_job = BucketJob(name, buckets, cast("Any", make), order, on_late, on_bad, cache_bytes)
        scored = score_buckets(encoded, (key, order_by, inputs[0]), output, bucket_job)
    else:
        each: Any = make if buckets is None else partial(one_of, cast("Any", make))
        column = output_column_of(each(""), inputs)
        columns, idle_ms = (key, order_by, *inputs, output, fault), _milliseconds(idle_ttl)
        job = Job(name, columns, each, column, order, on_late, on_bad, idle_ms, page_bytes, cache_bytes)
        scored = _score_keys(encoded, job) if df.isStreaming else score_static(encoded, job)
    if df.isStreaming:
        watch(df.sparkSession)
        scored = _counted(scored, inputs, output)
    kept = _without_dropped(scored, output, on_late, on_bad)
    if "mark" not in {on_late, on_bad}:
        kept = kept.drop(fault)
    return kept.withColumn(order_by, order.decode(sf.col(order_by)))


def _score_keys(encoded: DataFrame, job: Job) -> DataFrame:
    """Make a group of each key."""
    key, *_, output, fault = job.columns
    scores = st.StructField(output, st.StructType.fromDDL(job.output.schema), metadata={IDLE_MS: job.idle_ms or 0})
    added = [scores, st.StructField(fault, st.StringType())]
    schema = st.StructType([*encoded.schema.fields, *added])
    mode = "None" if job.idle_ms is None else "ProcessingTime"
    return encoded.groupBy(key).transformWithState(ScoreKeys(job), schema, "Append", mode)


def _milliseconds(idle_ttl: timedelta | None) -> int | None:
    return None if idle_ttl is None else round(idle_ttl.total_seconds() * 1000)


def _counted(scored: DataFrame, inputs: Sequence[str], output: str) -> DataFrame:
    """Count the rows that deserve a look; a query shows the counts of each batch in its progress."""
    fault, no_input = sf.col(f"{output}_fault"), sf.coalesce(*(sf.col(name).cast("string") for name in inputs)).isNull()
    late, bad = sf.count_if(fault == LATE).alias(LATE), sf.count_if(fault == BAD).alias(BAD)
    return scored.observe(output, sf.count("*").alias(ROWS), late, bad, sf.count_if(no_input).alias(EMPTY))


def _without_dropped(scored: DataFrame, output: str, on_late: Late, on_bad: Bad) -> DataFrame:
    fault = sf.col(f"{output}_fault")
    kept = fault.isNull()
    if on_late != "drop":
        kept |= fault == LATE
    if on_bad == "mark":
        kept |= fault == BAD
    elif on_bad == "null":  # without those that have no place, and so no scores
        kept |= (fault == BAD) & sf.col(output).isNotNull()
    return scored.where(kept)


def _check(df: DataFrame, names: list[str], idle_ttl: Any) -> None:
    if len(set(names)) < len(names):
        raise ValueError(f"key, order_by, inputs and output must be different columns, got {', '.join(names)}")
    if len(names) < 4:
        raise ValueError("inputs must name at least one column, got none")
    for name in names[:-1]:
        if name not in df.columns:
            raise ValueError(f"df has no column {name}: it has {', '.join(df.columns)}")
    if idle_ttl is not None and not (isinstance(idle_ttl, timedelta) and idle_ttl > timedelta(0)):
        raise ValueError(f"idle_ttl must be a positive timedelta or None, got {idle_ttl!r}")
    if df.isStreaming and df.sparkSession.conf.get(PROVIDER, "") != CONF[PROVIDER]:
        raise ValueError(
            f"the session must keep state in RocksDB: set {PROVIDER} and the rest of CONF, or use session()"
        )


def _check_choice(argument: str, choice: Any, choices: tuple[str, ...]) -> None:
    if choice not in choices:
        *most, last = map(repr, choices)
        raise ValueError(f"{argument} must be {', '.join(most)} or {last}, got {choice!r}")


def _number(name: str, kind: st.DataType) -> Column:
    """Give the column as doubles; texts stay what they are until a row is read, so that an error can name it."""
    if isinstance(kind, st.StringType):
        return sf.col(name)
    if isinstance(kind, (st.NumericType, st.BooleanType)):
        return sf.col(name).cast("double").alias(name)
    raise TypeError(f"inputs must be columns of numbers, got column {name} of type {kind.simpleString()}")
