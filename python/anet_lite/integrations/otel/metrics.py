"""The newest numbers, as metrics of OpenTelemetry."""

from __future__ import annotations

import math
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any

from anet_lite._internal.optional_import import need
from anet_lite.tracker.row import PREFIX, stream_prefix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anet_lite.tracker import Row


class Metrics:
    """The newest numbers, as instruments that are read when they are sent.

    Args:
        resource: What they are told of.
        options: Arguments of the exporter.

    """

    def __init__(self, resource: Any, options: dict[str, Any]) -> None:
        sdk = need("opentelemetry.sdk.metrics", "otel")
        exporter = need("opentelemetry.exporter.otlp.proto.http.metric_exporter", "otel")
        self._observation = need("opentelemetry.metrics", "otel").Observation
        self._exporter = exporter.OTLPMetricExporter(**options)
        self._reader = need("opentelemetry.sdk.metrics.export", "otel").InMemoryMetricReader()
        self._provider = sdk.MeterProvider([self._reader], resource=resource, shutdown_on_exit=False)
        self._meter = self._provider.get_meter("anet_lite")
        self._gauges: dict[str, dict[str | None, float]] = {}
        self.alarms: Counter[tuple[str, str]] = Counter()
        self.stream_alarms: Counter[str] = Counter()
        self._meter.create_observable_counter("anet.alarms", [self._alarms], description="Alarms of the monitor.")
        self._meter.create_observable_counter("anet.stream.alarms", [self._stream_alarms])

    def take(self, row: Row) -> None:
        """Take the newest numbers of a run or a stream; what has none of a name any more is not sent under it."""
        if not row.metrics:
            return
        if row.stream is None:
            for values in self._gauges.values():
                values.pop(None, None)
            self._set("anet.step", None, row.step)
        prefix = PREFIX if row.stream is None else stream_prefix(row.stream)
        finite = {name: value for name, value in row.metrics.items() if math.isfinite(value)}
        if row.stream is None:
            self._set("anet.nonfinite", None, len(row.metrics) - len(finite))
        for name, value in finite.items():
            which = name[len(prefix) :]
            if row.stream is not None or not which.startswith("alarm"):
                self._set(f"anet.{which}" if row.stream is None else f"anet.stream.{which}", row.stream, value)

    def send(self) -> bool:
        """Send them; return whether the collector took them."""
        data = self._reader.get_metrics_data()
        return data is None or self._exporter.export(data).name == "SUCCESS"

    def stop(self) -> None:
        """Let go of the connection."""
        self._provider.shutdown()
        self._exporter.shutdown()

    def _set(self, name: str, stream: str | None, value: float) -> None:
        if name not in self._gauges:
            self._gauges[name] = {}
            self._meter.create_observable_gauge(name, [partial(self._observed, name)])
        self._gauges[name][stream] = value

    def _observed(self, name: str, _: object) -> Iterator[Any]:
        for stream, value in self._gauges[name].items():
            yield self._observation(value, {} if stream is None else {"stream": stream})

    def _alarms(self, _: object) -> Iterator[Any]:
        for (rule, status), count in self.alarms.copy().items():
            yield self._observation(count, {"rule": rule, "status": status})

    def _stream_alarms(self, _: object) -> Iterator[Any]:
        for stream, count in self.stream_alarms.copy().items():
            yield self._observation(count, {"stream": stream})
