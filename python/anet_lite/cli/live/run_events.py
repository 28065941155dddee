"""What happens to a run that is watched from outside: messages of its incidents, and rows that do not come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anet_lite.cli.live.event import BEGINS, Event
from anet_lite.cli.live.silence import Silence, now_text
from anet_lite.cli.live.sinks.webhook import WebhookSink
from anet_lite.stream.duration import seconds_of

if TYPE_CHECKING:
    from anet_lite.reader.follow import Watched


class RunEvents:
    """Posts what is new of a run, and says that it stalls.

    Args:
        stall: A duration such as ``10m`` without a row; "" never asks.
        webhook: An address; "" posts nothing.

    Raises:
        ValueError: One of them is none.

    """

    def __init__(self, stall: str = "", webhook: str = "") -> None:
        self._silence = Silence(seconds_of(stall, "--stall") if stall else 0.0, "row")
        self._sink = WebhookSink(webhook) if webhook else None
        self._rows = 0

    def of(self, run: Watched) -> list[Event]:
        """Take a look at the run; return a stall that begins or is over."""
        events = self._silence.heard(set()) if run.rows != self._rows else self._silence.overdue()
        self._rows = run.rows
        for event in (*(Event(BEGINS, "", now_text(), line) for line in run.news), *events):
            if self._sink is not None:
                self._sink.take(event)
        return events
