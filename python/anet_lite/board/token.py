"""Who may read a board."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

_COOKIE = "anet_board"


class Known:
    """Lets in who knows the token: by an address with it once, by a cookie from then on, or by a header."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app, self._token = app, token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or say what is missing."""
        if scope["type"] != "http" or not self._token:
            return await self._app(scope, receive, send)
        request = Request(scope)
        if self._is(request.query_params.get("token", "")):
            return await self._remembered(request)(scope, receive, send)
        header = request.headers.get("authorization", "").removeprefix("Bearer ")
        if self._is(request.cookies.get(_COOKIE, "")) or self._is(header):
            return await self._app(scope, receive, send)
        text = "This board asks for its token: open the address that `anet-lite board` printed.\n"
        return await PlainTextResponse(text, 401)(scope, receive, send)

    def _is(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(), self._token.encode())

    def _remembered(self, request: Request) -> Response:
        """Send the reader to the same page without the token in its address, which would stay in histories."""
        others = [pair for pair in request.query_params.multi_items() if pair[0] != "token"]
        response = RedirectResponse(f"{request.url.path}?{urlencode(others)}" if others else request.url.path, 303)
        response.set_cookie(_COOKIE, self._token, httponly=True, samesite="strict")
        return response
