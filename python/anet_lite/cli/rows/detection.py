"""A stream of numbers, scored, and the alarms that it raises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from anet_lite import Alarms, Episode, StreamDetector

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from anet_lite.cli.rows.value import Value


@dataclass
class Sample:
    """One number, its score and p-value, and the reason where it is alarming."""

    value: float
    score: float
    p_value: float
    reason: str

    def row(self, index: int) -> dict[str, Value]:
        """Return the sample as a row to print."""
        alarm = int(bool(self.reason))
        return {"index": index, "value": self.value, "score": self.score, "p_value": self.p_value, "alarm": alarm}


def scored(values: Iterable[float | None], words: bool, threshold: float) -> Iterator[Sample]:
    """Score numbers as they come."""
    detector = StreamDetector(words=words)
    for value in values:
        found = detector.push(value)
        reason = str(detector.explain()) if found.p_value <= threshold else ""
        yield Sample(float("nan") if value is None else value, found.score, found.p_value, reason)


def episodes(samples: list[Sample], alarms: Alarms) -> list[Episode]:
    """Return the alarms, the one that goes on at the end included."""
    over = alarms.push_many([sample.p_value for sample in samples])
    last = alarms.finish()
    return [*over, last] if last else over


def alarm_row(episode: Episode, samples: list[Sample]) -> dict[str, Value]:
    """Return an alarm as a row to print, with the reason at its peak."""
    peak = samples[episode.peak]
    return {
        "start": episode.start,
        "peak": episode.peak,
        "end": -1 if episode.end is None else episode.end,
        "score": peak.score,
        "p_value": f"{episode.p_value:.1e}",
        "reason": peak.reason,
    }
