"""Prints the tables: ``python -m merge [FAMILIES]``, FAMILIES being the seeds of each net that are trained, else 6."""

from __future__ import annotations

import sys

from merge import speed, tables
from merge.nets import NETS
from merge.zoo import Family


def main() -> None:
    """Train the families, judge their pairs, and time the check."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 6
    pairs = []
    for net in NETS:
        for seed in range(count):
            pairs += Family(net, seed).pairs()
            print(f"{net.name} {seed}: {len(pairs)} pairs", file=sys.stderr, flush=True)
    for table in (tables.summary, tables.by_kind, tables.predictions):
        print("\n".join(table(pairs)), end="\n\n")
    print("\n".join(speed.table()))


if __name__ == "__main__":
    main()
