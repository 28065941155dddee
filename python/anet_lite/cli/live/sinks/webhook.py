"""Events posted to an address as JSON."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from anet_lite._internal.jsonable import to_jsonable
from anet_lite._internal.one_line import one_line
from anet_lite._internal.poster import Poster
from anet_lite.integrations.webhook import neutral
from anet_lite.tracker.background import Background

if TYPE_CHECKING:
    from collections.abc import Mapping

    from anet_lite.cli.live.event import Event
    from anet_lite.stream import Scores

_TIMEOUT = 10.0


class WebhookSink:
    """Posts an object for each event: ``text`` in words, as chats show it, beside all that ``Event.to_dict`` gives.

    Args:
        url: The address, ``http`` or ``https``.

    Raises:
        ValueError: It is none.

    """

    def __init__(self, url: str) -> None:
        self._poster = Poster(url, {"Content-Type": "application/json"}, _TIMEOUT)
        self._background = Background(self._post, batch=1, pause=0.0)

    def seen(self, found: Mapping[str, Scores]) -> None:
        """Pass samples over."""

    def take(self, event: Event) -> None:
        """Hand over an event."""
        self._background.put(event)

    def close(self) -> int:
        """Wait until all are posted, for 30 seconds at most; return how many were lost."""
        self._background.close(3 * _TIMEOUT)
        return self._background.lost

    def _post(self, events: list[Event]) -> int:
        lost = 0
        for event in events:
            message = {**event.to_dict(), "text": neutral(event.line())}
            try:
                self._poster.post(json.dumps(to_jsonable(message), allow_nan=False).encode())
            except Exception as error:
                print(one_line(f"--webhook: {error}"), file=sys.stderr)
                lost += 1
        return lost
