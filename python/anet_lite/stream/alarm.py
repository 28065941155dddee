"""An alarm of a stream, as data and as a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from anet_lite.stream.clock_text import time_text

if TYPE_CHECKING:
    from anet_lite import Explanation
    from anet_lite.stream.moments import Moments


@dataclass(frozen=True)
class StreamAlarm:
    """An episode of a stream: it begins, and later the same episode is over."""

    name: str
    """The stream; "" where there is only one without a name."""
    start: int
    """The row of the first alarming sample, counted from 0."""
    peak: int
    """The row of the sample with the smallest p-value so far."""
    end: int | None
    """The row of the last alarming sample; None while the episode goes on."""
    start_time: float | None
    """Seconds since 1970 in UTC; None where rows have no times. So are the next two."""
    peak_time: float | None
    end_time: float | None
    value: float
    """The most unusual value, as far as the explanation knows it."""
    value_row: int
    """Its row."""
    value_time: float | None
    """Its time."""
    score: float
    """The score at the peak."""
    p_value: float
    """The p-value at the peak."""
    quiet: tuple[float, float]
    """Values that would not have alarmed where the episode began: the lowest and the highest; NaN where none."""
    explanation: Explanation = field(repr=False)
    """What the detector says of it, at its beginning, and again when it is over."""
    moments: Moments = field(repr=False, compare=False)
    """When the samples before the newest one were."""

    def sentence(self, lang: str = "en") -> str:
        """Return what happened, in a sentence or two, in English or Japanese (``ja``).

        Raises:
            ValueError: The language is another one.

        """
        from anet_lite.diagnosis import explain

        row = "{row:,}行目" if lang == "ja" else "row {row:,}"
        time = partial(self.moments.text, row=row)
        return explain(self.explanation, lang=lang, name=self.name, time=time, quiet=self.quiet, p_value=self.p_value)

    def when(self, over: bool = False) -> str:
        """Return the time of its first sample, or of its last; its row where rows have no times."""
        row, seconds = (self.end, self.end_time) if over else (self.start, self.start_time)
        return f"row {row:,}" if seconds is None else time_text(seconds, self.moments.zone)

    def to_dict(self) -> dict[str, Any]:
        """Return the alarm as plain types, with times as texts and its sentence."""
        times = {
            name: None if seconds is None else time_text(seconds, self.moments.zone)
            for name, seconds in (
                ("start_time", self.start_time),
                ("peak_time", self.peak_time),
                ("end_time", self.end_time),
                ("value_time", self.value_time),
            )
        }
        found = self.explanation
        return {
            "name": self.name,
            "start": self.start,
            "peak": self.peak,
            "end": self.end,
            **times,
            "value": self.value,
            "value_row": self.value_row,
            "score": self.score,
            "p_value": self.p_value,
            "direction": found.direction,
            "shape": found.shape,
            "usual_low": found.usual_low,
            "usual_high": found.usual_high,
            "quiet_low": self.quiet[0],
            "quiet_high": self.quiet[1],
            "sentence": self.sentence(),
        }
