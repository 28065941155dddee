"""Event F1: events found against false alarms, at the threshold that is best for the series.

VUS-PR asks how much of an event stands out. Who is woken by an alarm asks whether each event rings once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detection.measures.alarms import APART, LATE, around_events
from detection.measures.vus import events_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from detection.series import Floats


def event_f1(labels: NDArray[np.bool_], scores: Floats) -> float:
    """Return the best 2 f / (2 f + false + missed) over thresholds, f the events found of a series that has some.

    Events are found as in :func:`detection.measures.alarms.count`. A false alarm is an alarm outside events, 50 points
    or more after the last one that was counted: who alarms all the time has one for every 50 points, not a single one.
    """
    peaks = np.array([scores[first : last + LATE + 1].max() for first, last in events_of(labels)])
    outside = np.flatnonzero(~around_events(labels))
    best = 0.0
    # Between two peaks of events a higher threshold finds as many, so the peaks are all that is worth trying.
    for threshold in np.unique(peaks)[::-1]:
        found = int((peaks >= threshold).sum())
        missed = len(peaks) - found
        false = false_alarms(outside[scores[outside] >= threshold])
        best = max(best, 2 * found / (2 * found + false + missed))
    return best


def false_alarms(places: NDArray[np.intp]) -> int:
    """Count places that are 50 or more after the last one that was counted."""
    counted, at = 0, 0
    while at < len(places):
        counted += 1
        at = int(np.searchsorted(places, places[at] + APART))
    return counted
