"""Records over HTTP: a post to a run's address, answered with how much of its writer's spool the board has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, PlainTextResponse, Response

from anet_lite.board.inbox import Inbox, RefusedError, Sent

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from starlette.requests import Request

_MOST = 1 << 23
"""Bytes of a post."""


def accepting(inbox: Inbox | None) -> Callable[[Request], Awaitable[Response]]:
    """Return what answers posts; without an inbox it takes none, and says so."""

    async def accept(request: Request) -> Response:
        if request.method != "POST":
            return PlainTextResponse("there is no such page", 404)
        try:
            sent = await _sent(request, inbox)
            at = await run_in_threadpool(inbox.take, request.path_params["name"], sent) if inbox else 0
        except RefusedError as error:
            return JSONResponse({"error": str(error)}, error.status)
        return JSONResponse({"at": at})

    return accept


async def _sent(request: Request, inbox: Inbox | None) -> Sent:
    if inbox is None:
        raise RefusedError(403, "this board takes no records: start it with --accept")
    # A page of another site can only send other types unasked.
    if request.headers.get("content-type") != "application/x-ndjson":
        raise RefusedError(415, "records must come as application/x-ndjson")
    query = request.query_params
    spool, at = query.get("spool", ""), query.get("at", "")
    if not spool.isalnum() or not at.isdecimal() or len(spool) > 64 or len(at) > 18:
        raise RefusedError(400, "a post must name its spool and the byte at which it begins")
    return Sent(await _body(request), spool, int(at), query.get("after", ""), query.get("over") == "1")


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > _MOST:
            raise RefusedError(413, f"records must come in posts of {_MOST:,} bytes at the most")
    return bytes(body)
