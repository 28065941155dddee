"""``python -m fleet.stored`` in benches/: bytes of a base and of a batch of 60 rows, for each stream of a bucket."""

from __future__ import annotations

import json

import numpy as np

from anet_lite import StreamDetectorPool
from anet_lite.integrations.spark.bucket_log import Bucket, ScoredRows

STREAMS, ROWS = 20, 60
SAMPLES = (600, 1800, 3600, 9000)


def main() -> None:
    """Score a wave with noise, and look at what would be stored."""
    random = np.random.default_rng(0)
    bucket = Bucket(StreamDetectorPool(0))
    names = np.repeat(np.array([f"kk{stream}" for stream in range(STREAMS)], object), ROWS)
    for start in range(0, max(SAMPLES), ROWS):
        at = np.tile(np.arange(start, start + ROWS), STREAMS)
        rows = ScoredRows(names, at, np.sin(at / 5) + random.random(len(at)))
        bucket.score(rows)
        if start + ROWS in SAMPLES:
            base, log = sum(map(len, bucket.base())) / STREAMS, len(rows.to_bytes()) / STREAMS
            print(json.dumps({"samples": start + ROWS, "base_bytes": base, "log_bytes": log}), flush=True)


if __name__ == "__main__":
    main()
