"""Spark, set up for large keyed state."""

from __future__ import annotations

import os
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyspark import SparkFiles
from pyspark.sql import SparkSession

from anet_lite.integrations.spark.java import ensure_java

if TYPE_CHECKING:
    from collections.abc import Mapping

CONF: dict[str, str] = {
    # The default store keeps the state of every key on the heap.
    "spark.sql.streaming.stateStore.providerClass": (
        "org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider"
    ),
    # A batch uploads what it changed, not the files of the whole store.
    "spark.sql.streaming.stateStore.rocksdb.changelogCheckpointing.enabled": "true",
    # The stores of an executor share one bound of memory outside its heap; otherwise each partition takes its own.
    "spark.sql.streaming.stateStore.rocksdb.boundedMemoryUsage": "true",
    # A restart goes back one batch; the default keeps the state of a hundred.
    "spark.sql.streaming.minBatchesToRetain": "3",
    # An error of a worker begins with the sentence that was raised there, not with the lines of Spark that it passed.
    "spark.executorEnv.SPARK_HIDE_TRACEBACK": "1",
}

LOCAL = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}

UNPACKED = "anet"
"""The folder of an archive beside each executor."""
ON_A_NODE = f"python{sys.version_info[0]}.{sys.version_info[1]}"

PARTITIONS = "spark.sql.shuffle.partitions"


def session(
    master: str = "local[*]",
    conf: Mapping[str, str] | None = None,
    *,
    partitions: int | None = None,
    archive: str | None = None,
) -> SparkSession:
    """Return a Spark session with ``CONF``, and with a number of shuffle partitions that a live query can keep.

    That number is fixed when a checkpoint is made: a query never uses more cores than it has partitions. Only errors
    are logged: Spark 4 warns of every new key.

    Executors run the Python that ``PYSPARK_PYTHON`` names, which must be of this one's minor version. Where it is not
    set they run this one by its path, or, with ``archive``, the ``python3.11`` (say) that each finds on its own.

    Args:
        master: Where Spark runs, such as ``local[2]``.
        conf: What to set besides, or otherwise.
        partitions: Shuffle partitions of every query, at least 1: one for each 5,000 keys that the job may ever have,
            and never fewer than its cores. Without it, twice the cores that are there now.
        archive: What ``anet-lite spark pack`` wrote: executors that lack this package import it from there.

    Raises:
        RuntimeError: There is no Java, one that is too old, or one without the modules that Spark asks for.
        ValueError: ``partitions`` is below 1.

    """
    if partitions is not None and partitions < 1:
        raise ValueError(f"partitions must be at least 1, got {partitions}")
    ensure_java()
    # Workers would otherwise run the first python3 of the path, which may not be this environment's.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable if archive is None else ON_A_NODE)
    conf = {**CONF, **(LOCAL if master.startswith("local") else {}), **_unpacked(archive), **(conf or {})}
    if partitions is not None:
        conf[PARTITIONS] = str(partitions)
    builder = SparkSession.builder.master(master)
    for name, value in conf.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    if archive is not None:
        # A streaming query starts one worker beside the driver, where the archive is unpacked in another place.
        there = Path(SparkFiles.getRootDirectory(), UNPACKED)
        spark.sparkContext.environment["PYTHONPATH"] = f"{UNPACKED}{os.pathsep}{there}"
    if PARTITIONS not in conf:
        spark.conf.set(PARTITIONS, _guess(spark))
    return spark


def _unpacked(archive: str | None) -> dict[str, str]:
    """Return what makes executors unpack the archive into their folder, and Python look there."""
    if archive is None:
        return {}
    return {"spark.archives": f"{archive}#{UNPACKED}", "spark.executorEnv.PYTHONPATH": UNPACKED}


def _guess(spark: SparkSession) -> int:
    """Return twice the cores that are there, and warn where executors are still to come."""
    count = 2 * spark.sparkContext.defaultParallelism
    context: Any = spark.sparkContext
    executors = context._jsc.sc().getExecutorMemoryStatus().size() - 1  # the driver is in it
    moves = spark.conf.get("spark.dynamicAllocation.enabled", "false") == "true"
    if not context.master.startswith("local[") and context.master != "local" and (moves or executors == 0):
        warnings.warn(
            f"partitions was not given, and {executors} executors are there yet: {PARTITIONS} is {count}, and a "
            "checkpoint keeps it for life; give partitions=, one for each 5,000 keys that the job may ever have",
            stacklevel=3,
        )
    return count
