"""Prints the table: ``python -m real_runs FOLDER``, where FOLDER holds `index.json` and `runs.npz`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from anet_lite import Monitor
from real_runs.judge import found, quiet
from real_runs.logs import load
from real_runs.rules import RULES
from real_runs.verdicts import table

if TYPE_CHECKING:
    from real_runs.judge import Detector
    from real_runs.logs import Log

RATES = (0.3, 1.0, 3.0, 10.0)
HEADING = ("detector", "healthy: false per 10,000", "reinforcement, adversarial", "events found", "late", "early")


def monitor(rate: float) -> Detector:
    """Return the monitor as a detector, fed as a loop would feed it."""

    def detect(log: Log) -> list[int]:
        watch = Monitor(rate)
        return sorted({alarm.incident for row in log.rows() for alarm in watch.update(**row).alarms})

    return detect


def main() -> None:
    """Judge the monitor and the rules."""
    logs = load(Path(sys.argv[1]))
    detectors = {f"**Monitor**, {rate:g} asked": monitor(rate) for rate in RATES} | RULES
    print(
        "| detector | healthy: false per 10,000 | reinforcement, adversarial | events found | after row 160 | before |"
    )
    print("|---|---|---|---|---|---|")
    for name, detector in detectors.items():
        cells = [str(quiet(detector, logs, "H")), str(quiet(detector, logs, "R")), str(found(detector, logs))]
        print(f"| {name} | {' | '.join(cells)} |", flush=True)
    print("", *table(logs, [len(detectors["**Monitor**, 1 asked"](log)) for log in logs]), sep="\n")


if __name__ == "__main__":
    main()
