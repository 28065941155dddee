"""Series that are known from their first sample to their last, such as those of a file or of a frame."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from anet_lite.stream.stream import joined

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy import float64, int64
    from numpy.typing import NDArray

    from anet_lite.stream.alarm import StreamAlarm
    from anet_lite.stream.alarms import StreamAlarms
    from anet_lite.stream.stream import Scores


class Whole(NamedTuple):
    """A series."""

    name: str
    values: NDArray[float64]
    """NaN where one is missing."""
    times: NDArray[float64] | None
    """Seconds since 1970, in any order."""
    rows: NDArray[int64]
    """By which samples are named."""


class Found(NamedTuple):
    """What a detector says of series."""

    scores: dict[str, Scores]
    """By series, its samples in order of time."""
    alarms: list[StreamAlarm]
    """Each alarm once, in the order in which they began."""
    remarks: dict[str, list[str]]
    """By series, what was left out, missing, irregular or sorted."""

    def told(self) -> list[str]:
        """Return the remarks as sentences, each with its series."""
        return [of_series(name, text) for name, texts in self.remarks.items() for text in texts]

    def names(self) -> list[str]:
        """Return the series, those with the most alarms first."""
        rang = Counter(alarm.name for alarm in self.alarms)
        return sorted(self.scores, key=lambda name: -rang[name])


def of_series(name: str, text: str) -> str:
    """Return a sentence about a series, with its name where it has one."""
    return f"{name}: {text}" if name else text


def judge_whole(series: Iterable[Whole], watched: StreamAlarms, goes_on: bool = False) -> Found:
    """Score series, the samples of each in order of time, and give each alarm once.

    Where a stream ``goes_on``, more samples of it are to come later: an alarm that goes on with it has no end.
    """
    import numpy as np

    scores, alarms, remarks = dict[str, "Scores"](), list["StreamAlarm"](), dict[str, list[str]]()
    for each in series:
        name, values, times, rows = each
        if times is not None and (np.diff(times) < 0).any():
            remarks[name] = [f"rows were not in order of time, and were sorted ({_first_back(times)})"]
            order = np.argsort(times, kind="stable")  # NaN comes last, and is left out
            values, times, rows = values[order], times[order], rows[order]
        scores[name] = watched.push_many(values, times, name=name, rows=rows)
        alarms += scores[name].alarms
    for name, last in ({} if goes_on else watched.rest()).items():
        scores[name] = joined([scores[name], last]) if name in scores else last
        alarms += last.alarms
    alarms = [alarm for alarm in alarms if alarm.end is not None] + (watched.open if goes_on else watched.finish())
    for name, texts in watched.remarks().items():
        remarks.setdefault(name, []).extend(texts)
    return Found(scores, sorted(alarms, key=_began), remarks)


def _first_back(times: NDArray[float64]) -> str:
    import numpy as np

    back = np.diff(times) < 0
    if back.mean() > 0.9:
        return "the newest stood first"
    return f"{int(back.sum()):,} times a row was earlier than the one before, first in row {int(np.argmax(back)) + 1:,}"


def _began(alarm: StreamAlarm) -> tuple[float, int]:
    return alarm.start if alarm.start_time is None else alarm.start_time, alarm.start
