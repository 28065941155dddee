"""Events posted to an address as JSON."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from anet_lite._internal.one_line import one_line
from anet_lite.cli.live.messages import Messages
from anet_lite.cli.live.sinks.background import BackgroundSink
from anet_lite.integrations.webhook import neutral
from anet_lite.integrations.webhook.delivery import Delivery

if TYPE_CHECKING:
    from anet_lite.cli.live.event import Event

_TIMEOUT = 10.0


class WebhookSink(BackgroundSink):
    """Posts an object for each event: ``text`` in words, as chats show it, beside all that ``Event.to_dict`` gives.

    Args:
        url: The address, ``http`` or ``https``.
        form: ``json``, or that of a chat or a pager.
        lang: Language of titles, ``"en"`` or ``"ja"``.

    Raises:
        ValueError: It is none, or there is no such form.

    """

    def __init__(self, url: str, form: str = "json", lang: str = "en") -> None:
        super().__init__(3 * _TIMEOUT)
        self._messages = Messages(lang)
        self._delivery = Delivery(url, form, {}, _TIMEOUT)

    def _deliver(self, event: Event) -> bool:
        message = self._messages.of(event)
        named = {"id": message.key, "incident": message.incident, "severity": message.severity}
        named["title"] = neutral(message.title)
        own = {**event.to_dict(), **named, "text": neutral(event.line())}
        try:
            self._delivery.post(message, "", time.time(), own)
        except Exception as error:
            print(one_line(f"--webhook: {error}"), file=sys.stderr)
            return False
        return True
