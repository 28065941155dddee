"""The tracker that keeps the newest numbers where Prometheus finds them."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from anet_lite._internal.endpoint import Endpoint
from anet_lite._internal.optional_import import need
from anet_lite._native import AnetValueError, Snapshot
from anet_lite.integrations.prometheus.collector import Collector
from anet_lite.stream.alarm import StreamAlarm
from anet_lite.tracker import Batched

if TYPE_CHECKING:
    from collections.abc import Mapping

    from anet_lite import Detection
    from anet_lite.tracker import Row


class PrometheusTracker(Batched):
    """Keeps the newest numbers for Prometheus: gauges such as ``anet_theta`` and ``anet_last_step_timestamp_seconds``.

    They are served at a port, written to a text file for the node exporter, or both. ``anet_incident`` is 1 while an
    incident goes on, ``anet_alarms_total{rule,severity}`` counts the monitor's alarms. A run that has died is seen by
    the age of its file, ``time() - anet_last_step_timestamp_seconds > 600``, and at a port by ``up == 0``. The file is
    replaced as a whole. The registry is private, and no setting of ``prometheus_client`` is touched. In a run of
    several ranks, let rank 0 do it.

    Streams have ``anet_stream_score``, ``anet_stream_p_value``, ``anet_stream_alarm``, ``anet_stream_alarms_total`` and
    ``anet_stream_last_sample_timestamp_seconds``, with the label ``stream``. Alarms are told of
    where alarms are logged.

    Args:
        path: The file, whose name must end in ``.prom`` for the node exporter; None writes none.
        labels: Labels of every line, such as ``{"run": "llama-7b-3"}``; a value that is no text becomes its text.
        every: Steps, or samples of a stream, from one row to the next; those with an alarm are always taken.
        timeout: Seconds that ``flush`` and ``close`` wait at most.
        port: The port of ``http://address:port/metrics``; 0 takes one that is free, None serves nothing.
        address: Where that is listened at: this machine alone, unless told. ``0.0.0.0`` is every network of it, and
            who reaches the port reads the numbers: nobody is asked for a password.

    Attributes:
        port: The port that is served, None where none is. That of a copy in another process is a free one.

    Raises:
        ImportError: The extra ``anet-lite[prometheus]`` is not installed.
        OSError: The port cannot be had.
        TypeError: ``port`` is no integer.
        ValueError: Neither ``path`` nor ``port`` is given, or ``port`` is none.

    Example:
        >>> from urllib.request import urlopen
        >>> from anet_lite import Monitor
        >>> from anet_lite.integrations.prometheus import PrometheusTracker
        >>> with PrometheusTracker(port=0, labels={"run": "a"}) as tracker:
        ...     tracker.log(Monitor().update(loss=1.5))
        ...     tracker.flush()
        ...     text = urlopen(f"http://127.0.0.1:{tracker.port}/metrics").read().decode()
        >>> 'anet_loss{run="a"} 1.5' in text
        True

    """

    def __init__(
        self,
        path: str | os.PathLike[str] | None = None,
        labels: Mapping[str, object] | None = None,
        every: int = 10,
        timeout: float = 10.0,
        port: int | None = None,
        address: str = "127.0.0.1",
    ) -> None:
        super().__init__(every, timeout=timeout)
        if path is None and port is None:
            raise AnetValueError("path or port must be given: a file for the node exporter, or where to be scraped")
        self._client = need("prometheus_client", "prometheus")
        self._path = None if path is None else os.fspath(path)
        self._collector = Collector(labels or {})
        self._registry = self._client.CollectorRegistry()
        self._registry.register(self._collector)
        self._endpoint = None if port is None else Endpoint(self._registry, port, address)
        self.port: int | None = self._endpoint.port if self._endpoint else None
        free = None if port is None else 0
        self._made = partial(type(self), path, labels, every, timeout, free, address)

    def _count(self, seen: Snapshot | Detection | StreamAlarm) -> None:
        if isinstance(seen, Snapshot):
            self._collector.alarms.update((alarm.rule, seen.status) for alarm in seen.alarms)
        elif isinstance(seen, StreamAlarm) and seen.end is None:
            self._collector.stream_alarms[seen.name] += 1

    def _write(self, rows: list[Row]) -> None:
        for row in rows:
            self._collector.take(row)
        if self._path is not None:
            self._client.write_to_textfile(self._path, self._registry)

    def _stop(self) -> None:
        if self._endpoint is not None:
            self._endpoint.close()
