"""Scores of a detector: recall, luck, lead, and false alarms with their interval."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, lgamma, log, sqrt
from typing import Callable

import numpy as np

from failure_zoo.runs import Array, Failing, Healthy

#: Takes the rows of a run, gives the rows in which its incidents open.
Detector = Callable[[Array], list[int]]


@dataclass(frozen=True)
class Score:
    """What a detector is worth on a set of runs."""

    recall: float
    luck: float
    visible: float
    early: float
    lead: float
    false_alarms: int
    healthy_rows: int
    per_kind: dict[str, float]

    @property
    def rate(self) -> float:
        """False alarms per 10,000 healthy steps."""
        return 1e4 * self.false_alarms / max(1, self.healthy_rows)

    @property
    def interval(self) -> tuple[float, float]:
        """The exact 95 % interval of the rate (Garwood 1936)."""
        low, high = poisson_interval(self.false_alarms)
        return 1e4 * low / max(1, self.healthy_rows), 1e4 * high / max(1, self.healthy_rows)


def score(detector: Detector, healthy: list[Healthy], failing: list[Failing]) -> Score:
    """Runs the detector over everything."""
    false_alarms = sum(len(detector(run.rows)) for run in healthy)
    hits = [_first(detector(run.rows), run.onset, len(run.rows)) for run in failing]
    lucky = [_first(detector(run.twin), run.onset, len(run.rows)) is not None for run in failing]
    broken = [(hit, run.broken) for hit, run in zip(hits, failing) if run.broken is not None]
    leads = [at - hit for hit, at in broken if hit is not None]
    kinds = sorted({run.fault for run in failing})
    return Score(
        recall=_share([hit is not None for hit in hits]),
        luck=_share(lucky),
        visible=_share([hit is not None for hit, _ in broken]),
        early=_share([lead > 0 for lead in leads]),
        lead=float(np.median(leads)) if leads else float("nan"),
        false_alarms=false_alarms,
        healthy_rows=sum(len(run.rows) for run in healthy),
        per_kind={k: _share([h is not None for h, r in zip(hits, failing) if r.fault == k]) for k in kinds},
    )


def _first(alarms: list[int], start: int, end: int) -> int | None:
    return next((row for row in alarms if start <= row < end), None)


def _share(values: list[bool]) -> float:
    return sum(values) / len(values) if values else float("nan")


def incidents(rings: Array, calm: int = 50) -> list[int]:
    """The rows in which a ringing begins that `calm` quiet rows precede: one fault is one alarm for every detector."""
    rows = np.flatnonzero(rings)
    return [int(row) for at, row in enumerate(rows) if at == 0 or row - rows[at - 1] > calm]


def poisson_interval(count: int) -> tuple[float, float]:
    """The exact 95 % interval of a Poisson mean of which `count` was seen."""

    def at_most(k: int, mean: float) -> float:
        return sum(exp(i * log(mean) - mean - lgamma(i + 1)) for i in range(k + 1)) if mean else 1.0

    def solve(wanted: float, k: int) -> float:
        low, high = 0.0, count + 10 * sqrt(count + 1)
        for _ in range(50):
            middle = (low + high) / 2
            low, high = (middle, high) if at_most(k, middle) > wanted else (low, middle)
        return low

    return (solve(0.975, count - 1) if count else 0.0), solve(0.025, count)
