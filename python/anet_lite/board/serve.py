"""The board as a server on this machine."""

from __future__ import annotations

import ipaddress
import secrets
import socket
from typing import TYPE_CHECKING, Callable
from urllib.parse import quote

from anet_lite._internal.optional_import import need
from anet_lite._native import AnetValueError
from anet_lite.board.watcher import Watcher

if TYPE_CHECKING:
    import os

_LOCAL = ("localhost", "127.0.0.1", "[::1]")


def serve(
    folder: str | os.PathLike[str],
    port: int = 8080,
    host: str = "127.0.0.1",
    token: str = "",
    lang: str = "en",
    ready: Callable[[str], object] = print,
    accept: bool = False,
) -> None:
    """Show the runs below a folder to browsers, until Ctrl-C.

    Args:
        folder: The folder in which runs are written.
        port: The port; 0 takes one that is free.
        host: The address to listen at. Others than this machine are let in only where it is another one than
            ``127.0.0.1``, and need the token then.
        token: What a reader must know; by default made up where one is needed.
        lang: ``en`` or ``ja``.
        ready: Called with the address to open, once it can be.
        accept: Whether ``Recorder("http://...")`` may write below the folder.

    Raises:
        ImportError: Starlette and uvicorn are not installed.
        OSError: There is no such folder, or the port is in use.
        ValueError: There is no such language, or the host is no address of this machine.

    """
    uvicorn = need("uvicorn", "board")
    need("starlette", "board")
    from anet_lite._internal.validate import language
    from anet_lite.board.app import board_app
    from anet_lite.board.inbox import Inbox

    language(lang)
    watcher = Watcher(str(folder), lang)
    local = _is_local(host)
    token = token or ("" if local else secrets.token_urlsafe(16))
    with _listening(host, port) as sock:
        inbox = Inbox(watcher.folder) if accept else None
        app = board_app(watcher, token, _LOCAL if local else ("*",), inbox)
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{sock.getsockname()[1]}/" + (f"?token={quote(token)}" if token else "")
        watcher.start()
        try:
            ready(address)
            # Open pages hold a connection each: nobody waits for them to leave.
            config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1, access_log=False)
            uvicorn.Server(config).run(sockets=[sock])
        finally:
            watcher.stop()
            if inbox:
                inbox.close()


def _is_local(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _listening(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
    except (OSError, OverflowError) as error:
        raise AnetValueError(
            f"host must be an address of this machine and port 0 to 65535, got {host}:{port}"
        ) from error
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((host, port))
        sock.listen(128)
    except OSError as error:
        sock.close()
        raise OSError(
            error.errno, f"{host}:{port} cannot be listened at ({error.strerror}): take another --port"
        ) from error
    return sock
