"""What happens to a run that is watched from outside: messages of its incidents, and rows that do not come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anet_lite.cli.live.event import Event, of_message
from anet_lite.cli.live.silence import Silence, now_text
from anet_lite.cli.live.sinks.messengers import Told
from anet_lite.stream.duration import seconds_of

if TYPE_CHECKING:
    from anet_lite.reader.follow import Watched


class RunEvents:
    """Tells what is new of a run, and says that it stalls.

    Args:
        stall: A duration such as ``10m`` without a row; "" never asks.
        told: Who is told.

    Raises:
        ImportError: The extra that is needed to tell them is not installed.
        ValueError: The duration or an address is none.

    """

    def __init__(self, stall: str = "", told: Told | None = None) -> None:
        told = told or Told()
        self._silence = Silence(seconds_of(stall, "--stall") if stall else 0.0, "row", told.lang)
        self._sinks = told.sinks()
        self._rows = 0

    def of(self, run: Watched) -> list[Event]:
        """Take a look at the run; return a stall that begins or is over."""
        events = self._silence.heard(set()) if run.rows != self._rows else self._silence.overdue()
        self._rows = run.rows
        self._tell([*(of_message(message, now_text()) for message in run.messages), *events])
        return events

    def close(self) -> int:
        """Tell all of it; return how many events were not confirmed as delivered."""
        return sum(sink.close() for sink in self._sinks)

    def _tell(self, events: list[Event]) -> None:
        for event in events:
            for sink in self._sinks:
                sink.take(event)
