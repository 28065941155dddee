"""The address of a run on a board: what is posted to it, and what is answered."""

from __future__ import annotations

import os
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import unquote, urlencode, urlsplit

from anet_lite._internal.json_line import object_of
from anet_lite._internal.one_line import one_line
from anet_lite._internal.poster import checked_headers, checked_url
from anet_lite._internal.run_name import run_name
from anet_lite._native import AnetTypeError, AnetValueError

_PATIENCE = 10.0
"""Seconds for an answer."""
_LONGEST = 1 << 16
"""Bytes of an answer that are read."""
_SHOWN = 300


class BoardAddress:
    """Posts to one run of one board, directly: no redirect is followed, and no proxy is asked.

    Args:
        url: ``http://host:8080/NAME`` or https.
        token: What the board asks for; by default ``ANET_BOARD_TOKEN`` of the environment.

    Raises:
        TypeError: ``token`` is no text.
        ValueError: It is no such address, or the token cannot be sent.

    """

    def __init__(self, url: str, token: str) -> None:
        if not isinstance(token, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise AnetTypeError(f"token must be a str, got {type(token).__name__}")
        parts = urlsplit(checked_url(url, "path"))
        if parts.query or parts.fragment:
            raise AnetValueError("path must hold no ? and no #: a token is given as token= or in ANET_BOARD_TOKEN")
        name = run_name(unquote(parts.path.strip("/")))
        self.url: str = f"{parts.scheme}://{parts.netloc}/{name}"
        self.name: str = name.rpartition("/")[2]
        self._kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
        self._host, self._port, self._path = parts.hostname or "", parts.port, f"/{name}"
        token = token or os.environ.get("ANET_BOARD_TOKEN", "")
        # No page of another site can send this type without being asked first, which a board never allows.
        kind = {"Content-Type": "application/x-ndjson"}
        self._headers = checked_headers({**kind, **({"Authorization": f"Bearer {token}"} if token else {})})

    def post(self, lines: bytes, *, spool: str, at: int, after: str = "", is_over: bool = False) -> int:
        """Post lines of a spool, and return how many bytes of it the board has now.

        Args:
            lines: The lines.
            spool: The spool's name, by which the board knows what it has of it.
            at: The byte of the spool at which they begin: what the board has is dropped there, so that a lost answer
                doubles nothing.
            after: The spool that this one follows.
            is_over: Whether the writer leaves the name to others.

        Raises:
            OSError: They were not taken, or are not known to be. Its text is for a person.

        """
        place = urlencode({"spool": spool, "at": at, "after": after, "over": int(is_over)})
        connection = self._kind(self._host, self._port, timeout=_PATIENCE)
        try:
            connection.request("POST", f"{self._path}?{place}", lines, self._headers)
            answer = connection.getresponse()
            status, text = answer.status, answer.read(_LONGEST)
        except (OSError, HTTPException) as error:
            raise OSError(f"the board does not answer ({_reason(error)})") from None
        finally:
            connection.close()
        return _taken(status, text)


def _taken(status: int, text: bytes) -> int:
    said = object_of(text) or {}
    at, error = said.get("at"), said.get("error")
    if status == 200 and isinstance(at, int):
        return at
    if status == 401:
        raise OSError("the board asks for another token: give it as token= or in ANET_BOARD_TOKEN")
    raise OSError(
        one_line(error[:_SHOWN]) if isinstance(error, str) else f"what answers is no board (HTTP status {status})"
    )


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
