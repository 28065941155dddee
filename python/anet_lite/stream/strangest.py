"""What was strangest where nothing rang: a person who looks at a calm stream still wants to see its oddest moments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable, NamedTuple

if TYPE_CHECKING:
    from anet_lite.stream.alarm import StreamAlarm


class Moment(NamedTuple):
    """A sample; the stranger of two is the lesser."""

    p_value: float
    minus_score: float
    name: str
    """The stream."""
    sample: int
    explained: Callable[[], StreamAlarm]
    """Explains it as if it had been an alarm, which takes a while: only what is asked for is explained."""


class Strangest:
    """Keeps a few samples with the smallest p-values, of equal ones those with the highest scores.

    Args:
        most: Samples to keep.
        apart: Samples of one stream nearer to each other than this are one moment.

    """

    def __init__(self, most: int, apart: int) -> None:
        self._most, self._apart = most, apart
        self._kept: list[Moment] = []

    @property
    def found(self) -> list[StreamAlarm]:
        """The strangest first."""
        return [moment.explained() for moment in self._kept]

    def wants(self, p_value: float, score: float) -> bool:
        """Whether a sample is stranger than the least strange that is kept."""
        full = len(self._kept) >= self._most
        return self._most > 0 and (not full or (p_value, -score) < self._kept[-1][:2])

    def put(self, moment: Moment) -> None:
        """Keep a sample, and forget what it outdoes."""
        near = [each for each in self._kept if self._is_near(each, moment)]
        if any(each[:2] <= moment[:2] for each in near):
            return
        kept = [each for each in self._kept if each not in near]
        self._kept = sorted([*kept, moment], key=lambda each: each[:4])[: self._most]

    def _is_near(self, one: Moment, other: Moment) -> bool:
        return one.name == other.name and abs(one.sample - other.sample) < self._apart
