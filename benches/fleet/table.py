"""``python -m fleet.table KEYS ROWS`` in benches/: a finished table, scored on Spark, by ``score_table`` and by a loop.

Each turn runs all of them, so that a machine that is busy is busy for all. The first turn of Spark includes what it
compiles. Processor time is that of every process that works: Spark's are added up, the others run in this one.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from typing import Any, Callable

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

import anet_lite
from anet_lite import StreamDetector
from fleet.process import usage

COLUMNS = {"key": "key", "order_by": "at"}
TURNS = 4


def family() -> float:
    """Return the processor seconds of this process and of all that it started."""
    return usage().seconds


def cost(work: Callable[[], Any], clock: Callable[[], float] = time.process_time) -> dict[str, float]:
    """Return processor and wall seconds of a call."""
    before, wall = clock(), time.perf_counter()
    work()
    return {"cpu_s": clock() - before, "wall_s": time.perf_counter() - wall}


def loop(values: Any) -> None:
    """Score each key by itself, with nothing read or written."""
    for row in values:
        StreamDetector().push_many(row, parts=False)


def on_spark(source: str) -> tuple[Any, Callable[[str], None]]:
    """Start Spark; return its session, and what scores the table there."""
    from anet_lite.integrations.spark import score_stream, session

    spark = session("local[2]", {"spark.driver.memory": "2g"})

    def score(target: str) -> None:
        table = spark.read.parquet(source)
        scored = score_stream(table, **COLUMNS, inputs=["x"], make=lambda _: StreamDetector())
        scored.write.parquet(target)

    return spark, score


def write_table(path: str, values: Any) -> None:
    """Write the rows in no order."""
    keys, rows = values.shape
    names = np.repeat([f"k{key}" for key in range(keys)], rows)
    table = pa.table({"key": names, "at": np.tile(np.arange(rows), keys), "x": values.ravel()})
    shuffled = np.random.default_rng(0).permutation(keys * rows)
    pq.write_table(table.take(shuffled), path, row_group_size=keys * rows // 10)


def main(keys: int, rows: int) -> None:
    """Score one table in three ways, in turns."""
    values = np.sin(np.arange(rows) / 5) + np.random.default_rng(0).random((keys, rows))
    with tempfile.TemporaryDirectory() as folder:
        source = f"{folder}/in.parquet"
        write_table(source, values)
        spark, score = on_spark(source)
        for turn in range(TURNS):
            target = f"{folder}/{turn}.parquet"
            found = {
                "spark": cost(lambda: score(f"{folder}/{turn}"), family),  # noqa: B023
                "score_table": cost(lambda: anet_lite.score_table(source, target, **COLUMNS, value="x")),  # noqa: B023
                "loop": cost(lambda: loop(values)),
            }
            print(json.dumps({"turn": turn, **found}), flush=True)
        spark.stop()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
