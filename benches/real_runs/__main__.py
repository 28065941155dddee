"""Prints the table: ``python -m real_runs FOLDER``, where FOLDER holds `index.json` and `runs.npz`."""

from __future__ import annotations

import sys
from pathlib import Path

from real_runs.judge import found, quiet
from real_runs.logs import load
from real_runs.ours import monitor
from real_runs.peer_table import findings
from real_runs.peer_table import table as peer_table
from real_runs.peers import installed
from real_runs.rules import RULES
from real_runs.statuses import table as statuses
from real_runs.verdicts import table

RATES = (0.3, 1.0, 3.0, 10.0)
HEADING = (
    "detector",
    "healthy: false per 10,000",
    "reinforcement, adversarial",
    "events found",
    "after row 160",
    "before",
)


def main() -> None:
    """Judge the monitor and the rules."""
    logs = load(Path(sys.argv[1]))
    detectors = {f"**Monitor**, {rate:g} asked": monitor(rate) for rate in RATES} | RULES
    print(f"| {' | '.join(HEADING)} |", f"|{'---|' * len(HEADING)}", sep="\n")
    for name, detector in detectors.items():
        cells = [str(quiet(detector, logs, "H")), str(quiet(detector, logs, "R")), str(found(detector, logs))]
        print(f"| {name} | {' | '.join(cells)} |", flush=True)
    incidents = {log.id: monitor()(log) for log in logs}
    print("", *table(logs, [len(incidents[log.id]) for log in logs]), "", *statuses(logs), "", sep="\n")
    tools = {"**Monitor**": lambda log: findings(log, incidents[log.id])} | installed()
    print(*peer_table(logs, tools), sep="\n")


if __name__ == "__main__":
    main()
