"""Posts alerts in a form, each with a key of its own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from anet_lite._internal.jsonable import to_jsonable
from anet_lite._internal.poster import Poster
from anet_lite._native import AnetTypeError, AnetValueError
from anet_lite.integrations.webhook.forms import FORMS, KNOW_KEYS, checked_form

if TYPE_CHECKING:
    from collections.abc import Mapping

    from anet_lite.tracker import Alert


class Delivery:
    """Posts alerts to one address.

    Args:
        url: The address.
        form: ``json`` or a name of ``FORMS``; that of PagerDuty takes its key from the query, ``?routing_key=...``.
        headers: Headers of each request.
        timeout: Seconds for a request.
        knows_keys: Whether the server takes two requests with one ``Idempotency-Key`` for one.

    Raises:
        TypeError: ``url`` or a header is no text.
        ValueError: They cannot be sent, or there is no such form.

    """

    def __init__(
        self, url: str, form: str, headers: Mapping[str, str], timeout: float, knows_keys: bool = False
    ) -> None:
        self._form = FORMS.get(checked_form(form))
        self._also: dict[str, str] = {}
        if form == "pagerduty":
            url, self._also["routing_key"] = _without_routing_key(url)
        headers = {"Content-Type": "application/json", **headers}
        self._poster = Poster(url, headers, timeout, knows_keys or form in KNOW_KEYS)

    def post(self, alert: Alert, run: str, time: float, own: Mapping[str, Any]) -> None:
        """Post an alert, as ``own`` where the form is our own.

        Raises:
            OSError: It is not known to have been taken.

        """
        message = own if self._form is None else {**self._also, **self._form(alert, run, time)}
        self._poster.post(json.dumps(to_jsonable(message), allow_nan=False).encode(), alert.key)


def _without_routing_key(url: object) -> tuple[str, str]:
    """Return the address without its routing key, and the key, which belongs into the body."""
    if not isinstance(url, str):
        raise AnetTypeError(f"url must be a str, got {type(url).__name__}")
    parts = urlsplit(url) if url.isprintable() and "[" not in url else urlsplit("")
    query = dict(parse_qsl(parts.query))
    key = query.pop("routing_key", "")
    if not key:
        raise AnetValueError(
            "url must hold ?routing_key=... for the form pagerduty, such as "
            "https://events.pagerduty.com/v2/enqueue?routing_key=KEY; it is not repeated here"
        )
    return urlunsplit(parts._replace(query=urlencode(query))), key
