"""One or many named streams, watched together."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, SupportsFloat

from anet_lite._internal.one_line import one_line
from anet_lite._native import AnetValueError
from anet_lite.stream.numbers import is_missing, numbers_of, rows_of, seconds_of_times
from anet_lite.stream.rule import Rule
from anet_lite.stream.strangest import Strangest
from anet_lite.stream.stream import Stream

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy import datetime64
    from numpy.typing import ArrayLike
    from typing_extensions import Self

    from anet_lite import StreamDetector
    from anet_lite.stream.alarm import StreamAlarm
    from anet_lite.stream.span import Span
    from anet_lite.stream.stream import Scores
    from anet_lite.stream.young import Young

MOST_STREAMS = 65_536
"""A column that tells streams apart has fewer values than this; one with more is no such column."""


class StreamAlarms:
    """Takes samples of one or many named streams, and gives an alarm when it begins and again when it is over.

    Each stream has a :class:`StreamDetector` and :class:`Episodes` of its own; an alarm has an explanation, and the
    values that would not have alarmed. Rows with times are put on a grid: the usual distance is learned, rows that are
    missing are missing samples, and rows that are doubled or late are left out and counted (``remarks``). NaN and None
    are missing samples.

    Args:
        threshold: The largest p-value that alarms, 0 to 1; ``anet_lite.stream.threshold_of("1/day", interval=60)``
            makes it of a budget.
        merge: Alarming samples fewer than this apart are one alarm; at least 2.
        tokens: As for :class:`StreamDetector`.
        interval: Seconds between two samples of a stream; learned where it is None. 0 takes rows one after another.
        resample: Put rows together by time: ``"5m"`` for means of five minutes, ``"1h:max"`` for maxima of an hour;
            also sum, min, last, count.
        strangest: How many of the strangest samples to keep while nothing rings.
        zone: Seconds by which the clock of texts is ahead of UTC; None where it is not known.
        season: The period, where it is known, or several: samples, or times such as ``"1d"``, which need the time
            between two samples.
        warmup: Samples of a stream, or a time, that are learned and not judged; at least 64 samples.
        difference: Whether differences between samples are judged: of all streams, or of those of these columns.
        counter: Whether growth is judged, of counts that only grow: of all streams, or of those of these columns.
        small: Little memory a stream, for fleets.
        held: Whether what the stream's own habits hold back is told, too, as an alarm with ``held``.

    Raises:
        TypeError: An argument is of the wrong type.
        ValueError: An argument is out of its range.

    Example:
        >>> from math import sin
        >>> from anet_lite import StreamAlarms
        >>> watched = StreamAlarms()
        >>> values = [sin(t / 8) for t in range(1000)]
        >>> values[900:905] = [3.0] * 5
        >>> begins, over = watched.push_many(values, name="cpu").alarms
        >>> begins.start, begins.end, begins.value, over.end >= 904
        (900, None, 3.0, True)

    """

    def __init__(
        self,
        *,
        threshold: float = 1e-4,
        merge: int = 50,
        tokens: bool = True,
        interval: float | None = None,
        resample: str = "",
        strangest: int = 0,
        zone: float | None = None,
        season: Span | Iterable[Span] | None = None,
        warmup: Span = 64,
        difference: bool | str | Iterable[str] = False,
        counter: bool | str | Iterable[str] = False,
        small: bool = False,
        held: bool = False,
    ) -> None:
        if interval is not None and not 0 <= interval < math.inf:
            raise AnetValueError(f"interval must be seconds, 0 or more, got {interval!r}")
        self.rule: Rule = Rule.of(
            season, warmup, difference, counter, threshold=threshold, merge=merge, tokens=tokens, zone=zone,
            small=small, held=held,
        )  # fmt: skip
        self.interval: float | None = interval
        self.resample: str = resample
        self.streams: dict[str, Stream] = {}
        self._strangest, self._rang = Strangest(strangest, merge), False
        self._made("", "")  # refuses bad settings here

    @property
    def names(self) -> list[str]:
        """The streams seen so far."""
        return list(self.streams)

    @property
    def open(self) -> list[StreamAlarm]:
        """The alarms that go on."""
        return [stream.series.open for stream in self.streams.values() if stream.series.open is not None]

    @property
    def strangest(self) -> list[StreamAlarm]:
        """The strangest samples, the strangest first; none once there was an alarm."""
        return [] if self._rang else self._strangest.found

    @property
    def samples(self) -> int:
        """Samples taken of all streams, missing ones included."""
        return sum(stream.series.samples for stream in self.streams.values())

    @property
    def held_back(self) -> dict[str, int]:
        """How often each stream would have alarmed but for its own habits; streams without are not listed."""
        counts = {name: stream.series.held_back.count for name, stream in self.streams.items()}
        return {name: count for name, count in counts.items() if count}

    @property
    def young(self) -> dict[str, Young]:
        """The streams of which too little is known for all of it to be judged, or to be judged sharply."""
        young = {name: stream.series.young for name, stream in self.streams.items()}
        return {name: each for name, each in young.items() if each.sentence("")}

    def push(
        self, value: SupportsFloat | None, time: float | datetime64 | None = None, name: str = ""
    ) -> list[StreamAlarm]:
        """Take a sample of a stream; return the alarm that begins with it or is over by it, if any.

        Args:
            value: The sample; None or NaN where it is missing.
            time: Seconds since 1970, or a ``datetime64``, where samples have times.
            name: The stream; it begins with its first sample.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: There are more than 65,536 streams, or the stream had samples with a time and now has not, or
                the other way round. Nothing is learned then.

        """
        import numpy as np

        sample: Any = math.nan if is_missing(value) else value
        return self.push_many([sample], None if time is None else np.array([time]), name=name).alarms

    def push_many(
        self,
        values: ArrayLike,
        times: ArrayLike | None = None,
        *,
        name: str = "",
        rows: ArrayLike | None = None,
        column: str | None = None,
    ) -> Scores:
        """Take samples of a stream, one after another.

        Args:
            values: n samples, NaN or None where one is missing.
            times: n times as seconds since 1970 or as ``datetime64``, where samples have times.
            name: The stream.
            rows: n numbers by which alarms name the samples; by default they are counted from 0.
            column: What ``difference`` and ``counter`` know the stream by, from its first samples on; its name, unless
                another is given.

        Raises:
            TypeError: An argument is of the wrong type.
            ValueError: The lengths differ, or as for ``push``. Nothing is learned then.

        """
        numbers, seconds = numbers_of(values), None if times is None else seconds_of_times(times)
        if seconds is not None and seconds.shape != numbers.shape:
            raise AnetValueError(f"times must be as many as values, got {seconds.size} and {numbers.size}")
        stream = self.streams.get(name) or self._made(name, name if column is None else column)
        found = stream.push(numbers, seconds, rows_of(rows, stream.rows, len(numbers)))
        self.streams[name] = stream  # a new one only once its first samples were taken
        self._rang |= any(not alarm.held for alarm in found.alarms)
        return found

    def finish(self) -> list[StreamAlarm]:
        """End what goes on, as at the end of all streams, and return the alarms that are over by that."""
        last = [alarm for scores in self.rest().values() for alarm in scores.alarms]
        return [*last, *(alarm for stream in self.streams.values() for alarm in stream.series.finish())]

    def rest(self) -> dict[str, Scores]:
        """End the bins that fill, and return what is said of them by stream."""
        found = {name: stream.rest() for name, stream in self.streams.items()}
        return {name: scores for name, scores in found.items() if scores is not None}

    def remarks(self) -> dict[str, list[str]]:
        """Return by stream what was left out, missing or irregular; streams without remarks are not listed."""
        told = {name: stream.grid.remarks() for name, stream in self.streams.items()}
        return {name: texts for name, texts in told.items() if texts}

    def stream(self, name: str, column: str) -> Stream:
        """Return a stream by its name; one that is not there begins.

        Raises:
            ValueError: There are 65,536 streams already.

        """
        if name not in self.streams:
            self.streams[name] = self._made(name, column)
        return self.streams[name]

    def blank(self, name: str) -> StreamDetector:
        """Return a detector as a stream began with: one that has seen nothing."""
        return self.streams[name].series.blank()

    def to_bytes(self) -> bytes:
        """Return the whole state, settings included; what is strangest is left out."""
        from anet_lite.stream.saved import to_bytes

        return to_bytes(self)

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Restore what ``to_bytes`` gave: it goes on as if it had not been away.

        Raises:
            TypeError: ``data`` is not bytes.
            ValueError: ``data`` is damaged, of another version, or the state of something else.

        """
        from anet_lite.stream.saved import from_bytes

        return from_bytes(cls, data)

    def _made(self, name: str, column: str) -> Stream:
        if len(self.streams) >= MOST_STREAMS:
            raise AnetValueError(f"there are {MOST_STREAMS:,} streams already; {one_line(name)!r} would be one more")
        return Stream(name, self.rule, self.interval, self.resample, self._strangest, column)
