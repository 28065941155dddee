"""The figures of a run, written as JSON as they come."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from detection.measures.alarms import THRESHOLDS, Count

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from detection.judge import Alarms, Quality, Value

RESAMPLES = 2000
Table = dict[str, dict[str, Any]]


@dataclass
class Figures:
    """Rows by name, and in them the sets by name."""

    path: Path
    vus: Table = field(default_factory=dict)
    """Mean over the series of a set, and its 95 % interval."""
    f1: Table = field(default_factory=dict)
    components: Table = field(default_factory=dict)
    """VUS-PR that is lost without a component, ``None`` where that cannot be told, and that of it alone."""
    alarms: Table = field(default_factory=dict)
    false: Table = field(default_factory=dict)
    nab: dict[str, float] = field(default_factory=dict)
    us: dict[str, float] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)

    def write(self) -> None:
        """Write everything that is known so far."""
        known = {name: value for name, value in asdict(self).items() if name != "path"}
        self.path.write_text(json.dumps(known, indent=1))

    def record(self, row: str, name: str, qualities: Sequence[Quality]) -> None:
        """Note the means over the series of a set that have an event, and say them."""
        known = np.array([each.vus for each in qualities if each.vus is not None])
        self.vus.setdefault(row, {})[name] = [float(known.mean()), *interval(known)]
        self.f1.setdefault(row, {})[name] = mean([each.f1 for each in qualities])
        print(f"{row:40} {name:16} {known.mean():.3f}  {self.f1[row][name]:.3f}", flush=True)

    def record_component(self, component: str, name: str, values: Sequence[tuple[Value, Value]]) -> None:
        """Note the means of the VUS-PR that is lost without a component, and of that of it alone."""
        lost, alone = zip(*values)
        self.components.setdefault(component, {})[name] = [mean(lost), mean(alone)]

    def record_alarms(self, name: str, found: Alarms) -> None:
        """Note the alarms of a set."""
        self.alarms[name] = _by_threshold(found)

    def record_false(self, name: str, found: Alarms) -> None:
        """Add the alarms of a stream without an event to those of its kind."""
        new = _by_threshold(found)
        old = self.false.get(name)
        self.false[name] = new if old is None else {way: _sum(old[way], new[way]) for way in new}


def _by_threshold(found: Alarms) -> dict[str, Any]:
    ways = {"all": found.all, "young": found.young}
    return {way: {f"{at:g}": vars(one) for at, one in zip(THRESHOLDS, counts)} for way, counts in ways.items()}


def _sum(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    return {at: vars(Count(**old[at]) + Count(**new[at])) for at in new}


def mean(values: Sequence[Value]) -> Value:
    """Return the mean of what is known, ``None`` where nothing is."""
    known = [value for value in values if value is not None]
    return float(np.mean(known)) if known else None


def interval(values: np.ndarray) -> tuple[float, float]:
    """Return the 95 % interval of a mean, by resampling."""
    picks = np.random.default_rng(0).integers(0, len(values), (RESAMPLES, len(values)))
    low, high = np.quantile(values[picks].mean(axis=1), [0.025, 0.975])
    return float(low), float(high)
