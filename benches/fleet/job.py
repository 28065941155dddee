"""Queries on ``local[2]``: n keys, m rows of each in a batch, and what they cost."""

from __future__ import annotations

import shutil
import time
from typing import TYPE_CHECKING, Any

from anet_lite import StreamDetector
from anet_lite.integrations.spark import score_stream, write_exactly_once
from fleet.bare import read_and_write
from fleet.process import usage

if TYPE_CHECKING:
    from pathlib import Path

    from pyspark.sql import DataFrame, SparkSession

SCHEMA = "key string, at long, x double"


def write_batch(spark: SparkSession, folder: Path, batch: int, keys: int, rows: int) -> None:
    """Write a file with n rows of each key."""
    at = f"(id div {keys} + {batch * rows})"
    columns = [f"concat('k', id % {keys}) AS key", f"{at} AS at", f"sin({at} / 5.0) + rand({batch}) AS x"]
    spark.range(0, keys * rows, 1, 1).selectExpr(*columns).write.mode("append").parquet(str(folder))


def scored(df: DataFrame, kind: str, rows: int, page_bytes: int) -> DataFrame:
    """Put the adapter on a stream, or the processor that only reads and writes."""
    if kind == "bare":
        return read_and_write(df, rows, page_bytes)
    options = {"key": "key", "order_by": "at", "inputs": ["x"], "page_bytes": page_bytes}
    # Enough for every key: what it costs where it is too small is one reading of the pages.
    return score_stream(df, make=lambda _: StreamDetector(), cache_bytes=4 << 30, **options)


def bytes_of(folder: Path) -> int:
    """Add up the files of a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def race(
    spark: SparkSession,
    folder: Path,
    keys: int,
    rows: int,
    *,
    kind: str = "anet",
    page_bytes: int = 65_536,
    batches: int = 2,
) -> dict[str, Any]:
    """Run one batch that makes the state, then measure a query that goes on with it for some more."""
    shutil.rmtree(folder, ignore_errors=True)

    def run() -> Any:
        stream = spark.readStream.schema(SCHEMA).option("maxFilesPerTrigger", 1).parquet(str(folder / "in"))
        query = write_exactly_once(
            scored(stream, kind, rows, page_bytes), str(folder / "out"), str(folder / "checkpoint"), availableNow=True
        )
        query.awaitTermination()
        return query

    write_batch(spark, folder / "in", 0, keys, rows)
    run()
    for batch in range(1, 1 + batches):
        write_batch(spark, folder / "in", batch, keys, rows)
    stored, before, wall = bytes_of(folder / "checkpoint"), usage(), time.perf_counter()
    run()
    seconds, wall = usage().seconds - before.seconds, time.perf_counter() - wall
    count = keys * rows * batches
    found = {
        "keys": keys,
        "rows": rows,
        "kind": kind,
        "page_bytes": page_bytes,
        "cpu_us_a_row": seconds / count * 1e6,
        "wall_us_a_row": wall / count * 1e6,
        "rows_a_second": count / wall,
        "checkpoint_bytes_a_batch": (bytes_of(folder / "checkpoint") - stored) / batches,
        "checkpoint_bytes_a_key_and_batch": (bytes_of(folder / "checkpoint") - stored) / batches / keys,
        "resident": usage().resident,
    }
    shutil.rmtree(folder)
    return found
