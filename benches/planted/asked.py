"""False alarms as asked for: on the zoo's healthy runs, and on real logs where a folder of them is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from failure_zoo.runs import load
from planted.watched import columns, opened, rate

if TYPE_CHECKING:
    from pathlib import Path

RATES = (0.1, 0.3, 1.0, 3.0, 10.0)


def on_the_zoo(asked: float) -> str:
    """Count the false alarms on all healthy runs of the zoo."""
    healthy = [run.rows for run in load()[0]]
    return rate([len(opened(columns(rows), asked)) for rows in healthy], sum(map(len, healthy)))


def on_logs(folder: Path, judgement: str, asked: float) -> str:
    """Count the false alarms on the real logs of a judgement: H healthy, R reinforcement or adversarial learning."""
    from real_runs.logs import load as load_logs
    from real_runs.ours import monitor

    healthy = [log for log in load_logs(folder) if log.judgement == judgement]
    return rate([len(monitor(asked)(log)) for log in healthy], sum(map(len, healthy)))
