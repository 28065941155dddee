"""Print both tables: ``python -m named_signals [--series N]`` in ``benches/``."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

import numpy as np

from anet_lite import Monitor
from named_signals.collapses import collapses
from named_signals.healthy import healthy

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

VALUES = 2000
LATE = 200
"""Values after which an alarm is no answer to a collapse any more."""


def alarms(direction: str, series: NDArray[float64], asked: float) -> list[int]:
    """Return the rows in which incidents of a signal open."""
    monitor = Monitor(asked, signals={"signal": direction})
    found = monitor.update_many({"signal": series}).alarms
    return sorted({alarm.incident for alarm in found})


def false_alarms(series: int, asked: float) -> dict[str, tuple[float, float]]:
    """Return incidents in 10,000 values and the part of the series that ring, for each healthy kind."""
    random, counts = np.random.default_rng(7), dict[str, list[int]]()
    for _ in range(series):
        for name, direction, values in healthy(VALUES, random):
            counts.setdefault(name, []).append(len(alarms(direction, values, asked)))
    return {
        name: (1e4 * sum(of) / (VALUES * series), float(np.mean([n > 0 for n in of]))) for name, of in counts.items()
    }


def delays(series: int) -> dict[str, list[int]]:
    """Return after how many values each collapse rang; ``LATE`` where it did not."""
    random, found = np.random.default_rng(8), dict[str, list[int]]()
    for _ in range(series):
        for name, direction, at, values in collapses(random):
            after = [row - at for row in alarms(direction, values, 1.0) if at <= row < at + LATE]
            found.setdefault(name, []).append(min(after, default=LATE))
    return found


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(prog="python -m named_signals")
    parser.add_argument("--series", type=int, default=100)
    series = parser.parse_args().series
    rates = (0.3, 1.0, 3.0, 10.0)
    tables = [false_alarms(series, asked) for asked in rates]
    print(f"{'false alarms in 10,000 values, asked':40}", *(f"{asked:>6}" for asked in rates), "  rings (asked 1)")
    for name in tables[0]:
        print(f"{name:40}", *(f"{table[name][0]:6.2f}" for table in tables), f"{tables[1][name][1]:8.0%}")
    print(f"\n{'collapse':40} {'median':>6} {'most':>6}   missed")
    for name, found in delays(series).items():
        missed = sum(delay >= LATE for delay in found)
        print(f"{name:40} {np.median(found):6.0f} {max(found):6d}   {missed} of {series}")


if __name__ == "__main__":
    main()
