"""What a worker of Spark takes for each byte of its cache: ``python -m fleet.cache`` in ``benches/``."""

from __future__ import annotations

import subprocess
import sys

import numpy as np

from anet_lite import StreamDetector
from fleet.process import usage

WARM, KEYS, HISTORIES = 50, 200, (60, 500, 2_000, 9_000)


def measure(samples: int) -> None:
    """Keep scorers as a worker does after a few batches, and print bytes a key: of pages, and of memory."""
    from anet_lite.integrations.spark.cache import Cache

    cache, noise = Cache(), np.random.default_rng(0)
    for key in range(WARM + KEYS):
        if key == WARM:  # what the first scorers bring in once is no cost of a key
            before, pages_before = usage().resident, cache.nbytes
        scorer = StreamDetector(str(key))
        scorer.push_many(noise.normal(size=samples))
        pages = {number: len(page) for number, page in scorer.changed_pages(65_536).items()}
        cache.put(key, scorer, scorer.manifest(), pages, 1 << 40)
    held, kept = usage().resident - before, cache.nbytes - pages_before
    print(f"{samples:>7,} {kept / KEYS / 1e3:>12.0f} {held / KEYS / 1e3:>13.0f} {held / kept:>6.1f}")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        measure(int(sys.argv[1]))
    else:
        print("samples  kB of pages  kB of memory  ratio")
        for samples in HISTORIES:
            subprocess.run([sys.executable, "-m", "fleet.cache", str(samples)], check=True)
