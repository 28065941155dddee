"""The tracker that sends notifications."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anet_lite.integrations.notify.notifier import Notifier
from anet_lite.tracker import Batched

if TYPE_CHECKING:
    from collections.abc import Sequence

    from anet_lite.tracker import Row


class NotifyTracker(Batched):
    """Sends a notification when an incident opens, when its cause or gravity changes, and when it ends.

    apprise sends it: mail (``mailto://``), Slack, Discord, Teams (``workflows://``), Telegram, ntfy and some 170 more.
    An incident of the run is one incident of PagerDuty (``pagerduty://``), and its end resolves it, unless the address
    holds a ``dedup`` of yours. Alarms of streams are sent where they begin and where they are over.

    They are sent in a thread. Each service is asked once, PagerDuty three times: apprise does not say whether what
    failed may have arrived, and nothing is sent twice. For tries with a bound use the forms of ``WebhookTracker``, or
    ``?retry=2`` in the address, which may send twice. What a service did not take is counted in ``lost``, and named in
    the log when the tracker is closed. No address stands in an error or in the log, since it may hold a secret.

    Args:
        urls: An address as apprise takes them, or several.
        run: Name of the run.
        cooldown: Seconds in which an incident that opens like another is not sent.
        timeout: Seconds for ``flush`` and ``close``. Those of a request are the address's, ``?cto=4&rto=4``, and of two
            messages to one service apprise holds the second back for some seconds.
        lang: Language of the messages, ``"en"`` or ``"ja"``.

    Raises:
        ImportError: The extra ``anet-lite[notify]`` is not installed.
        TypeError: An address is no text.
        ValueError: There is none, apprise knows no such service, or ``lang`` is another language.

    """

    def __init__(
        self,
        urls: str | Sequence[str],
        run: str = "",
        cooldown: float = 300.0,
        timeout: float = 30.0,
        lang: str = "en",
    ) -> None:
        super().__init__(every=1, cooldown=cooldown, timeout=timeout, batch=1, only_messages=True, lang=lang)
        self.run: str = run
        self._notifier = Notifier(urls)

    def _write(self, rows: list[Row]) -> None:
        for row in rows:
            assert row.alert is not None
            self._notifier.send(row.alert, self.run)
