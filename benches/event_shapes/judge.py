"""What is said of a planted event: at its place, and where the detector alarms."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from anet_lite import Episodes, StreamDetector

if TYPE_CHECKING:
    from event_shapes.events import Planted

AFTER = 25
"""An alarm up to so many samples after an event is an alarm of it."""
QUIET = 8
"""Samples after the last alarm of an episode at which it is explained: an operator looks once it is over."""


class Said(NamedTuple):
    """What an explanation said."""

    direction: str
    shape: str | None

    def is_right(self, event: Planted) -> bool:
        """Whether a person would say so too."""
        return self.direction in event.directions and self.shape in event.shapes


class Judged(NamedTuple):
    """What was said at the place of an event and, where the detector alarmed, at its alarm."""

    known: Said
    alarmed: Said | None


def judge(event: Planted) -> Judged:
    """Explain an event at its last sample, knowing its first, and at the end of the detector's alarm."""
    detector = StreamDetector()
    p_values = detector.push_many(event.samples[: event.last + 1], parts=False).p_value
    known = said(detector, event.last - event.first)
    tail = event.samples[event.last + 1 : event.last + 1 + AFTER]
    rest = StreamDetector.from_bytes(detector.to_bytes()).push_many(tail, parts=False).p_value
    return Judged(known, _at_alarm(event, np.concatenate([p_values, rest])))


def said(detector: StreamDetector, since: int) -> Said:
    """Return what the detector says of the event that began so many samples ago."""
    found = detector.explain(since=since)
    return Said(found.direction, found.shape)


def _at_alarm(event: Planted, p_values: np.ndarray) -> Said | None:
    """Explain where the first alarm episode of the event is over, from its own beginning."""
    episodes = Episodes(merge=25)
    found = episodes.push_many(p_values[event.first :])
    found = found + [last for last in [episodes.finish()] if last]
    if not found:
        return None
    start, end = event.first + found[0].start, event.first + (found[0].end or 0)
    detector = StreamDetector()
    place = min(end + QUIET, len(event.samples) - 1)
    detector.push_many(event.samples[: place + 1], parts=False)
    return said(detector, place - start)
