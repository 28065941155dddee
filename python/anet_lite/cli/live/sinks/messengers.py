"""The sinks that tell people, as they are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from anet_lite.integrations.webhook.forms import checked_form

if TYPE_CHECKING:
    from anet_lite.cli.live.sinks.background import BackgroundSink


@dataclass(frozen=True)
class Told:
    """Who is told, and how."""

    webhook: str = ""
    """An address; "" posts nothing."""
    form: str = "json"
    """The form of a post."""
    notify: tuple[str, ...] = ()
    """Addresses for apprise."""
    lang: str = "en"

    def sinks(self) -> list[BackgroundSink]:
        """Return a sink for each kind.

        Raises:
            ImportError: The extra that one needs is not installed.
            ValueError: An address or the form is none.

        """
        checked_form(self.form)
        sinks: list[BackgroundSink] = []
        if self.webhook:
            from anet_lite.cli.live.sinks.webhook import WebhookSink

            sinks.append(WebhookSink(self.webhook, self.form, self.lang))
        if self.notify:
            from anet_lite.cli.live.sinks.notify import NotifySink

            sinks.append(NotifySink(self.notify, self.lang))
        return sinks
