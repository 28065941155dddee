"""One stream: its samples scored, its alarms explained where they begin and where they are over."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from functools import partial
from math import isnan
from typing import TYPE_CHECKING, NamedTuple

from anet_lite._native import Episodes
from anet_lite.stream.alarm import StreamAlarm
from anet_lite.stream.held_back import HeldBack
from anet_lite.stream.moments import Moments
from anet_lite.stream.strangest import Moment
from anet_lite.stream.young import Young

if TYPE_CHECKING:
    from numpy import bool_, float64, int64
    from numpy.typing import NDArray

    from anet_lite import Detections, Episode, StreamDetector
    from anet_lite.stream.rule import Rule
    from anet_lite.stream.samples import Samples
    from anet_lite.stream.strangest import Strangest

_KEPT = 1024
"""Samples at most that are pushed again to come to the state before an alarm."""
_ODD = 0.5
"""The largest p-value of a moment that is worth a look."""
_TRIED = 64
"""Samples of a piece that may be among the strangest."""
_REMEMBERED = 2048
"""Samples whose times are known for sentences."""


class Before(NamedTuple):
    """A state of a detector, as an earlier one and what came after it: cheap to keep, and to come to when needed."""

    earlier: StreamDetector
    since: tuple[NDArray[float64], ...]

    def state(self) -> StreamDetector:
        """Return a detector in that state, of its own."""
        import numpy as np

        state = copy(self.earlier)
        state.push_many(np.concatenate(self.since), parts=False)
        return state


class Judged(NamedTuple):
    """What is said of samples."""

    score: NDArray[float64]
    p_value: NDArray[float64]
    held: NDArray[bool_]
    alarms: list[StreamAlarm]


class Series:
    """A stream of its own. ``column`` is what ``Rule`` knows it by."""

    def __init__(self, name: str, rule: Rule, strangest: Strangest, column: str) -> None:
        self.name: str = name
        self.column: str = column
        self.samples: int = 0
        self.known: int = 0
        """Samples that were not missing."""
        self.open: StreamAlarm | None = None
        """The alarm that goes on."""
        self.started: int = 0
        """The sample with which the newest alarm began."""
        self.last: tuple[int, float | None] = (0, None)
        """Row and time of the newest alarming sample."""
        self.interval: float | None = None
        self.detector: StreamDetector = rule.blank(column, None)
        self.episodes: Episodes = Episodes(rule.threshold, rule.merge)
        self.held_back: HeldBack = HeldBack(rule.merge)
        self._rule, self._strangest = rule, strangest
        self.is_settled: bool = not rule.is_timed
        """Whether what is given as a time is known in samples."""
        self._earlier, self._since = copy(self.detector), list["NDArray[float64]"]()
        self._times: NDArray[float64] | None = None
        self._rows: NDArray[int64] | None = None

    def push(self, samples: Samples) -> Judged:
        """Score samples by what came before them; return alarms that begin with one of them, or are over by one."""
        import numpy as np

        pieces = [self._piece(samples.part(at, at + _KEPT)) for at in range(0, max(len(samples.values), 1), _KEPT)]
        return Judged(
            np.concatenate([piece.score for piece in pieces]),
            np.concatenate([piece.p_value for piece in pieces]),
            np.concatenate([piece.held for piece in pieces]),
            [alarm for piece in pieces for alarm in piece.alarms],
        )

    def settle(self, interval: float) -> None:
        """Take the time between two samples, once it is known: what was seen so far is learned anew with it.

        It is known within the first samples, of which nothing is said yet.
        """
        if not self.is_settled:
            self.interval, self.is_settled = interval, True
            seen, self.detector = Before(self.blank(), tuple(self._since)), self.blank()
            self._earlier = self.blank()
            self.detector = seen.state() if self._since else self.detector

    def blank(self) -> StreamDetector:
        """Return the detector that it began with."""
        return self._rule.blank(self.column, self.interval)

    @property
    def young(self) -> Young:
        """How much is known of it."""
        needed = self._rule.needed(self.interval) + 1 + self._rule.is_of_changes(self.column)
        return Young(self.known, needed)

    def finish(self) -> list[StreamAlarm]:
        """End the alarm that goes on, as at the end of a stream."""
        episode = self.episodes.finish()
        return [] if episode is None else [self._over(episode, self.detector, self.samples - 1, 0)]

    def resume(self, detector: StreamDetector, episodes: Episodes) -> None:
        """Go on with a detector and episodes that were saved."""
        self.detector, self.episodes, self.is_settled = detector, episodes, True
        self._earlier, self._since = copy(detector), []

    def moments(self, unseen: int = 0) -> Moments:
        """Return when the newest samples were, but for the last ones."""
        import numpy as np

        times, rows = self._times, np.zeros(1, np.int64) if self._rows is None else self._rows
        seen = len(rows) - unseen
        return Moments(None if times is None else times[:seen], rows[:seen], self.interval, self._rule.zone)

    def _piece(self, samples: Samples) -> Judged:
        import numpy as np

        self._remember(samples)
        found = self.detector.push_many(samples.values, parts=False)
        rings, alarms = self._rings(found), list[StreamAlarm]()
        if self.open is None and not rings.any():
            self.episodes.push_many(found.p_value)
            self._note_strangest(samples, found)
        else:
            said = zip(found.score.tolist(), found.p_value.tolist(), rings.tolist())
            alarms = [alarm for at, each in enumerate(said) for alarm in self._sample(samples, at, *each)]
        self.samples += len(samples.values)
        self.known += int(np.isfinite(samples.values).sum())
        return Judged(found.score, found.p_value, found.held, alarms)

    def _rings(self, found: Detections) -> NDArray[bool_]:
        """Return which samples are told, those that are held back among them where that is asked for."""
        alarms = found.p_value <= self._rule.threshold
        held = found.held & ~alarms
        self.held_back.push(self.samples, held, alarms)
        return alarms | held if self._rule.held else alarms

    def _sample(self, samples: Samples, at: int, score: float, p_value: float, rings: bool) -> list[StreamAlarm]:
        threshold = self._rule.threshold
        episode = self.episodes.push(min(p_value, threshold) if rings else p_value)
        begins, told = episode is not None and episode.end is None, list[StreamAlarm]()
        if begins:
            self.open, self.started = self._described(samples, at, score, p_value), self.samples + at
        if self.open is not None and rings:
            self.last = int(samples.rows[at]), samples.time(at)
            if p_value < self.open.p_value:
                peak, time = int(samples.rows[at]), samples.time(at)
                self.open = replace(self.open, peak=peak, peak_time=time, score=score, p_value=p_value)
            if begins or (self.open.held and p_value <= threshold):  # what was held back alarms after all
                self.open = replace(self.open, held=p_value > threshold)
                told = [self.open]
        if begins or told:
            return told
        unseen = len(samples.values) - 1 - at
        return [] if episode is None else [self._over(episode, self._before(at + 1).state(), self.samples + at, unseen)]

    def _described(self, samples: Samples, at: int, score: float, p_value: float) -> StreamAlarm:
        """Return a sample of the newest piece as the beginning of an alarm."""
        return self._explained(
            self._before(at), samples, at, score, p_value, self.moments(len(samples.values) - 1 - at)
        )

    def _explained(
        self, before: Before, samples: Samples, at: int, score: float, p_value: float, moments: Moments
    ) -> StreamAlarm:
        from anet_lite.diagnosis.stream.reason import reason_of

        state = before.state()
        quiet = state.quiet_range(self._rule.threshold)
        seen = state.push(samples.values[at])
        row, time = int(samples.rows[at]), samples.time(at)
        value = float(samples.values[at]), row, time
        explanation = state.explain(since=0)
        judged = score, p_value, quiet, value[0], seen.expected, reason_of(explanation)
        return StreamAlarm(self.name, row, row, None, time, time, None, *value, *judged, explanation, moments)

    def _over(self, episode: Episode, after: StreamDetector, newest: int, unseen: int) -> StreamAlarm:
        """Return the alarm that goes on as one that is over, explained by all samples up to the newest."""
        if self.open is None or episode.end is None:
            raise AssertionError("an episode is over that never began")
        since = newest - self.started
        explanation = after.explain(since=since, until=since - (episode.end - episode.start))
        (row, time), moments = self.last, self.moments(unseen)
        over = replace(self.open, end=row, end_time=time, explanation=explanation, moments=moments)
        self.open = None
        age = explanation.value_age
        if age is None or isnan(explanation.value):
            return over
        return replace(over, value=explanation.value, value_row=moments.row(age), value_time=moments.at(age))

    def _note_strangest(self, samples: Samples, found: Detections) -> None:
        import numpy as np

        known = np.flatnonzero(found.p_value <= _ODD)  # not NaN, and not the 1 of the first samples
        ranks = np.lexsort((-found.score[known], found.p_value[known]))
        for at in known[ranks[:_TRIED]].tolist():
            score, p_value = float(found.score[at]), float(found.p_value[at])
            if not self._strangest.wants(p_value, score):
                return
            moments = self.moments(len(samples.values) - 1 - at)
            explained = partial(self._explained, self._before(at), samples, at, score, p_value, moments)
            self._strangest.put(Moment(p_value, -score, self.name, self.samples + at, explained))

    def _remember(self, samples: Samples) -> None:
        """Keep what leads to the state before any of these samples, and when the newest ones were."""
        import numpy as np

        if sum(map(len, self._since)) + len(samples.values) > _KEPT:
            self._earlier, self._since = copy(self.detector), []
        self._since.append(samples.values)
        kept = -_REMEMBERED - _KEPT
        self._rows = samples.rows if self._rows is None else np.concatenate([self._rows, samples.rows])[kept:]
        if samples.times is not None:
            before = self._times if self._times is not None else np.empty(0)
            self._times = np.concatenate([before, samples.times])[kept:]

    def _before(self, at: int) -> Before:
        """Return what leads to the state before a sample of the newest piece."""
        return Before(self._earlier, (*self._since[:-1], self._since[-1][:at]))
