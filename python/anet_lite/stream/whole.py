"""Series that are known from their first sample to their last, such as those of a file or of a frame."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from anet_lite._native import AnetValueError
from anet_lite.stream.duration import duration_text
from anet_lite.stream.silent import fell_silent
from anet_lite.stream.stream import joined
from anet_lite.stream.together import judge_together

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Callable

    from numpy import float64, int64
    from numpy.typing import NDArray

    from anet_lite import StreamDetector
    from anet_lite.stream.alarm import StreamAlarm
    from anet_lite.stream.alarms import StreamAlarms
    from anet_lite.stream.band import Band
    from anet_lite.stream.stream import Scores
    from anet_lite.stream.young import Young


_ALIKE = 1.01
"""The ratio of two intervals up to which they count as the same."""


class Whole(NamedTuple):
    """A series."""

    name: str
    values: NDArray[float64]
    """NaN where one is missing."""
    times: NDArray[float64] | None
    """Seconds since 1970, in any order."""
    rows: NDArray[int64]
    """By which samples are named."""
    column: str | None = None
    """As ``StreamAlarms.push_many`` takes it."""


class Found(NamedTuple):
    """What a detector says of series."""

    scores: dict[str, Scores]
    """By series, its samples in order of time."""
    alarms: list[StreamAlarm]
    """Each alarm once, in the order in which they began."""
    remarks: dict[str, list[str]]
    """By series, what was left out, missing, irregular or sorted."""
    held_back: dict[str, int]
    """By series, how often it would have alarmed but for its own habits; those without are not listed."""
    young: dict[str, Young]
    """By series, how much is known, where it is too little."""
    blank: Callable[[str], StreamDetector] | None = None
    """Gives the detector that a series began with; None where one began with what was learned before."""

    @property
    def rang(self) -> list[StreamAlarm]:
        """The alarms that were not held back."""
        return [alarm for alarm in self.alarms if not alarm.held]

    def is_judged(self, name: str) -> bool:
        """Whether any sample of a series was judged."""
        return name not in self.young or self.young[name].is_judged

    def band(self, name: str, timed: bool) -> Band | None:
        """Return what was expected near the alarms of a series, at times or at rows; None where that is not known."""
        from anet_lite.stream.band import band_of

        alarms = [alarm for alarm in self.rang if alarm.name == name]
        return band_of(self.scores[name], alarms, self.blank(name), timed) if self.blank and alarms else None

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


def judge_whole(series: Iterable[Whole], watched: StreamAlarms, goes_on: bool = False, joint: bool = False) -> Found:
    """Score series, the samples of each in order of time, and give each alarm once.

    Where a stream ``goes_on``, more samples of it are to come later: an alarm that goes on with it has no end. Where
    ``joint``, all of them are judged together, too, which takes about as long again.

    Raises:
        ValueError: They cannot be judged together, or a setting needs times that are not there.

    """
    import numpy as np

    blank = None if watched.streams else watched.blank
    scores, alarms, remarks = dict[str, "Scores"](), list["StreamAlarm"](), dict[str, list[str]]()
    for each in series:
        name, values, times, rows, column = each
        if times is not None and (np.diff(times) < 0).any():
            remarks[name] = [f"rows were not in order of time, and were sorted ({_first_back(times)})"]
            order = np.argsort(times, kind="stable")  # NaN comes last, and is left out
            values, times, rows = values[order], times[order], rows[order]
        scores[name] = watched.push_many(values, times, name=name, rows=rows, column=column)
        alarms += scores[name].alarms
    for name, last in ({} if goes_on else watched.rest()).items():
        scores[name] = joined([scores[name], last]) if name in scores else last
        alarms += last.alarms
    alarms = [alarm for alarm in alarms if alarm.end is not None] + (watched.open if goes_on else watched.finish())
    intervals = {name: stream.grid.interval for name, stream in watched.streams.items()}
    if joint:
        alarms += judge_together(scores, watched.rule, _common(intervals))
    for name, text in fell_silent(scores, intervals, watched.rule.zone).items():
        remarks.setdefault(name, []).append(text)
    for name, texts in watched.remarks().items():
        remarks.setdefault(name, []).extend(texts)
    return Found(scores, sorted(alarms, key=_began), remarks, watched.held_back, watched.young, blank)


def _common(intervals: Mapping[str, float | None]) -> float | None:
    """Return the time between two samples that all series have.

    Raises:
        ValueError: They have others.

    """
    known = {round(interval, 3) for interval in intervals.values() if interval}
    if len(known) > 1 and max(known) > _ALIKE * min(known):
        texts = " and ".join(map(duration_text, (min(known), max(known))))
        raise AnetValueError(f"joint needs samples at equal times, got one every {texts}: resample them")
    return min(known, default=None)


def _first_back(times: NDArray[float64]) -> str:
    import numpy as np

    back = np.diff(times) < 0
    if back.mean() > 0.9:
        return "the newest stood first"
    return f"{int(back.sum()):,} times a row was earlier than the one before, first in row {int(np.argmax(back)) + 1:,}"


def _began(alarm: StreamAlarm) -> tuple[float, int]:
    return alarm.start if alarm.start_time is None else alarm.start_time, alarm.start
