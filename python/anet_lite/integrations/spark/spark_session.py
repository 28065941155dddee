"""Spark, set up for large keyed state."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

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
    # A restart goes back one batch; the default keeps the state of a hundred.
    "spark.sql.streaming.minBatchesToRetain": "3",
}

LOCAL = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


def session(master: str = "local[*]", conf: Mapping[str, str] | None = None) -> SparkSession:
    """Return a Spark session with ``CONF``, and with twice as many shuffle partitions as there are cores.

    The number of partitions is fixed when a checkpoint is made. Only errors are logged: Spark 4 warns of every new key.

    Args:
        master: Where Spark runs, such as ``local[2]``.
        conf: What to set besides, or otherwise.

    Raises:
        RuntimeError: There is no Java, or one that is too old.

    """
    ensure_java()
    # Workers would otherwise run the first python3 of the path, which may not be this environment's.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    conf = {**CONF, **(LOCAL if master.startswith("local") else {}), **(conf or {})}
    builder = SparkSession.builder.master(master)
    for name, value in conf.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    if "spark.sql.shuffle.partitions" not in conf:
        spark.conf.set("spark.sql.shuffle.partitions", 2 * spark.sparkContext.defaultParallelism)
    return spark
