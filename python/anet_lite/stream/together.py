"""How series go together: what each does may be usual, and all at once not."""

from __future__ import annotations

from math import nan
from typing import TYPE_CHECKING, NamedTuple

from anet_lite._native import AnetValueError, Episodes
from anet_lite.stream.alarm import StreamAlarm
from anet_lite.stream.moments import Moments

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy import bool_, float64, int64
    from numpy.typing import NDArray

    from anet_lite import Episode, Explanation
    from anet_lite.stream.rule import Rule
    from anet_lite.stream.stream import Scores

_MOST = 64
"""Channels that a detector judges together."""


class Beside(NamedTuple):
    """The samples of all series, those of one time in a row."""

    places: NDArray[float64]
    """Times, or numbers of rows where there are none."""
    values: NDArray[float64]
    """A row a time and a column a series; NaN where one is missing."""
    at: NDArray[int64]
    """Which sample of its series each is; -1 where one is missing."""


def judge_together(scores: Mapping[str, Scores], rule: Rule, interval: float | None) -> list[StreamAlarm]:
    """Return the alarms of all series together, each under the name of the one that adds most to it.

    The series become the channels of one detector. Samples of one time stand beside each other; where there are no
    times, the n-th of each. While a series alarms by itself, that is told and not this.

    Raises:
        ValueError: There are less than 2 series or more than 64, or some are judged by their changes and others not.

    """
    import numpy as np

    if not 2 <= len(scores) <= _MOST:
        raise AnetValueError(f"joint judges 2 to {_MOST} streams together, got {len(scores)}: choose columns")
    if not isinstance(rule.difference, bool) or not isinstance(rule.counter, bool):
        raise AnetValueError("joint needs difference and counter of all streams or of none")
    beside, options = _beside(scores, interval), {"channels": list(scores), "joint": True}
    found = rule.blank("", interval, **options).push_many(beside.values, parts=False)
    p_values = np.where(found.joint, found.p_value, 1.0)
    episodes, alarms = Episodes(rule.threshold, rule.merge), list[StreamAlarm]()
    loud = _alarming(scores, beside, rule.threshold)
    detector, seen = rule.blank("", interval, **options), 0
    for episode in [*episodes.push_many(p_values), *filter(None, [episodes.finish()])]:
        if episode.end is not None and not loud[episode.start : episode.end + 1].any():
            detector.push_many(beside.values[seen : episode.end + 1], parts=False)
            seen = episode.end + 1
            explanation = detector.explain(since=episode.end - episode.start)
            score, strongest = float(found.score[episode.peak]), found.channel[episode.start : episode.end + 1]
            channel = int(np.bincount(strongest[found.joint[episode.start : episode.end + 1]]).argmax())
            alarms.append(_alarm(scores, beside, episode, (score, channel), explanation, rule.zone))
    return alarms


def _alarming(scores: Mapping[str, Scores], beside: Beside, threshold: float) -> NDArray[bool_]:
    """Return at which times a series alarms by itself."""
    import numpy as np

    loud = np.zeros(len(beside.places), bool)
    for own, each in zip(beside.at.T, scores.values()):
        loud |= (own >= 0) & (each.p_value <= threshold)[own]
    return loud


def _alarm(
    scores: Mapping[str, Scores],
    beside: Beside,
    episode: Episode,
    strongest: tuple[float, int],
    found: Explanation,
    zone: float | None,
) -> StreamAlarm:
    """Return the alarm, with its score, under the name of the series that adds most to it in most of its samples."""
    score, channel = strongest
    name, own = list(scores)[channel], beside.at[:, channel]
    samples, end = scores[name].samples, episode.end or 0
    start, peak, last = (int(own[at]) for at in (episode.start, episode.peak, end))
    rows = samples.rows
    until = None if samples.times is None else samples.times[: last + 1]
    return StreamAlarm(
        name=name, start=int(rows[start]), peak=int(rows[peak]), end=int(rows[last]), start_time=samples.time(start),
        peak_time=samples.time(peak), end_time=samples.time(last), value=float(samples.values[peak]),
        value_row=int(rows[peak]), value_time=samples.time(peak), score=score, p_value=episode.p_value,
        quiet=(nan, nan), first=nan, expected=nan, reason=None, explanation=found,
        moments=Moments(until, rows[: last + 1], None, zone), together=tuple(scores),
    )  # fmt: skip


def _beside(scores: Mapping[str, Scores], interval: float | None) -> Beside:
    import numpy as np

    timed = all(each.samples.times is not None for each in scores.values())
    clocks = [_clock(each, timed, interval) for each in scores.values()]
    all_places = np.unique(np.concatenate(clocks))
    at = np.full((len(all_places), len(clocks)), -1, dtype=np.int64)
    values = np.full(at.shape, np.nan)
    for channel, (each, clock) in enumerate(zip(scores.values(), clocks)):
        rows = np.searchsorted(all_places, clock)
        at[rows, channel] = np.arange(len(clock))
        values[rows, channel] = each.samples.values
    return Beside(all_places * (interval or 1.0) if timed else all_places, values, at)


def _clock(scores: Scores, timed: bool, interval: float | None) -> NDArray[float64]:
    """Return when samples were: in intervals since 1970, in seconds where those differ, else by their order."""
    import numpy as np

    times = scores.samples.times
    if not timed or times is None:
        return np.arange(len(scores.samples.values), dtype=float)
    return np.round(times / interval) if interval else times
