"""The monitor beside the tools that users would install instead, on the same logs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from real_runs.judge import is_near
from real_runs.peers import Finding
from real_runs.verdicts import verdict

if TYPE_CHECKING:
    from real_runs.logs import Log
    from real_runs.peers import Peer

#: Verdicts that call a run failing.
GRAVE = {"failing", "settled_worse"}
HEADING = (
    "tool",
    "healthy called failing (or warned of)",
    "reinforcement, adversarial",
    "failing runs named",
    "runs with an event",
    "events found",
)


def findings(log: Log, incidents: list[int]) -> list[Finding]:
    """Return what we say of a run: each incident as a warning, the verdict `failing` or `settled_worse` as grave."""
    warnings = [Finding(grave=False, row=row) for row in incidents]
    return warnings + [Finding(grave=True)] * (verdict(log, len(incidents)).kind in GRAVE)


def table(logs: list[Log], peers: dict[str, Peer]) -> list[str]:
    """Return a row for each tool."""
    lines = [f"| {' | '.join(HEADING)} |", f"|{'---|' * len(HEADING)}"]
    return lines + [f"| {name} | {' | '.join(_cells(logs, peer))} |" for name, peer in peers.items()]


def _cells(logs: list[Log], peer: Peer) -> list[str]:
    said = [(log, peer(log)) for log in logs]
    groups = ([found for log, found in said if log.judgement == judgement] for judgement in "HRFE")
    events = [_is_found(event, log, found) for log, found in said for event in log.events]
    return [*map(_named, groups), f"{sum(events)} of {len(events)}"]


def _named(runs: list[list[Finding]]) -> str:
    """Return how many runs have a grave finding, and how many have any."""
    grave, any_ = sum(any(found.grave for found in run) for run in runs), sum(bool(run) for run in runs)
    return f"{grave} ({any_}) of {len(runs)}"


def _is_found(event: int, log: Log, found: list[Finding]) -> bool:
    return is_near(event, [finding.row for finding in found if finding.row is not None], log)
