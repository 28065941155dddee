"""``python -m fleet.long FORM KEYS ROWS BATCHES`` in benches/: what each batch of one long query costs.

FORM is ``keys`` or ``buckets`` (of 100 keys). A line of JSON a batch, with the processor time of Spark and its workers
in it, so that the cold first batch stands apart from those that follow. The query runs with a trigger for each file.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from anet_lite import StreamDetector, StreamDetectorPool
from anet_lite.integrations.spark import score_stream, session, write_exactly_once
from fleet.job import SCHEMA, bytes_of, write_batch
from fleet.process import usage

CACHE = 4 << 30


def form_of(name: str, keys: int) -> dict[str, Any]:
    """Return the arguments of a form."""
    if name == "buckets":
        return {"make": lambda _: StreamDetectorPool(0), "buckets": max(1, keys // 100), "cache_bytes": CACHE}
    return {"make": lambda _: StreamDetector(), "cache_bytes": CACHE}


def main(name: str, keys: int, rows: int, batches: int) -> None:
    """Run one query; write the next file when the batch before it is done."""
    spark = session("local[2]", {"spark.driver.memory": "3g"}, partitions=4)
    with tempfile.TemporaryDirectory() as folder:
        source, checkpoint = Path(folder, "in"), Path(folder, "checkpoint")
        write_batch(spark, source, 0, keys, rows)
        stream = spark.readStream.schema(SCHEMA).option("maxFilesPerTrigger", 1).parquet(str(source))
        scored = score_stream(stream, key="key", order_by="at", inputs=["x"], **form_of(name, keys))
        query = write_exactly_once(scored, f"{folder}/out", str(checkpoint), processingTime="0 seconds")
        for batch in range(batches):
            stored, before, wall = bytes_of(checkpoint), usage(), time.perf_counter()
            if batch:
                write_batch(spark, source, batch, keys, rows)
            query.processAllAvailable()
            seconds, wall = usage().seconds - before.seconds, time.perf_counter() - wall
            found = {"form": name, "keys": keys, "rows": rows, "batch": batch, "cpu_s": seconds, "wall_s": wall}
            grown = bytes_of(checkpoint) - stored
            print(
                json.dumps({**found, "checkpoint_bytes_a_key": grown / keys, "resident": usage().resident}), flush=True
            )
        query.stop()
    spark.stop()


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:5]))
