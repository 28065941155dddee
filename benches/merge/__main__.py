"""Prints the tables: ``python -m merge FAMILIES [PICTURE]``, FAMILIES being the seeds of each net."""

from __future__ import annotations

import sys

from merge import picture, speed, tables
from merge.nets import NETS
from merge.zoo import Family


def main() -> None:
    """Train the families, judge their pairs, time the check, and draw a way between two of them."""
    count = int(sys.argv[1])
    pairs = []
    for net in NETS:
        for seed in range(count):
            pairs += Family(net, seed).pairs()
            print(f"{net.name} {seed}: {len(pairs)} pairs", file=sys.stderr, flush=True)
    for table in (tables.summary, tables.by_kind, tables.predictions):
        print("\n".join(table(pairs)), end="\n\n")
    print("\n".join(speed.table()))
    if len(sys.argv) > 2:
        picture.draw(sys.argv[2])


if __name__ == "__main__":
    main()
