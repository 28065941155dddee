"""Posts to an address that may hold a secret, as may its headers: no error of this module repeats either."""

from __future__ import annotations

import time
from http.client import HTTPException
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from anet_lite._native import AnetTypeError, AnetValueError

if TYPE_CHECKING:
    from collections.abc import Mapping

PAUSES = (0.5, 2.0)
"""Seconds before the second try and before the third, the last: a proxy that restarts is back by then."""
_BUSY = {408, 425, 429, 500, 502, 503, 504}
"""Answers of a server that may take the same post a little later."""


class Poster:
    """Posts bodies to one address.

    A redirect is a failure: the address that it names would be sent the headers, and not the body. What could not be
    sent, or was answered with "busy", is tried again; what may have arrived is not, so that nothing comes twice.

    Raises:
        TypeError: ``url`` or a header is no text.
        ValueError: They cannot be sent.

    """

    def __init__(self, url: str, headers: Mapping[str, str], timeout: float) -> None:
        self._url, self._headers = _checked_url(url), _checked_headers(headers)
        self._timeout = timeout
        self._opener = build_opener(_NoRedirect)

    def post(self, body: bytes) -> None:
        """Post a body.

        Raises:
            OSError: It was not taken.

        """
        for pause in (*PAUSES, None):
            failure, again = self._try(body)
            if not failure:
                return
            if pause is None or not again:
                raise OSError(failure)
            time.sleep(pause)

    def _try(self, body: bytes) -> tuple[str, bool]:
        """Return what failed, nothing where nothing did, and whether it may succeed later."""
        request = Request(self._url, body, self._headers, method="POST")
        try:
            self._opener.open(request, timeout=self._timeout).close()
        except HTTPError as error:
            error.close()
            redirect = ", a redirect, which is not followed" if 300 <= error.code < 400 else ""
            return f"the server answered HTTP Error {error.code}{redirect}", error.code in _BUSY
        except URLError as error:
            return f"no connection: {_reason(error.reason)}", True
        except (OSError, HTTPException, ValueError) as error:
            return f"no answer: {_reason(error)}", False
        return "", False


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Follow none: the opener then raises what it raises of any other answer."""


def _reason(error: object) -> str:
    """Return the system's own words for an error; others may repeat the address."""
    text = error.strerror if isinstance(error, OSError) else None
    return text or type(error).__name__


def _checked_url(url: object) -> str:
    if not isinstance(url, str):
        raise AnetTypeError(f"url must be a str, got {type(url).__name__}")
    if not url.lower().startswith(("http://", "https://")):
        raise AnetValueError(
            "url must begin with http:// or https://; it is not repeated here, since it may hold a secret"
        )
    if not url.isascii() or not url.isprintable() or " " in url:
        raise AnetValueError("url must hold no space, no control character and nothing but ASCII: write them as %20")
    if not _has_host(url):
        raise AnetValueError("url must name a host, and after it a port at most; a user and a password go into headers")
    return url


def _has_host(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and "@" not in parts.netloc and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


def _checked_headers(headers: Mapping[str, str]) -> dict[str, str]:
    for name, value in headers.items():
        if not isinstance(name, str) or not isinstance(value, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise AnetTypeError("headers must map str to str")
        if not name.isascii() or not name.replace("-", "").replace("_", "").isalnum():
            raise AnetValueError("headers: a name must be of ASCII letters, digits, - and _")
        if any(not (" " <= letter <= "~") for letter in value):
            raise AnetValueError(f"headers: the value of {name} must be one line of printable ASCII")
    return dict(headers)
