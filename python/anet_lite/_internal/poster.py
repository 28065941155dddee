"""Posts to an address that may hold a secret, as may its headers: no error of this module repeats either."""

from __future__ import annotations

import time
from dataclasses import dataclass
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
LONGEST_PAUSE = 30.0
"""Seconds that are waited at most where a server names a time in ``Retry-After``, as chats do."""
_NOT_TAKEN = frozenset({408, 425, 429, 503})
"""Answers of a server that has not taken a post and may take it a little later."""
_PERHAPS_TAKEN = frozenset({500, 502, 504})
"""Answers after which a post may have been taken: behind a proxy, or before what then failed."""


@dataclass(frozen=True)
class _Failure:
    text: str
    again: bool
    """Whether another try may succeed and can send nothing twice."""
    pause: float = 0.0
    """Seconds that the server asks to wait."""


class Poster:
    """Posts bodies to one address.

    A redirect is a failure: the address that it names would be sent the headers, and not the body. What was not taken
    is tried again. What may have been taken, as after a timeout, is tried again only where the server knows a key that
    it has seen: nothing comes twice.

    Args:
        url: The address.
        headers: Headers of each request.
        timeout: Seconds for a try.
        knows_keys: Whether the server takes two bodies with one key for one.

    Raises:
        TypeError: ``url`` or a header is no text.
        ValueError: They cannot be sent.

    """

    def __init__(self, url: str, headers: Mapping[str, str], timeout: float, knows_keys: bool = False) -> None:
        self._url, self._headers = checked_url(url), checked_headers(headers)
        self._timeout, self._knows_keys = timeout, knows_keys
        self._opener = build_opener(_NoRedirect)

    def post(self, body: bytes, key: str = "") -> None:
        """Post a body.

        Args:
            body: The body.
            key: Names the body in the header ``Idempotency-Key``, the same in each try.

        Raises:
            OSError: It was not taken, or is not known to be.

        """
        headers = {**self._headers, **({"Idempotency-Key": key} if key else {})}
        for pause in (*PAUSES, None):
            failure = self._try(Request(self._url, body, headers, method="POST"))
            if failure is None:
                return
            if pause is None or not failure.again:
                raise OSError(failure.text)
            time.sleep(max(pause, min(failure.pause, LONGEST_PAUSE)))

    def _try(self, request: Request) -> _Failure | None:
        try:
            self._opener.open(request, timeout=self._timeout).close()
        except HTTPError as error:
            return self._refusal(error)
        except URLError as error:  # raised while the request is sent: no server has all of it
            return _Failure(f"no connection: {_reason(error.reason)}", True)
        except (OSError, HTTPException, ValueError) as error:
            return _Failure(f"no answer: {_reason(error)}", self._knows_keys and isinstance(error, OSError))
        return None

    def _refusal(self, error: HTTPError) -> _Failure:
        error.close()
        redirect = ", a redirect, which is not followed" if 300 <= error.code < 400 else ""
        again = error.code in _NOT_TAKEN or (self._knows_keys and error.code in _PERHAPS_TAKEN)
        asked = error.headers.get("Retry-After", "")
        pause = float(asked) if asked.isascii() and asked.replace(".", "", 1).isdigit() else 0.0
        return _Failure(f"the server answered HTTP Error {error.code}{redirect}", again, pause)


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Follow none: the opener then raises what it raises of any other answer."""


def _reason(error: object) -> str:
    """Return the system's own words for an error; others may repeat the address."""
    text = error.strerror if isinstance(error, OSError) else None
    return text or type(error).__name__


def checked_url(url: object, name: str = "url") -> str:
    """Return an address that can be posted to.

    Raises:
        TypeError: It is no text.
        ValueError: It is none.

    """
    if not isinstance(url, str):
        raise AnetTypeError(f"{name} must be a str, got {type(url).__name__}")
    if not url.lower().startswith(("http://", "https://")):
        raise AnetValueError(
            f"{name} must begin with http:// or https://; it is not repeated here, since it may hold a secret"
        )
    if not url.isascii() or not url.isprintable() or " " in url:
        raise AnetValueError(
            f"{name} must hold no space, no control character and nothing but ASCII: write them as %20"
        )
    if not _has_host(url):
        raise AnetValueError(
            f"{name} must name a host, and after it a port at most; a user and a password go into headers"
        )
    return url


def _has_host(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and "@" not in parts.netloc and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


def checked_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Return headers that can be sent.

    Raises:
        TypeError: A name or a value is no text.
        ValueError: One cannot be sent.

    """
    for name, value in headers.items():
        if not isinstance(name, str) or not isinstance(value, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise AnetTypeError("headers must map str to str")
        if not name.isascii() or not name.replace("-", "").replace("_", "").isalnum():
            raise AnetValueError("headers: a name must be of ASCII letters, digits, - and _")
        if any(not (" " <= letter <= "~") for letter in value):
            raise AnetValueError(f"headers: the value of {name} must be one line of printable ASCII")
    return dict(headers)
