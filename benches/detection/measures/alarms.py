"""What a user meets: events found, and false alarms in 10,000 points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detection.measures.vus import events_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from detection.series import Floats

THRESHOLDS = (1e-3, 1e-4, 1e-5)
THRESHOLD = 1e-4
SILENT, LATE, APART = 500, 25, 50
YOUNG = 1000
"""A stream is young for so many points, in which all alarms are counted."""


@dataclass(frozen=True)
class Count:
    """Events found, of how many; false alarm episodes, in how many points outside events."""

    found: int = 0
    events: int = 0
    false: int = 0
    points: int = 0

    def __add__(self, other: Count) -> Count:
        pairs = zip(vars(self).values(), vars(other).values())
        return Count(*(mine + theirs for mine, theirs in pairs))

    @property
    def false_rate(self) -> float:
        """False alarms in 10,000 points."""
        return 1e4 * self.false / max(self.points, 1)


def count(labels: NDArray[np.bool_], p_values: Floats, threshold: float, silent: int = SILENT) -> Count:
    """Count alarms, which are points with p <= threshold; the first ``silent`` points are left out.

    An event is found by an alarm from its first point to 25 after its last. Other alarms fewer than 50 points apart are
    one false alarm. NaN is no alarm.
    """
    alarms = p_values <= threshold
    alarms[:silent] = False
    excused = around_events(labels)
    found = sum(bool(alarms[first : last + LATE + 1].any()) for first, last in events_of(labels))
    places = np.flatnonzero(alarms & ~excused)
    false = int(len(places) > 0) + int((np.diff(places) >= APART).sum())
    return Count(found, len(events_of(labels)), false, int((~excused[silent:]).sum()))


def count_young(p_values: Floats, threshold: float) -> Count:
    """Count alarms in the first thousand points of a stream that has no event there."""
    return count(np.zeros(min(len(p_values), YOUNG), bool), p_values[:YOUNG], threshold, silent=0)


def around_events(labels: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return where an alarm is not false: from an event's first point to 25 after its last."""
    excused = np.zeros(len(labels), bool)
    for first, last in events_of(labels):
        excused[first : last + LATE + 1] = True
    return excused
