"""A page of metrics that Prometheus scrapes, on this machine's own address unless told otherwise."""

from __future__ import annotations

import errno
from typing import Any

from anet_lite._internal.forked_child import in_forked_child
from anet_lite._internal.optional_import import need
from anet_lite._native import AnetTypeError, AnetValueError


class Endpoint:
    """Serves a registry over HTTP, in threads that end with the program.

    A forked child lets go of the port, which is its parent's.

    Args:
        registry: A ``prometheus_client.CollectorRegistry``.
        port: The port; 0 takes one that is free.
        address: The address that is listened at: ``0.0.0.0`` is every network of the machine.

    Raises:
        ImportError: The extra ``anet-lite[prometheus]`` is not installed.
        OSError: The port cannot be had.
        TypeError: ``port`` is no integer, or ``address`` no text.
        ValueError: ``port`` is none.

    """

    def __init__(self, registry: Any, port: int, address: str = "127.0.0.1") -> None:
        if not isinstance(port, int) or isinstance(port, bool):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise AnetTypeError(f"port must be an integer, got {type(port).__name__}")
        if not isinstance(address, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise AnetTypeError(f"address must be a str, got {type(address).__name__}")
        if not 0 <= port < 65_536:
            raise AnetValueError(f"port must be from 0 to 65535, got {port}")
        client: Any = need("prometheus_client", "prometheus")
        try:
            self._server, self._thread = client.start_http_server(port, address, registry)
        except OSError as error:
            raise OSError(error.errno or errno.EADDRNOTAVAIL, f"{address}:{port}: {error.strerror or error}") from None
        self.port: int = self._server.server_port
        _endpoints.add(self)

    def close(self) -> None:
        """Give the port back."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def let_go(self) -> None:
        """Close the parent's socket in this forked child, where nothing serves it."""
        if self._server is not None:
            self._server.socket.close()
            self._server = None


_endpoints = in_forked_child(Endpoint.let_go)
