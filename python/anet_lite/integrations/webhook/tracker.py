"""The tracker that posts messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anet_lite.integrations.webhook.delivery import Delivery
from anet_lite.integrations.webhook.neutral import neutral
from anet_lite.stream.alarm import StreamAlarm
from anet_lite.tracker import Batched

if TYPE_CHECKING:
    from collections.abc import Mapping

    from anet_lite import Alarm
    from anet_lite.tracker import Alert, Row


class WebhookTracker(Batched):
    """Posts a JSON object to an address when an incident opens, when its cause or gravity changes, and when it ends.

    An alarm of a stream is posted when it begins and when it is over; it has the field ``stream``, its ``status`` is
    ``alarm`` or ``over``, and ``alarms`` holds what :meth:`anet_lite.StreamAlarm.to_dict` gives.

    The fields of the form ``json``: ``text`` and ``title`` in words (Slack and Mattermost show ``text``), ``run``,
    ``step``, ``kind``, which is ``opens``, ``changes``, ``ends`` or ``remark``, ``status``, ``severity``, ``time`` in
    seconds since 1970, ``incident``, the same in all messages of an incident, ``since``, the step in which it began,
    ``id``, another in each message, ``alarms`` with what each saw, and ``metrics``. Numbers that are not finite are the
    texts ``"NaN"``, ``"Infinity"`` and ``"-Infinity"``. ``slack``, ``discord``, ``teams`` (a workflow that begins with
    a webhook) and ``pagerduty`` (Events API v2) are the forms that those services take.

    In ``text`` and ``title`` no note and no batch calls people: the ``<`` of ``<!here>`` and the ``@`` of ``@all`` are
    written with other signs of the same look.

    Posts are made in a thread, one after another. One that finds no connection, or a server that has not taken it
    (408, 425, 429, 503), is tried three times, after 0.5 and 2 seconds or as long as ``Retry-After`` says, 30 seconds
    at most. One that may have been taken, as after a timeout, is tried again only where two of a kind count as one: at
    PagerDuty, and where ``knows_keys`` is given; so nothing is told twice. What is not known to have been taken is
    counted in ``lost``, and named in the log when the tracker is closed; what comes after it is posted all the same. A
    redirect is a failure and is not followed. Neither the address nor the headers stand in an error or in the log,
    since both may hold a secret.

    Args:
        url: The address, ``http`` or ``https``, without a user and a password. That of PagerDuty holds your key:
            ``https://events.pagerduty.com/v2/enqueue?routing_key=...``; it is sent in the body alone.
        run: Name of the run.
        headers: Headers of each request, such as ``{"Authorization": "Bearer ..."}``.
        cooldown: Seconds in which an incident that opens like another is not posted.
        timeout: Seconds for a request, and for ``flush`` and ``close``.
        form: ``json``, ``slack``, ``discord``, ``teams`` or ``pagerduty``.
        lang: Language of the messages, ``"en"`` or ``"ja"``.
        knows_keys: Whether the server takes two requests with one ``Idempotency-Key``, a header of each, for one.

    Raises:
        TypeError: ``url`` or a header is no text.
        ValueError: ``url`` is of another kind, a header cannot be sent, or there is no such form or language.

    """

    def __init__(
        self,
        url: str,
        run: str = "",
        headers: Mapping[str, str] | None = None,
        cooldown: float = 300.0,
        timeout: float = 10.0,
        form: str = "json",
        lang: str = "en",
        knows_keys: bool = False,
    ) -> None:
        super().__init__(every=1, cooldown=cooldown, timeout=timeout, batch=1, only_messages=True, lang=lang)
        self.run: str = run
        self._delivery = Delivery(url, form, headers or {}, timeout, knows_keys)

    def _write(self, rows: list[Row]) -> None:
        for row in rows:
            assert row.alert is not None
            self._delivery.post(row.alert, self.run, row.time, self._message(row, row.alert))

    def _message(self, row: Row, alert: Alert) -> dict[str, Any]:
        return {
            "id": alert.key,
            "incident": alert.incident,
            "title": neutral(f"{self.run} {alert.title}".strip()),
            "text": neutral(f"{self.run} {alert.text}".strip()),
            "run": self.run,
            **({} if row.stream is None else {"stream": row.stream}),
            "step": row.step,
            "since": alert.since,
            "kind": alert.kind,
            "status": alert.status,
            "severity": alert.severity,
            "time": row.time,
            "alarms": [_alarm(alarm) for alarm in alert.alarms],
            "metrics": row.metrics,
        }


def _alarm(alarm: Alarm | StreamAlarm) -> dict[str, object]:
    if isinstance(alarm, StreamAlarm):
        return alarm.to_dict()
    names = ("rule", "family", "signal", "value", "expected", "ratio", "strength", "since", "incident", "groups")
    return {name: getattr(alarm, name) for name in names}
