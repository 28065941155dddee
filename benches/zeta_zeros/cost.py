"""What a zero costs against its ordinal.

Peers take minutes for what takes milliseconds here, so each is timed on a small window at the same ordinal, once, and
its answer is compared. All times are processor time of one process, added up over its threads.
"""

from __future__ import annotations

import time
from importlib import import_module
from typing import TYPE_CHECKING, Any

from zeta_zeros.contenders import MODULES, OURS, PEERS, ours

if TYPE_CHECKING:
    from collections.abc import Callable

#: Zeros in the window of a contender by the power of ten of its first ordinal.
WINDOWS = {
    OURS: {2: 100_000, 3: 100_000, 4: 100_000, 5: 100_000, 6: 100_000, 7: 100_000, 8: 100_000, 9: 100_000}
    | {10: 20_000, 11: 20_000, 12: 20_000},
    "python-flint": {2: 100, 3: 100, 4: 100, 5: 100, 6: 100, 7: 20, 8: 20, 9: 5, 10: 3, 11: 2, 12: 1},
    "mpmath": {2: 5, 4: 3, 6: 3, 9: 1, 12: 1},
    "PARI (cypari)": {2: 20, 3: 20},
}
ONE = "anet-lite, one zero alone"

Point = dict[str, Any]


def measure() -> tuple[list[Point], list[str]]:
    """Return a point for every contender and ordinal, and the peers that are not installed."""
    points = [point(OURS, ours, power, count, 3) for power, count in WINDOWS[OURS].items()]
    points += [point(ONE, ours, power, 1, 5) for power in WINDOWS[OURS]]
    missing = []
    for name, peer in PEERS.items():
        try:
            import_module(MODULES[name])
        except ImportError:
            missing.append(name)
            continue
        peer(1, 1)
        points += [point(name, peer, power, count, 1) for power, count in WINDOWS[name].items()]
    return points, missing


def point(name: str, zeros: Callable[[int, int], list[float]], power: int, count: int, times: int) -> Point:
    """Return the seconds a zero of the fastest of some calls."""
    seconds = []
    for _ in range(times):
        start = time.process_time()
        found = zeros(10**power, count)
        seconds.append(time.process_time() - start)
    wanted = ours(10**power, count)
    error = max(abs(a - b) / b for a, b in zip(found, wanted))
    if len(found) != count or error > 1e-13:
        raise SystemExit(f"{name} does not give the zeros from 10^{power} on: {error:.1e} off")
    return {"contender": name, "power": power, "count": count, "seconds": min(seconds) / count}
