"""Prints the tables: ``python -m upscale [--only TABLE] [--npz FILE] [--nab FOLDER] [--picture FILE] [--speed]``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from upscale import picture, series, speed, texture, warm
from upscale.methods import available

TABLES = {"texture": texture.table, "warm": warm.table}


def main() -> None:
    """Judge series by formula, and those of the files that were named."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--only", choices=TABLES)
    asked.add_argument("--npz", type=Path)
    asked.add_argument("--nab", type=Path)
    asked.add_argument("--picture")
    asked.add_argument("--speed", action="store_true")
    given = asked.parse_args()
    sets = {"losses by formula": dict(series.by_formula())}
    if given.npz:
        sets[given.npz.name] = dict(series.from_npz(given.npz))
    if given.nab:
        sets["NAB"] = dict(series.of_nab(given.nab))
    methods = available()
    for name, held in sets.items():
        for table in (table for kind, table in TABLES.items() if given.only in (None, kind)):
            print(f"{name}, {len(held)} series:\n", *table(list(held.values()), methods), "", sep="\n", flush=True)
    if given.speed:
        print(*speed.table(), sep="\n")
    if given.picture:
        picture.draw(given.picture)
        print("drawn:", given.picture, file=sys.stderr)


if __name__ == "__main__":
    main()
