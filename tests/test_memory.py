"""A count that cannot fit memory is refused at once: the program is not ended when memory runs out."""

from __future__ import annotations

import subprocess
import sys

import pytest

LIMITED = """
import resource, sys, time
import rh_sparse_anomaly as rh
from anet_lite import StreamDetectorPool

four_gigabytes = 4 << 30
resource.setrlimit(resource.RLIMIT_AS, (four_gigabytes, four_gigabytes))
start = time.perf_counter()
try:
    eval(sys.argv[1])
except ValueError as error:
    print(error, "at once" if time.perf_counter() - start < 0.5 else "late")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited as Linux does it")
@pytest.mark.parametrize(
    ("call", "name", "count"),
    [
        ("rh.zeta_zeros(1, 10**12)", "count", 10**12),
        ("StreamDetectorPool(1_000_000)", "n", 1_000_000),
        ("StreamDetectorPool(1).add(1_000_000)", "count", 1_000_000),
        ("rh.StreamScorerPool(16_000_000)", "n", 16_000_000),
        ("rh.StreamScorerPool(1).add(16_000_000)", "count", 16_000_000),
    ],
)
def test_a_count_too_large_for_memory_is_refused_at_once(call: str, name: str, count: int):
    command = [sys.executable, "-W", "error", "-c", LIMITED, call]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == f"{name} must be small enough for memory, got {count} at once"
