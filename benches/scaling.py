"""Cost and memory of a streamed point: ``python benches/scaling.py PLOT.png RESULTS.json``.

Against the length of the history ring, the window and the number of streams, all with full rings. Each point is
measured in a fresh process, so that its peak memory is its own. A point whose rings are not full after
a while, or would not fit the memory that is free, is left out and named. The largest pool is also timed on one thread.
"""

from __future__ import annotations

import json
import multiprocessing
import resource
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

import rh_sparse_anomaly
from scaling_plot import draw

WINDOW, RING = 256, 1024
PATIENCE = 90.0
POOL_WINDOW, POOL_SCALES = 64, (64, 256)

TITLES = {
    "ring length": f"window {WINDOW}, one ring",
    "window": f"one ring of {RING:,}",
    "streams": f"pool, window {POOL_WINDOW}, rings {POOL_SCALES[0]} and {POOL_SCALES[1]}",
}
FULL = {
    "ring length": [64, 256, 1024, 4096, 16384, 65536],
    "window": [32, 64, 128, 256, 512, 1024, 2048, 4096],
    "streams": [1, 10, 100, 1000, 10_000],
}
QUICK = {"ring length": [8, 16], "window": [8, 16], "streams": [1, 4]}

Point = dict[str, Any]


def noise(*shape: int) -> np.ndarray:
    """Return the same standard normal samples each time."""
    return np.random.default_rng(0).normal(size=shape)


def resident(field: str = "VmRSS") -> int:
    """Return the bytes that this process holds, or with VmHWM the most that it ever held."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    line = next(line for line in status.read_text().splitlines() if line.startswith(field))
    return int(line.split()[1]) * 1024


def measure(point: tuple[str, int]) -> Point:
    """Return the seconds for one sample of one stream and the peak bytes of the whole object, or neither."""
    axis, value = point
    warm_up()
    before = resident()
    try:
        times = stream_seconds(value) if axis == "streams" else scorer_seconds(axis, value)
    except (TimeoutError, MemoryError):
        return {"axis": axis, "value": value}
    return {"axis": axis, "value": value, **times, "bytes": resident("VmHWM") - before}


def warm_up() -> None:
    """Load what is loaded on first use and start the threads, so that memory counts scorers alone."""
    rh_sparse_anomaly.StreamScorer(window=8, scales=(8,)).push_many(noise(32))
    rh_sparse_anomaly.StreamScorerPool(4, window=8, scales=(8,)).push_many(noise(32, 4))


def scorer_seconds(axis: str, value: int) -> dict[str, float]:
    """Time a sample of one scorer whose one ring is full."""
    window, ring = (WINDOW, value) if axis == "ring length" else (value, RING)
    scorer = rh_sparse_anomaly.StreamScorer(window=window, scales=(ring,))
    fill(scorer, np.array_split(noise(window + ring), 64))
    return {"seconds": fastest(scorer.push_many, noise(3, 100)) / 100}


def stream_seconds(streams: int) -> dict[str, float]:
    """Time a sample of one stream, many being pushed side by side, on all threads and on one."""
    pool = rh_sparse_anomaly.StreamScorerPool(1, window=POOL_WINDOW, scales=POOL_SCALES)
    pool.push_many(noise(POOL_WINDOW + max(POOL_SCALES), 1))
    if streams * pool.nbytes > 0.9 * free_memory():
        raise MemoryError
    pool = rh_sparse_anomaly.StreamScorerPool(streams, window=POOL_WINDOW, scales=POOL_SCALES)
    fill(pool, np.array_split(noise(POOL_WINDOW + max(POOL_SCALES), streams), 8))
    ticks = noise(3, 4, streams)
    seconds = fastest(pool.push_many, ticks) / (4 * streams)
    pool.threads = 1
    return {"seconds": seconds, "seconds on one thread": fastest(pool.push_many, ticks) / (4 * streams)}


def free_memory() -> float:
    """Return the bytes that a process may still take, where the system says."""
    memory = Path("/proc/meminfo")
    if not memory.exists():
        return float("inf")
    line = next(line for line in memory.read_text().splitlines() if line.startswith("MemAvailable"))
    return int(line.split()[1]) * 1024


def fill(scorer: Any, blocks: list[np.ndarray]) -> None:
    """Push every block, or give up when that takes too long."""
    deadline = time.monotonic() + PATIENCE
    for block in blocks:
        if time.monotonic() > deadline:
            raise TimeoutError
        scorer.push_many(block)


def fastest(call: Any, arguments: Any) -> float:
    """Return the seconds of the fastest call."""
    seconds = []
    for argument in arguments:
        start = time.perf_counter()
        call(argument)
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def main(plot: str, results: str) -> None:
    """Measure every point, each in a process of its own; write the numbers and the picture."""
    tasks = [(axis, value) for axis, values in FULL.items() for value in values]
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        points = pool.map(measure, tasks, chunksize=1)
    Path(results).write_text(json.dumps(points, indent=1) + "\n", encoding="utf-8")
    draw([point for point in points if "seconds" in point], TITLES, Path(plot))


if __name__ == "__main__":
    main(*sys.argv[1:])
