"""The forms in which chats and PagerDuty take a message, each as its own documentation gives it."""

from __future__ import annotations

import socket
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, Callable

from anet_lite._native import AnetValueError
from anet_lite.integrations.webhook.neutral import neutral

if TYPE_CHECKING:
    from anet_lite.tracker import Alert

    Form = Callable[[Alert, str, float], dict[str, Any]]

_COLOURS = {"critical": 0xD32F2F, "warning": 0xF9A825, "info": 0x2E7D32}
_CARD_COLOURS = {"critical": "Attention", "warning": "Warning", "info": "Good"}


def slack(alert: Alert, run: str, _: float) -> dict[str, Any]:
    """Return what an incoming webhook of Slack takes; Mattermost and Rocket.Chat take it too."""
    title, text = _title(alert, run), _text(alert, 3000)
    shown = f"{title}\n{text}".replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return {"text": shown, "mrkdwn": False}


def discord(alert: Alert, run: str, time: float) -> dict[str, Any]:
    """Return what a webhook of Discord takes."""
    embed = {
        "title": _title(alert, run)[:256],
        "description": _text(alert, 4096),
        "color": _COLOURS[alert.severity],
        "timestamp": _iso(time),
    }
    return {"embeds": [embed], "allowed_mentions": {"parse": []}}


def teams(alert: Alert, run: str, _: float) -> dict[str, Any]:
    """Return what a workflow of Teams takes that begins with a webhook: an adaptive card."""
    title = {"type": "TextBlock", "text": _title(alert, run), "weight": "Bolder", "size": "Medium", "wrap": True}
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": [
            {**title, "color": _CARD_COLOURS[alert.severity]},
            {"type": "TextBlock", "text": _text(alert, 8000), "wrap": True},
        ],
    }
    return {
        "type": "message",
        "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive", "content": card}],
    }


def pagerduty(alert: Alert, run: str, time: float) -> dict[str, Any]:
    """Return an event of PagerDuty's Events API v2, but for its routing key: an incident there is one of ours."""
    if alert.kind == "ends":
        return {"event_action": "resolve", "dedup_key": alert.incident}
    payload = {
        "summary": f"{_title(alert, run)}: {_text(alert, 800)}"[:1024],
        "source": run or socket.gethostname(),
        "severity": alert.severity,
        "timestamp": _iso(time),
        "class": ", ".join(getattr(alarm, "rule", "stream") for alarm in alert.alarms) or alert.status,
        "custom_details": {"since": alert.since, "status": alert.status, "text": _text(alert, 8000)},
    }
    return {"event_action": "trigger", "dedup_key": alert.incident, "client": "anet-lite", "payload": payload}


FORMS: dict[str, Form] = {"slack": slack, "discord": discord, "teams": teams, "pagerduty": pagerduty}
"""By name; ``json`` is the form of our own."""

KNOW_KEYS = frozenset({"pagerduty"})
"""Forms whose services take a message that comes twice for one."""


def checked_form(form: object) -> str:
    """Return the name of a form.

    Raises:
        ValueError: There is no such form.

    """
    if not isinstance(form, str) or form not in ("json", *FORMS):
        raise AnetValueError(f"form must be one of {', '.join(('json', *FORMS))}, got {form!r:.80}")
    return form


def _title(alert: Alert, run: str) -> str:
    return neutral(f"{run} {alert.title}".strip())


def _text(alert: Alert, most: int) -> str:
    text = neutral(alert.text)
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _iso(time: float) -> str:
    return datetime.fromtimestamp(time, timezone.utc).isoformat(timespec="milliseconds")
