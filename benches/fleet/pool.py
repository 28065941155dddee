"""Ticks of a pool on one thread, and the memory of a stream."""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from anet_lite import StreamDetectorPool
from fleet.process import usage

WARM = 1200
"""Samples of each stream before the clock starts: its history is full then."""

BLOCK = 10
TICKS = 10


def race(streams: int) -> dict[str, Any]:
    """Measure processor seconds a tick, pushed one by one and ten together, and the memory of a stream.

    One by one, a stream's state has left the processor's cache before its next sample comes: that is most of the cost.
    """
    random = np.random.default_rng(0)
    before = usage().resident
    pool = StreamDetectorPool(streams)
    pool.threads = 1
    for _ in range(WARM // BLOCK):
        pool.push_many(random.normal(size=(BLOCK, streams)))
    memory = usage().resident - before
    values = random.normal(size=(TICKS, streams))
    start = time.process_time()
    for row in values:
        pool.push(row)
    alone = time.process_time()
    pool.push_many(values)
    together = time.process_time()
    return {
        "streams": streams,
        "cpu_a_tick": (alone - start) / TICKS,
        "cpu_a_tick_of_ten": (together - alone) / TICKS,
        "bytes_a_stream": memory / streams,
    }
