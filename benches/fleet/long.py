"""``python -m fleet.long FORM KEYS ROWS BATCHES`` in benches/: what each batch of one long query costs.

FORM is ``keys`` or ``buckets`` (of 100 keys). A line of JSON a batch, so that the cold first batch stands apart from
those that follow: the processor time of Spark and its workers, that of Java apart, and what was written to the
checkpoint. The query runs with a trigger for each file.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from anet_lite import StreamDetector, StreamDetectorPool
from anet_lite.integrations.spark import score_stream, session, write_exactly_once
from fleet.job import SCHEMA, write_batch
from fleet.process import usage

CACHE = 16 << 30


def form_of(name: str, keys: int) -> dict[str, Any]:
    """Return the arguments of a form."""
    if name == "buckets":
        return {"make": lambda _: StreamDetectorPool(0), "buckets": max(1, keys // 100), "cache_bytes": CACHE}
    return {"make": lambda _: StreamDetector(), "cache_bytes": CACHE}


class Written:
    """The bytes of every file that was seen in a folder: Spark removes the files of old batches."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.seen: dict[str, int] = {}

    def more(self) -> int:
        """Return the bytes of files that came, or grew, since the last call."""
        before = sum(self.seen.values())
        for path in self.folder.rglob("*"):
            with suppress(FileNotFoundError):
                if path.is_file():
                    self.seen[str(path)] = path.stat().st_size
        return sum(self.seen.values()) - before


def main(name: str, keys: int, rows: int, batches: int) -> None:
    """Run one query; write the next file when the batch before it is done."""
    spark = session("local[2]", {"spark.driver.memory": "3g"}, partitions=2)
    with tempfile.TemporaryDirectory() as folder:
        source, checkpoint = Path(folder, "in"), Path(folder, "checkpoint")
        write_batch(spark, source, 0, keys, rows)
        stream = spark.readStream.schema(SCHEMA).option("maxFilesPerTrigger", 1).parquet(str(source))
        scored = score_stream(stream, key="key", order_by="at", inputs=["x"], **form_of(name, keys))
        query = write_exactly_once(scored, f"{folder}/out", str(checkpoint), processingTime="0 seconds")
        written = Written(checkpoint)
        for batch in range(batches):
            before, wall = usage(), time.perf_counter()
            if batch:
                write_batch(spark, source, batch, keys, rows)
            query.processAllAvailable()
            after, wall = usage(), time.perf_counter() - wall
            found = {"form": name, "keys": keys, "rows": rows, "batch": batch}
            found |= {"cpu_s": after.seconds - before.seconds, "java_s": after.java - before.java, "wall_s": wall}
            found |= {"checkpoint_bytes_a_key": written.more() / keys, "resident": after.resident}
            print(json.dumps(found), flush=True)
        query.stop()
    spark.stop()


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:5]))
