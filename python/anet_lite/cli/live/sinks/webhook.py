"""Events posted to an address as JSON."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from anet_lite._internal.jsonable import to_jsonable
from anet_lite._internal.one_line import one_line
from anet_lite._internal.poster import Poster
from anet_lite.cli.live.sinks.background import BackgroundSink
from anet_lite.integrations.webhook import neutral

if TYPE_CHECKING:
    from anet_lite.cli.live.event import Event

_TIMEOUT = 10.0


class WebhookSink(BackgroundSink):
    """Posts an object for each event: ``text`` in words, as chats show it, beside all that ``Event.to_dict`` gives.

    Args:
        url: The address, ``http`` or ``https``.

    Raises:
        ValueError: It is none.

    """

    def __init__(self, url: str) -> None:
        super().__init__(3 * _TIMEOUT)
        self._poster = Poster(url, {"Content-Type": "application/json"}, _TIMEOUT)

    def _deliver(self, event: Event) -> bool:
        message = {**event.to_dict(), "text": neutral(event.line())}
        try:
            self._poster.post(json.dumps(to_jsonable(message), allow_nan=False).encode())
        except Exception as error:
            print(one_line(f"--webhook: {error}"), file=sys.stderr)
            return False
        return True
