"""Trains every run and prints the table: ``python -m rescued attach|transformers FILE.json [SEEDS]``. Needs torch."""

from __future__ import annotations

import json
import logging
import sys
import warnings
from importlib import import_module
from pathlib import Path

from rescued.faults import FAULTS
from rescued.models import TASKS, held_out
from rescued.table import table


def main() -> None:
    """Run every fault with every seed and policy, beside its healthy twin; what is in the file is not run again."""
    logging.disable()
    warnings.simplefilter("ignore")
    way, path, seeds = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else 3
    by = import_module(f"rescued.by_{way}")
    ends: dict[str, float] = json.loads(path.read_text()) if path.exists() else {}
    for task in TASKS:
        for seed in range(seeds):
            ends[f"{task}/untrained/{seed}/none"] = held_out(task, TASKS[task](seed).model)
            for fault in ("healthy", *FAULTS):
                for policy in by.POLICIES:
                    name = f"{task}/{fault}/{seed}/{policy}"
                    if name not in ends:
                        ends[name] = by.end(task, fault, seed, policy)
                        path.write_text(json.dumps(ends))
    print(*table(ends), sep="\n")


if __name__ == "__main__":
    main()
