"""What a detector is worth on real logs: false alarms and runs that ring, events found, verdicts at the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Callable

from failure_zoo.score import poisson_interval

if TYPE_CHECKING:
    from real_runs.logs import Log

    #: Takes a log, gives the rows in which its incidents open.
    Detector = Callable[[Log], list[int]]

#: Rows that a warm-up of the first design took: events before and after are counted apart.
EARLY = 160


@dataclass(frozen=True)
class Quiet:
    """False alarms on healthy logs."""

    alarms: int
    rows: int
    ringing: int
    runs: int

    def __str__(self) -> str:
        rate, (low, high) = 1e4 * self.alarms / self.rows, poisson_interval(self.alarms)
        per_10k = f"{rate:.2f} ({1e4 * low / self.rows:.2f} to {1e4 * high / self.rows:.2f})"
        return f"{per_10k}, {self.ringing} of {self.runs} runs"


@dataclass(frozen=True)
class Found:
    """Events that an incident opens near."""

    late: int
    late_events: int
    early: int
    early_events: int

    def __str__(self) -> str:
        found, events = self.late + self.early, self.late_events + self.early_events
        return f"{found} of {events} | {self.late} of {self.late_events} | {self.early} of {self.early_events}"


def quiet(detector: Detector, logs: list[Log], judgement: str) -> Quiet:
    """Count the incidents on healthy logs of one judgement, H or R."""
    healthy = [log for log in logs if log.judgement == judgement]
    counts = [len(detector(log)) for log in healthy]
    return Quiet(sum(counts), sum(map(len, healthy)), sum(count > 0 for count in counts), len(healthy))


def found(detector: Detector, logs: list[Log]) -> Found:
    """Count the events that an incident opens near."""
    hits = {True: [], False: []}
    for log in logs:
        if log.events:
            incidents = detector(log)
            for event in log.events:
                hits[event >= EARLY].append(is_near(event, incidents, log))
    return Found(sum(hits[True]), len(hits[True]), sum(hits[False]), len(hits[False]))


def is_near(event: int, incidents: list[int], log: Log) -> bool:
    """Tell whether an incident opens where it counts as a hit."""
    return any(event - log.before <= row <= event + log.after for row in incidents)
