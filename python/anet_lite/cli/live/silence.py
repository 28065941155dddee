"""Streams from which nothing comes any more."""

from __future__ import annotations

import time
from datetime import datetime

from anet_lite.cli.live.event import BACK, SILENT, Event
from anet_lite.stream.duration import duration_text


class Silence:
    """Notices that a stream, or all of the input, has been silent for a time, and that it is back.

    Args:
        after: Seconds without a sample after which a stream is silent; 0 never asks.
        what: What comes: a sample of a stream, a row of a run.

    """

    def __init__(self, after: float, what: str = "sample") -> None:
        self.after: float = after
        self._what = what
        self._heard: dict[str, float] = {"": time.monotonic()}
        self._silent: set[str] = set()

    def heard(self, names: set[str]) -> list[Event]:
        """Note that samples of some streams came; return those that are back."""
        now, back = time.monotonic(), (names | {""}) & self._silent
        self._heard.update(dict.fromkeys(names | {""}, now))
        self._silent -= back
        return [Event(BACK, name, now_text(), f"{self._what}s come again") for name in sorted(back)]

    def overdue(self) -> list[Event]:
        """Return the streams that have become silent; where all input has, only that is said."""
        if not self.after:
            return []
        now = time.monotonic()
        late = {name for name, last in self._heard.items() if now - last >= self.after} - self._silent
        self._silent |= late
        told = [""] if "" in late else sorted(late)
        text = f"no {self._what} for {duration_text(self.after)}"
        return [Event(SILENT, name, now_text(), text) for name in told]


def now_text() -> str:
    """Return the clock's time, to the second, with its zone."""
    return datetime.now().astimezone().isoformat(" ", "seconds")
