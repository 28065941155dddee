"""Sends messages to services that apprise knows."""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING, Any

from anet_lite._internal.one_line import one_line
from anet_lite._internal.optional_import import need
from anet_lite._internal.poster import PAUSES
from anet_lite._native import AnetTypeError, AnetValueError
from anet_lite.integrations.webhook import neutral

if TYPE_CHECKING:
    from collections.abc import Sequence

    from anet_lite.tracker import Alert

_KINDS = {"critical": "failure", "warning": "warning", "info": "success"}
_PAGER = "pagerduty"


class Notifier:
    """Sends alerts to services that apprise knows.

    Args:
        urls: The addresses of services.

    Raises:
        ImportError: The extra ``anet-lite[notify]`` is not installed.
        TypeError: An address is no text.
        ValueError: There is none, or apprise knows no such service.

    """

    def __init__(self, urls: str | Sequence[str]) -> None:
        self._apprise = need("apprise", "notify")
        urls = [urls] if isinstance(urls, str) else list(urls)
        if not urls:
            raise AnetValueError("urls must name a service at least, such as mailto://user:password@example.org")
        self._services = [self._service(number, url) for number, url in enumerate(urls, 1)]

    def send(self, alert: Alert, run: str) -> None:
        """Send an alert to all of them.

        Raises:
            OSError: A service is not known to have taken it.

        """
        refused = [name for name, service in self._services if not self._sent(name, service, alert, run)]
        if refused:
            raise OSError(f"{len(refused)} of {len(self._services)} services did not take it: {', '.join(refused)}")

    def _service(self, number: int, url: object) -> tuple[str, Any]:
        if not isinstance(url, str):
            raise AnetTypeError(f"urls must be of str, got {type(url).__name__}")
        with _Silence():
            service = self._apprise.Apprise.instantiate(url, suppress_exceptions=True)
        if service is None:
            raise AnetValueError(
                f"urls: apprise knows no service by address {number}; it is not repeated, since it may hold a secret"
            )
        return one_line(url.partition("://")[0].lower()), service

    def _sent(self, name: str, service: Any, alert: Alert, run: str) -> bool:
        """Try once: apprise does not tell what may have arrived. PagerDuty takes a copy for what it is a copy of."""
        pager = name == _PAGER
        if pager and not service.dedup:
            service = self._pager(service, alert)
        with _Silence():
            for pause in PAUSES if pager else ():
                if self._notified(service, alert, run):
                    return True
                time.sleep(pause)
            return self._notified(service, alert, run)

    def _notified(self, service: Any, alert: Alert, run: str) -> bool:
        title, text = neutral(f"{run} {alert.title}".strip()), neutral(alert.text)
        how = {"notify_type": self._apprise.NotifyType(_KINDS[alert.severity]), "body_format": "text"}
        one = self._apprise.Apprise()
        one.add(service)
        return bool(one.notify(body=text, title=title, **how))

    def _pager(self, service: Any, alert: Alert) -> Any:
        """Return the service with an incident of its own for ours, which a success resolves."""
        url = service.url(privacy=False)
        sign = "&" if "?" in url else "?"
        return self._apprise.Apprise.instantiate(f"{url}{sign}action=map&dedup={alert.incident}")


class _Silence:
    """Keeps apprise's logger quiet in this thread: what it logs may hold an address."""

    def __init__(self) -> None:
        self._thread = threading.get_ident()

    def __enter__(self) -> None:
        logging.getLogger("apprise").addFilter(self._of_others)

    def __exit__(self, *_: object) -> None:
        logging.getLogger("apprise").removeFilter(self._of_others)

    def _of_others(self, record: logging.LogRecord) -> bool:
        return record.thread != self._thread
