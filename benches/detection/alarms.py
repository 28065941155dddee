"""What a user meets: events found, and false alarms in 10,000 points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from detection.vus import events_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from detection.series import Floats

THRESHOLD = 1e-4
SILENT, LATE, APART = 500, 25, 50


@dataclass(frozen=True)
class Count:
    """Events found, of how many; false alarm episodes, in how many points outside events."""

    found: int
    events: int
    false: int
    points: int

    def __add__(self, other: Count) -> Count:
        pairs = zip(vars(self).values(), vars(other).values())
        return Count(*(mine + theirs for mine, theirs in pairs))

    @property
    def false_rate(self) -> float:
        """False alarms in 10,000 points."""
        return 1e4 * self.false / max(self.points, 1)


def count(labels: NDArray[np.bool_], p_values: Floats, threshold: float = THRESHOLD) -> Count:
    """Count alarms, which are points with p <= threshold; the first 500 points are left out.

    An event is found by an alarm from its first point to 25 after its last. Other alarms fewer than 50 points apart are
    one false alarm.
    """
    alarms = p_values <= threshold
    alarms[:SILENT] = False
    events = events_of(labels)
    excused = np.zeros(len(labels), bool)
    for first, last in events:
        excused[first : last + LATE + 1] = True
    found = sum(bool(alarms[first : last + LATE + 1].any()) for first, last in events)
    places = np.flatnonzero(alarms & ~excused)
    false = int(len(places) > 0) + int((np.diff(places) >= APART).sum())
    return Count(found, len(events), false, int((~excused[SILENT:]).sum()))
