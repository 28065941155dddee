"""The verdict on each log, and how often it is right."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from anet_lite.verdict import KINDS, judge

if TYPE_CHECKING:
    from anet_lite.verdict import Verdict
    from real_runs.logs import Log

RIGHT = {
    "H": {"healthy", "recovered"},
    "E": {"healthy", "recovered", "settled_worse"},
    "F": {"failing", "settled_worse"},
    "R": {"healthy", "recovered", "no_progress"},
}
"""What is right for a judgement: a run that survives its event may have settled worse."""


def table(logs: list[Log], incidents: list[int]) -> list[str]:
    """Return a row for each judgement: how many runs have which verdict, are right, and are called ruined."""
    verdicts = [verdict(log, count) for log, count in zip(logs, incidents)]
    lines = [f"| judgement | {' | '.join(KINDS)} | right | ruined |", f"|{'---|' * (len(KINDS) + 3)}"]
    for judgement, right in RIGHT.items():
        found = [given for log, given in zip(logs, verdicts) if log.judgement == judgement]
        kinds = Counter(given.kind for given in found)
        cells = [kinds[kind] for kind in KINDS]
        cells += [sum(kinds[kind] for kind in right), sum(given.ruined for given in found)]
        lines.append(f"| {judgement} | {' | '.join(map(str, cells))} |")
    return lines


def verdict(log: Log, incidents: int) -> Verdict:
    """Return what `anet-lite replay` would say of a log in which so many incidents opened."""
    return judge(_column(log, "loss"), _column(log, "grad_norm"), incidents)


def _column(log: Log, name: str) -> tuple | None:
    return (log.columns[name], log.given[name]) if log.given[name].any() else None
