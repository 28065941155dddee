"""What is said of streams of numbers."""

from __future__ import annotations

from typing_extensions import NotRequired, TypedDict

from anet_lite.documents.strict import Number, strict


@strict
class StreamAlarmDocument(TypedDict):
    """An episode of a stream. Rows are counted from 0, times are ISO 8601 and null where rows have none."""

    name: str
    """The stream; an empty text where there is only one without a name."""
    start: int
    peak: int
    """The row with the smallest p-value."""
    end: int | None
    """The row of the last alarming sample; null while the episode goes on."""
    start_time: str | None
    peak_time: str | None
    end_time: str | None
    value_time: str | None
    value: Number
    """The most unusual value."""
    value_row: int
    score: Number
    p_value: Number
    """About how often a healthy stream shows a sample like this."""
    held: bool
    """Whether only the stream's own habits kept it from alarming."""
    together: list[str]
    """All streams, where it is about how they go together."""
    expected: Number
    """What its first sample should have been; NaN where that is not known."""
    direction: str
    shape: str
    usual_low: Number
    usual_high: Number
    quiet_low: Number
    """The lowest value that would not have alarmed; NaN where there is none. So the highest."""
    quiet_high: Number
    sentence: str
    """What happened, in words."""


@strict
class DetectDocument(TypedDict):
    """What ``anet-lite detect --json`` prints of a file that is over."""

    file: str
    form: str
    """How the file was read, and what was taken for what."""
    summary: str
    """How many alarms there were in what was judged."""
    alarm_count: int
    """Alarms that were not held back."""
    alarms: list[StreamAlarmDocument]
    """In the order in which they began."""
    strangest: list[StreamAlarmDocument]
    """The strangest moments, where nothing alarmed."""
    not_judged: list[str]
    """Streams of which too little is known."""
    remarks: list[str]
    """What was left out, missing or irregular."""


@strict
class StreamEventDocument(TypedDict):
    """A line of ``anet-lite detect --json`` of a stream that comes; that of an alarm has all of the alarm."""

    event: str
    """begins, over or held: an alarm; silent or back: a stream."""
    name: str
    time: str
    """The time in the data, else the row, or the clock where nothing came."""
    text: str
    """What happened, in words."""
    start: NotRequired[int]
    peak: NotRequired[int]
    end: NotRequired[int | None]
    start_time: NotRequired[str | None]
    peak_time: NotRequired[str | None]
    end_time: NotRequired[str | None]
    value_time: NotRequired[str | None]
    value: NotRequired[Number]
    value_row: NotRequired[int]
    score: NotRequired[Number]
    p_value: NotRequired[Number]
    held: NotRequired[bool]
    together: NotRequired[list[str]]
    expected: NotRequired[Number]
    direction: NotRequired[str]
    shape: NotRequired[str]
    usual_low: NotRequired[Number]
    usual_high: NotRequired[Number]
    quiet_low: NotRequired[Number]
    quiet_high: NotRequired[Number]
    sentence: NotRequired[str]
