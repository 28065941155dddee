"""What sinks have in common that are slower than a stream: events delivered in a thread, one after another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anet_lite.tracker.background import Background

if TYPE_CHECKING:
    from collections.abc import Mapping

    from anet_lite.cli.live.event import Event
    from anet_lite.stream import Scores


class BackgroundSink:
    """Delivers events in a thread; a sink gives ``_deliver``.

    Args:
        longest: Seconds that ``close`` waits at most.

    """

    def __init__(self, longest: float) -> None:
        self._longest = longest
        self._background = Background(self._deliver_all, batch=1, pause=0.0)

    def seen(self, found: Mapping[str, Scores]) -> None:
        """Pass samples over."""

    def take(self, event: Event) -> None:
        """Hand over an event."""
        self._background.put(event)

    def close(self) -> int:
        """Wait until all events are delivered; return how many were lost."""
        self._background.close(self._longest)
        return self._background.lost

    def _deliver(self, event: Event) -> bool:
        """Deliver an event, and return whether that was done; raises nothing."""
        raise NotImplementedError

    def _deliver_all(self, events: list[Event]) -> int:
        return sum(not self._deliver(event) for event in events)
