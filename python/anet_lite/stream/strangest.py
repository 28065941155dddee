"""What was strangest where nothing rang: a person who looks at a calm stream still wants to see its oddest moments."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from anet_lite.stream.alarm import StreamAlarm


class Strangest:
    """Keeps a few samples with the smallest p-values, of equal ones those with the highest scores.

    Args:
        most: Samples to keep.
        apart: Samples of one stream nearer to each other than this are one moment.

    """

    def __init__(self, most: int, apart: int) -> None:
        self._most, self._apart = most, apart
        self._kept: list[tuple[float, float, int, StreamAlarm]] = []

    @property
    def found(self) -> list[StreamAlarm]:
        """The strangest first."""
        return [alarm for *_, alarm in sorted(self._kept, key=lambda each: each[:2])]

    def wants(self, p_value: float, score: float) -> bool:
        """Whether a sample is stranger than the least strange that is kept."""
        full = len(self._kept) >= self._most
        return self._most > 0 and (not full or (p_value, -score) < max(each[:2] for each in self._kept))

    def put(self, sample: int, alarm: StreamAlarm) -> None:
        """Keep a sample, and forget what it outdoes."""
        rank = (alarm.p_value, -alarm.score)
        near = [each for each in self._kept if each[3].name == alarm.name and abs(each[2] - sample) < self._apart]
        if any(each[:2] <= rank for each in near):
            return
        kept = [each for each in self._kept if each not in near]
        self._kept = sorted([*kept, (*rank, sample, alarm)], key=lambda each: each[:2])[: self._most]
