"""Trains, breaks and judges: ``python -m broken_gpt FILE [SEEDS]``, where FILE (.npz) takes the rows. Needs torch."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

from broken_gpt.faults import FAULTS
from broken_gpt.numbers import save
from broken_gpt.report import rows, totals
from broken_gpt.train import run


def main() -> None:
    """Run every fault with every seed."""
    logging.disable()
    path, seeds = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3
    runs = [run(fault, seed) for fault in FAULTS for seed in range(seeds)]
    save(runs, path)
    print(*rows(runs), "", totals(runs), sep="\n")


if __name__ == "__main__":
    main()
