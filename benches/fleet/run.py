"""``python -m fleet.run RESULTS`` in benches/ measures the figures of docs/scale-out.md: one JSON line each."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

KEYS = 500
ROWS = (5, 20, 80, 320)


def points() -> list[dict[str, Any]]:
    """List the queries that are run."""
    grow = [{"keys": KEYS, "rows": rows, "kind": kind} for rows in ROWS for kind in ("anet", "bare")]
    pages = [{"keys": KEYS, "rows": 20, "page_bytes": size} for size in (4096, 16_384)]
    return [*grow, *pages, {"keys": 2000, "rows": 20}, {"keys": 10_000, "rows": 10, "batches": 1}]


def main(results: Path) -> None:
    """Measure, one thing after the other; what was measured is kept should the rest fail."""
    from fleet import pool

    found: list[dict[str, Any]] = []

    def keep(part: str, measured: dict[str, Any]) -> None:
        found.append({"part": part, **measured})
        print(json.dumps(found[-1]), flush=True)
        results.write_text("\n".join(map(json.dumps, found)) + "\n", encoding="utf-8")

    for streams in (1000, 10_000):
        keep("pool", pool.race(streams))
    from anet_lite.integrations.spark import session
    from fleet.job import race

    start = time.perf_counter()
    spark = session("local[2]", {"spark.driver.memory": "3g"})
    spark.range(10).count()
    keep("start", {"seconds": time.perf_counter() - start})
    with tempfile.TemporaryDirectory() as folder:
        # The first query also compiles what Spark runs: it counts for nobody.
        race(spark, Path(folder, "job"), KEYS, 20)
        for point in points():
            keep("spark", race(spark, Path(folder, "job"), **point))
    spark.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
