"""``python -m fleet.table KEYS ROWS`` in benches/: ``score_table`` beside a plain loop over the same rows."""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from typing import Any, Callable

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

import anet_lite
from anet_lite import StreamDetector


def cost(work: Callable[[], Any]) -> dict[str, float]:
    """Return processor and wall seconds of a call, and the most memory of the process so far."""
    start, wall = time.process_time(), time.perf_counter()
    work()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {"cpu_s": time.process_time() - start, "wall_s": time.perf_counter() - wall, "peak_bytes": peak}


def loop(values: Any) -> None:
    """Score each key by itself, with nothing read or written."""
    for row in values:
        StreamDetector().push_many(row, parts=False)


def main(keys: int, rows: int) -> None:
    """Write a table, then score it in both ways, in turns."""
    random = np.random.default_rng(0)
    values = np.sin(np.arange(rows) / 5) + random.random((keys, rows))
    names = np.repeat([f"k{key}" for key in range(keys)], rows)
    with tempfile.TemporaryDirectory() as folder:
        table = pa.table({"key": names, "at": np.tile(np.arange(rows), keys), "x": values.ravel()})
        pq.write_table(table.take(random.permutation(keys * rows)), f"{folder}/in.parquet")
        for turn in range(2):
            options = {"key": "key", "order_by": "at", "value": "x"}
            target = f"{folder}/{turn}.parquet"
            ours = cost(lambda: anet_lite.score_table(f"{folder}/in.parquet", target, **options))  # noqa: B023
            print(json.dumps({"turn": turn, "score_table": ours, "loop": cost(lambda: loop(values))}), flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
