"""Streams from which nothing comes any more."""

from __future__ import annotations

import time
from datetime import datetime

from anet_lite.cli.live.event import BACK, SILENT, Event
from anet_lite.stream.duration import duration_text

_TEXTS = {
    "en": {SILENT: "no {what} for {time}", BACK: "{what}s come again"},
    "ja": {SILENT: "{time}の間、{what}が来ていません", BACK: "{what}が再び来ました"},
}
_WHAT = {"en": {"sample": "sample", "row": "row"}, "ja": {"sample": "サンプル", "row": "行"}}


class Silence:
    """Notices that a stream, or all of the input, has been silent for a time, and that it is back.

    Args:
        after: Seconds without a sample after which a stream is silent; 0 never asks.
        what: What comes: a ``sample`` of a stream, a ``row`` of a run.
        lang: ``"en"`` or ``"ja"``.

    """

    def __init__(self, after: float, what: str = "sample", lang: str = "en") -> None:
        self.after: float = after
        self._texts = _TEXTS[lang]
        self._what = _WHAT[lang][what]
        self._heard: dict[str, float] = {"": time.monotonic()}
        self._silent: set[str] = set()

    def heard(self, names: set[str]) -> list[Event]:
        """Note that samples of some streams came; return those that are back."""
        now, back = time.monotonic(), (names | {""}) & self._silent
        self._heard.update(dict.fromkeys(names | {""}, now))
        self._silent -= back
        return [Event(BACK, name, now_text(), self._texts[BACK].format(what=self._what)) for name in sorted(back)]

    def overdue(self) -> list[Event]:
        """Return the streams that have become silent; where all input has, only that is said."""
        if not self.after:
            return []
        now = time.monotonic()
        late = {name for name, last in self._heard.items() if now - last >= self.after} - self._silent
        self._silent |= late
        told = [""] if "" in late else sorted(late)
        text = self._texts[SILENT].format(what=self._what, time=duration_text(self.after))
        return [Event(SILENT, name, now_text(), text) for name in told]


def now_text() -> str:
    """Return the clock's time, to the second, with its zone."""
    return datetime.now().astimezone().isoformat(" ", "seconds")
