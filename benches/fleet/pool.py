"""Ticks of a pool on one thread, and the memory of a stream."""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from anet_lite import StreamDetectorPool
from fleet.process import usage

WARM = 300
"""Ticks before the clock starts: the detector is silent for 64, and each of its parts has spoken by then."""


def race(streams: int, ticks: int = 10) -> dict[str, Any]:
    """Measure seconds a tick: of the processor, which a busy machine does not stretch, and on the wall."""
    values = np.random.default_rng(0).normal(size=(WARM + ticks, streams)).cumsum(axis=0) / 9
    before = usage().resident
    pool = StreamDetectorPool(streams)
    pool.threads = 1
    for row in values[:WARM]:
        pool.push(row)
    memory = usage().resident - before
    start, wall = time.process_time(), time.perf_counter()
    for row in values[WARM:]:
        pool.push(row)
    seconds, wall = (time.process_time() - start) / ticks, (time.perf_counter() - wall) / ticks
    return {"streams": streams, "cpu_a_tick": seconds, "wall_a_tick": wall, "bytes_a_stream": memory / streams}
