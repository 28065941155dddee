"""Train what is asked for and print the table: ``python -m trl_runs FILE.jsonl [SEEDS]``, seeds as in ``1,2,3``.

What is in the file is not trained again.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import warnings
from pathlib import Path


def main() -> None:
    """Train every run of every seed that is asked for, and print the table of all."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    logging.disable()
    warnings.simplefilter("ignore")
    from trl_runs.run import runs
    from trl_runs.table import table
    from trl_runs.trainers import TRAINERS

    path, seeds = Path(sys.argv[1]), sys.argv[2].split(",") if len(sys.argv) > 2 else []
    done = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
    for seed in map(int, seeds):
        for trainer in TRAINERS:
            if any((row["trainer"], row["seed"]) == (trainer, seed) for row in done):
                continue
            done += (rows := [outcome.to_dict() for outcome in runs(trainer, seed)])
            with path.open("a") as file:
                file.writelines(json.dumps(row) + "\n" for row in rows)
    print(*table(done), sep="\n")


if __name__ == "__main__":
    main()
