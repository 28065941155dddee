"""Who finds what happens in a plain case, and who rings where nothing does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detection import ours
from detection.measures.alarms import LATE, THRESHOLD, Count, count
from detection.measures.event_f1 import false_alarms
from detection.measures.vus import events_of
from detection.peers.series import filled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from detection.peers.series import Scorer
    from detection.plain.case import Case, Twins
    from detection.series import Floats

RATE = 1e-4
"""False alarms a point of the clean twins that a peer is granted."""


def judge_ours(case: Case, seeds: Iterable[int], options: Mapping[str, object]) -> Count:
    """Count with p <= 1e-4: events found in the changed twins, false alarms in the clean ones."""
    total = Count()
    for seed in seeds:
        twins = case.twins(seed)
        alarms = ours.p_values(twins.changed, options) <= THRESHOLD
        healthy = count(np.zeros(len(twins.clean), bool), ours.p_values(twins.clean, options), THRESHOLD, case.silent)
        total += healthy + _told(twins, alarms)
    return total


def judge_peer(case: Case, seeds: Iterable[int], scorer: Scorer) -> Count:
    """Count what a peer finds at the lowest threshold that its user could not know: see :func:`granted`."""
    season = case.options.get("season")
    period = season if isinstance(season, int) else None
    twins = [case.twins(seed) for seed in seeds]
    healthy = [by_channel(scorer, each.clean, period)[case.silent :] for each in twins]
    threshold = granted(healthy)
    total = Count(false=_false(healthy, threshold), points=sum(map(len, healthy)))
    for each in twins:
        total += _told(each, by_channel(scorer, each.changed, period) > threshold)
    return total


def granted(scores: list[Floats]) -> float:
    """Return the lowest threshold above which healthy scores have at most one false alarm in 10,000 points."""
    allowed = int(RATE * sum(map(len, scores)))
    candidates = np.unique(np.concatenate(scores))
    low, high = 0, len(candidates) - 1
    while low < high:
        middle = (low + high) // 2
        enough = _false(scores, candidates[middle]) <= allowed
        low, high = (low, middle) if enough else (middle + 1, high)
    return float(candidates[low])


def _false(scores: list[Floats], threshold: float) -> int:
    return sum(false_alarms(np.flatnonzero(each > threshold)) for each in scores)


def by_channel(scorer: Scorer, x: Floats, period: int | None) -> Floats:
    """Return the highest score of the channels; a missing sample is the last one that was there."""
    channels = [filled(channel) for channel in np.atleast_2d(x.T)]
    return np.max([np.nan_to_num(scorer(channel, period)) for channel in channels], axis=0)


def _told(twins: Twins, alarms: NDArray[np.bool_]) -> Count:
    """Count the events that an alarm tells of. One that was on before an event tells nothing of it."""
    events = events_of(twins.labels)
    new = (alarms[first : last + LATE + 1].any() and not _on(alarms, first) for first, last in events)
    return Count(found=sum(map(bool, new)), events=len(events))


def _on(alarms: NDArray[np.bool_], first: int) -> bool:
    return bool(alarms[max(first - LATE, 0) : first].any())
