"""What the board answers a browser: pages, their data, and what changes, as it changes."""

from __future__ import annotations

import asyncio
import json
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from anet_lite.board.accept import accepting
from anet_lite.board.pages import MOST, Pages
from anet_lite.board.token import Known
from anet_lite.board.words import words_of_list

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request

    from anet_lite.board.inbox import Inbox
    from anet_lite.board.watcher import Watcher

_OWN = Path(__file__).parent / "assets"
_PAGE = Path(__file__).parent.parent / "page" / "assets"
ASSETS = {
    "list.css": _OWN / "list.css",
    "list.js": _OWN / "list.js",
    "live.js": _OWN / "live.js",
    "wall.js": _OWN / "wall.js",
    "heat.js": _PAGE / "heat.js",
    "page.css": _PAGE / "page.css",
    "page.js": _PAGE / "page.js",
    "strip.js": _PAGE / "strip.js",
    "uplot.css": _PAGE / "uplot" / "uPlot.min.css",
    "uplot.js": _PAGE / "uplot" / "uPlot.iife.min.js",
}
_KINDS = {".css": "text/css", ".js": "text/javascript"}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_LOOK = 0.1
"""Seconds between two looks for what is new to send."""
_ALIVE = 15.0
"""Seconds after which a silent connection is shown to live."""


def board_app(
    watcher: Watcher, token: str = "", hosts: tuple[str, ...] = ("*",), inbox: Inbox | None = None
) -> Starlette:
    """Return the application.

    Args:
        watcher: The runs.
        token: What a reader must know; "" asks nobody.
        hosts: Names by which it may be called: another web page cannot make a browser call it by a name of its own.
        inbox: What takes records; None takes none.

    """
    pages, boot = Pages(watcher.lang), secrets.token_hex(4)

    def state(version: int) -> dict[str, Any]:
        return {"version": f"{boot}.{version}", "words": words_of_list(watcher.folder, watcher.lang)}

    def start(_: Request) -> Response:
        """Answer what a page needs that shows no list."""
        return JSONResponse(state(watcher.version))

    def runs(_: Request) -> Response:
        version, cards, _gone = watcher.since(0)
        return JSONResponse({**state(version), "ready": watcher.ready, "cards": [card.shown() for card in cards]})

    def one(path: str, name: str, request: Request) -> dict[str, Any]:
        if request.url.path == "/api/streams":
            return pages.streams(path, name, watcher.followed(name))
        chosen = request.query_params.get("stream")
        if chosen is not None:
            return pages.stream(path, name, chosen, watcher.followed(name))
        kept = watcher.page(name)
        return pages.run(path, name) if kept is None else {**kept, "name": name}

    def run(request: Request) -> Response:
        names = request.query_params.getlist("name")[:MOST]
        paths = [watcher.path(name) for name in names]
        if not names or None in paths:
            return JSONResponse({"error": words_of_list(watcher.folder, watcher.lang)["gone"]}, 404)
        known = [path for path in paths if path]
        try:
            data = pages.compare(known, names) if len(names) > 1 else one(known[0], names[0], request)
        except (OSError, ValueError, ImportError) as error:
            return JSONResponse({"error": str(error)}, 404)
        return JSONResponse(data)

    async def events(request: Request) -> Response:
        known = request.headers.get("last-event-id") or request.query_params.get("since", "")
        return StreamingResponse(
            _changes(watcher, request, boot, known),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store"},
        )

    routes = [
        Route("/", _page("list.html")),
        Route("/run", _page("run.html")),
        Route("/wall", _page("wall.html")),
        Route("/assets/{name}", _asset),
        Route("/api/start", start),
        Route("/api/runs", runs),
        Route("/api/run", run),
        Route("/api/streams", run),
        Route("/api/events", events),
        Route("/{name:path}", accepting(inbox), methods=["GET", "POST"]),
    ]
    middleware = [
        Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts)),
        Middleware(Known, token=token),
        Middleware(GZipMiddleware, minimum_size=2048),
    ]
    return Starlette(routes=routes, middleware=middleware)


async def _changes(watcher: Watcher, request: Request, boot: str, known: str) -> AsyncIterator[str]:
    """Yield what changes, with the number up to which a reader then knows all.

    Numbers are of one start of the board: a reader who knows those of an earlier one is told all, and forgets the rest.
    """
    loop, last = asyncio.get_running_loop(), 0.0
    start, _, number = known.partition(".")
    since = int(number) if start == boot and number.isdecimal() else -1
    while not await request.is_disconnected():
        if watcher.version > since:
            anew = since < 0
            since, cards, gone = watcher.since(since)
            said = json.dumps({"cards": [card.shown() for card in cards], "gone": gone, "anew": anew})
            last = loop.time()
            yield f"id: {boot}.{since}\ndata: {said}\n\n"
        elif loop.time() - last > _ALIVE:
            last = loop.time()
            yield ": alive\n\n"
        await asyncio.sleep(_LOOK)


def _page(name: str) -> Callable[[Request], Response]:
    headers = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-store"}

    def page(_: Request) -> Response:
        return Response((_OWN / name).read_text(encoding="utf-8"), media_type="text/html", headers=headers)

    return page


def _asset(request: Request) -> Response:
    path = ASSETS.get(request.path_params["name"])
    if path is None:
        return PlainTextResponse("there is no such file", 404)
    return Response(path.read_bytes(), media_type=_KINDS[path.suffix], headers={"Cache-Control": "no-cache"})
