"""Events sent by mail, to chats and to pagers, by apprise."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from anet_lite._internal.one_line import one_line
from anet_lite.cli.live.messages import Messages
from anet_lite.cli.live.sinks.background import BackgroundSink
from anet_lite.integrations.notify import Notifier

if TYPE_CHECKING:
    from collections.abc import Sequence

    from anet_lite.cli.live.event import Event

_LONGEST = 30.0
"""Seconds that are waited at the end; apprise waits some between two messages to one service."""


class NotifySink(BackgroundSink):
    """Sends a notification for each event.

    Args:
        urls: Addresses of services, as apprise takes them.
        lang: Language of titles, ``"en"`` or ``"ja"``.

    Raises:
        ImportError: The extra ``anet-lite[notify]`` is not installed.
        ValueError: apprise knows no such service.

    """

    def __init__(self, urls: Sequence[str], lang: str = "en") -> None:
        super().__init__(_LONGEST)
        self._messages, self._notifier = Messages(lang), Notifier(urls)

    def _deliver(self, event: Event) -> bool:
        try:
            self._notifier.send(self._messages.of(event), "")
        except Exception as error:
            print(one_line(f"--notify: {error}"), file=sys.stderr)
            return False
        return True
