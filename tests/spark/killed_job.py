"""A small fleet whose scorer kills something once: run as a process of its own, so that it can die.

``python killed_job.py MASTER ARCHIVE FOLDER FORM VICTIM ROW`` scores the files of FOLDER/in to FOLDER/out on a
standalone cluster. FORM is ``keys`` or ``buckets``, VICTIM is ``worker``, ``executor`` or ``driver``. The scorer of key b
kills it at the row, when it has learned a part of the batch and batches before it are committed, and leaves
FOLDER/killed, which says what died; where that lies already nothing is killed.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

from anet_lite import StreamDetector, StreamDetectorPool
from anet_lite.integrations.spark import score_stream, session, write_exactly_once
from cluster import CONF

KEYS = ("a", "b", "c")
BATCH, BATCHES = 50, 6
FATAL_KEY, EVENT = "b", 173
SCHEMA = "key string, at long, x double"

def value(key: str, at: int) -> float:
    """Return the sample of a key at a row: a pattern, and an event."""
    return ((at * 7 + ord(key)) % 23) / 23 + (5.0 if at == EVENT else 0.0)


def write_input(spark, folder: str) -> None:
    """Write one file a batch, its rows shuffled."""
    for number in range(BATCHES):
        ats = range(number * BATCH, (number + 1) * BATCH)
        rows = [(key, at, value(key, at)) for key in KEYS for at in ats]
        random.Random(number).shuffle(rows)
        spark.createDataFrame(rows, SCHEMA).coalesce(1).write.mode("append").parquet(f"{folder}/in")


def killer(folder: str, victim: str, driver: int):
    """Return what kills and the file that says so; defined inside, so that it travels to the workers by value."""
    marker = Path(folder, "killed")

    def parent(pid: int) -> int:
        return int(Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])

    def pid_of_victim() -> int:
        """Go up: the worker, the daemon that forked it, the executor's JVM. The driver is no parent of theirs."""
        worker = os.getpid()
        return {"worker": worker, "executor": parent(parent(worker)), "driver": driver}[victim]

    def kill() -> None:
        pid = pid_of_victim()
        name = Path(f"/proc/{pid}/comm").read_text(encoding="utf-8").strip()
        marker.write_text(f"{victim} {name} {pid}", encoding="utf-8")
        os.kill(pid, signal.SIGKILL)
        time.sleep(60)
        os._exit(1)

    return kill, marker


def deadly(row: int, kill, marker):
    """Return what makes the scorers of keys."""
    fatal_key, part = FATAL_KEY, row % BATCH

    class Deadly:
        def __init__(self, key: str) -> None:
            self.key, self.detector = key, StreamDetector(key or "s")

        def __getattr__(self, name: str):
            return getattr(self.detector, name)

        def push_many(self, rows, order=None, **options):
            if self.key == fatal_key and order and row in order and not marker.exists():
                self.detector.push_many(rows[:part], order[:part])
                kill()
            return self.detector.push_many(rows, order, **options)

    return Deadly


def deadly_pool(row: int, kill, marker):
    """Return what makes the pools of buckets: a worker that makes one dies when it scores the row."""
    fatal_name, part = f"k{FATAL_KEY}", row % BATCH

    def make(_bucket: str) -> StreamDetectorPool:
        from anet_lite.integrations.spark import bucket_log

        def score(self, rows):
            if row in rows.order[rows.names == fatal_name].tolist() and not marker.exists():
                self.pool.score(self.codes(rows.names[:part]), rows.values[:part], rows.order[:part])
                kill()
            return self.pool.score(self.codes(rows.names), rows.values, rows.order, parts=False)

        bucket_log.Bucket.score = score
        return StreamDetectorPool(0)

    return make


def main(master: str, archive: str, folder: str, form: str, victim: str, row: str) -> None:
    """Score what is not scored yet."""
    spark = session(master, CONF, archive=archive, partitions=2)
    if not Path(folder, "in").exists():
        write_input(spark, folder)
    stream = spark.readStream.schema(SCHEMA).option("maxFilesPerTrigger", 1).parquet(f"{folder}/in")
    deed = killer(folder, victim, spark.sparkContext._gateway.proc.pid)
    options = {"make": deadly(int(row), *deed)}
    if form == "buckets":
        options = {"make": deadly_pool(int(row), *deed), "buckets": 2}
    scored = score_stream(stream, key="key", order_by="at", inputs=["x"], **options)
    query = write_exactly_once(scored, f"{folder}/out", f"{folder}/checkpoint", availableNow=True)
    query.awaitTermination()
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
