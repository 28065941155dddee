"""An alarm of a stream, as data and as a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from math import nan
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
    first: float
    """Its first value."""
    expected: float
    """What its first sample should have been; NaN where that is not known."""
    reason: str | None
    """The part of the score that says most about why it began, where that is not its shape; as ``Explanation.part``."""
    explanation: Explanation = field(repr=False)
    """What the detector says of it, at its beginning, and again when it is over."""
    moments: Moments = field(repr=False, compare=False)
    """When the samples before the newest one were."""
    held: bool = False
    """Whether it was held back: only the stream's own habits kept it from alarming."""
    together: tuple[str, ...] = ()
    """All streams, where it is about how they go together; ``name`` adds most to that."""

    def sentence(self, lang: str = "en") -> str:
        """Return what happened, in a sentence or two, in English or Japanese (``ja``).

        Raises:
            ValueError: The language is another one.

        """
        from anet_lite.diagnosis import explain

        row = "{row:,}行目" if lang == "ja" else "row {row:,}"
        time = partial(self.moments.text, row=row)
        quiet = None if self.held or self.together else self.quiet
        return explain(
            self.explanation, lang=lang, name=self.name, time=time, quiet=quiet, p_value=self.p_value,
            first=self.first, expected=self.expected, reason=self.reason, held=self.held, together=self.together,
        )  # fmt: skip

    def _of_event(self) -> dict[str, Any]:
        """Return what an event looks like; that of streams together is none of the stream's own."""
        if self.together:
            return {"direction": "none", "shape": "joint", "usual_low": nan, "usual_high": nan}
        found = self.explanation
        usual = {"usual_low": found.usual_low, "usual_high": found.usual_high}
        return {"direction": found.direction, "shape": found.shape, **usual}

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
            "held": self.held,
            "together": list(self.together),
            "expected": self.expected,
            **self._of_event(),
            "quiet_low": self.quiet[0],
            "quiet_high": self.quiet[1],
            "sentence": self.sentence(),
        }
