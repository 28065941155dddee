"""The newest numbers of each stream, served for Prometheus."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from anet_lite._internal.endpoint import Endpoint
from anet_lite._internal.optional_import import need
from anet_lite._native import AnetValueError
from anet_lite.cli.live.event import BEGINS, OVER
from anet_lite.integrations.prometheus import STREAM_GAUGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from anet_lite.cli.live.event import Event
    from anet_lite.stream import Scores

_GAUGES = {
    "value": "The newest sample.",
    **STREAM_GAUGES,
    "last_sample_timestamp_seconds": "When the newest sample came.",
}


class PrometheusSink:
    """Serves ``anet_stream_value``, ``anet_stream_alarm`` and others over HTTP, each with the label ``stream``.

    Args:
        address: ``9105``, or ``127.0.0.1:9105``; a port alone is served on this machine's own address only.

    Raises:
        ImportError: The extra ``anet-lite[prometheus]`` is not installed.
        OSError: The port cannot be had.
        ValueError: It is no address.

    """

    def __init__(self, address: str) -> None:
        host, _, port = address.rpartition(":")
        if not port.isdigit() or not 0 < int(port) < 65_536:
            raise AnetValueError(f"prometheus must be a port or HOST:PORT, got {address!r}")
        client: Any = need("prometheus_client", "prometheus")
        registry = client.CollectorRegistry()
        self._gauges: dict[str, Any] = {
            name: client.Gauge(f"anet_stream_{name}", text, ["stream"], registry=registry)
            for name, text in _GAUGES.items()
        }
        self._alarms = client.Counter(
            "anet_stream_alarms", "Alarms of the stream that began.", ["stream"], registry=registry
        )
        self._endpoint = Endpoint(registry, int(port), host or "127.0.0.1")

    def seen(self, found: Mapping[str, Scores]) -> None:
        """Take the newest sample of each stream."""
        for name, scores in found.items():
            if len(scores.score):
                newest = {"value": scores.samples.values[-1], "score": scores.score[-1], "p_value": scores.p_value[-1]}
                for which, number in {**newest, "last_sample_timestamp_seconds": time.time()}.items():
                    self._gauges[which].labels(name).set(float(number))
                self._gauges["alarm"].labels(name)  # 0 until one begins

    def take(self, event: Event) -> None:
        """Take an event."""
        if event.kind == BEGINS:
            self._alarms.labels(event.name).inc()
        if event.kind in (BEGINS, OVER):
            self._gauges["alarm"].labels(event.name).set(float(event.kind == BEGINS))

    def close(self) -> int:
        """Give the port back; return that nothing was lost."""
        self._endpoint.close()
        return 0
