"""The newest numbers of a run and of streams, as the client library of Prometheus takes them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from anet_lite._internal.optional_import import need
from anet_lite._internal.plain_text import plain_text
from anet_lite.tracker.row import PREFIX, stream_prefix

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from anet_lite.tracker import Row

GAUGES = {
    "theta": "Spectral agreement of the gradient noise with its reference, 0 to 1; from 99 values of noise on.",
    "sdot": "Entropy of the newest losses less that of those before.",
    "proc": "Cosine between gradient norms and step norms.",
    "f_total": "0.7 sdot + 0.3 proc.",
    "zscore": "Score of the newest losses against those before.",
    "precursor": "1 where the score is above 2.5.",
    "status": "0 warming up, 1 healthy, 2 settled, 3 suspect, 4 failing.",
    "incident": "1 while an incident goes on.",
    "loss": "Loss of the newest step.",
    "grad_norm": "Gradient norm of the newest step.",
    "step_norm": "Update norm of the newest step.",
    "noise": "Gradient noise of the newest step.",
    "lr": "Learning rate of the newest step.",
}
"""What is told of a run: each is ``anet_`` and its name."""

STREAM_GAUGES = {
    "score": "How strange the newest sample is, without a bound.",
    "p_value": "About how often a healthy stream shows samples like the newest one.",
    "alarm": "1 while an alarm of the stream goes on.",
}
"""What is told of each stream: ``anet_stream_`` and its name, with the label ``stream``."""


class Collector:
    """Gives the newest numbers as metrics: what ``prometheus_client`` calls a custom collector.

    Args:
        labels: Labels of every line.

    Raises:
        ImportError: The extra ``anet-lite[prometheus]`` is not installed.

    """

    def __init__(self, labels: Mapping[str, object]) -> None:
        self._core = need("prometheus_client.core", "prometheus")
        self._labels = _texts(labels)
        self.alarms: Counter[tuple[str, str]] = Counter()
        self.stream_alarms: Counter[str] = Counter()
        self._newest: Row | None = None
        self._streams: dict[str, Row] = {}

    def take(self, row: Row) -> None:
        """Take the newest numbers; a remark on the loop has none, and says nothing of a step."""
        if not row.metrics:
            return
        if row.stream is None:
            self._newest = row
        else:  # a sample says nothing of an alarm, nor an alarm of the newest score
            before = self._streams[row.stream].metrics if row.stream in self._streams else {}
            self._streams[row.stream] = replace(row, metrics={**before, **row.metrics})

    def collect(self) -> Iterator[Any]:
        """Give the metrics: what ``prometheus_client`` asks of a collector."""
        if self._newest is not None:
            yield from self._run(self._newest)
        if self._streams:
            yield from self._of_streams(self._streams.copy())

    def _run(self, row: Row) -> Iterator[Any]:
        numbers = {name: row.metrics.get(PREFIX + name) for name in GAUGES}
        for name, value in numbers.items():
            if value is not None:
                yield self._gauge(name, GAUGES[name], value)
        yield self._gauge("step", "The newest step.", row.step)
        yield self._gauge("last_step_timestamp_seconds", "When the newest step was logged.", row.time)
        alarms = {rule: float(count) for rule, count in sorted(self.alarms.copy().items())}
        yield self._counter("alarms", "Alarms of the monitor.", ("rule", "severity"), alarms)

    def _of_streams(self, rows: dict[str, Row]) -> Iterator[Any]:
        for name, text in STREAM_GAUGES.items():
            values = {stream: row.metrics.get(stream_prefix(stream) + name) for stream, row in rows.items()}
            yield self._by_stream(f"stream_{name}", text, values)
        times: dict[str, float | None] = {stream: row.time for stream, row in rows.items()}
        yield self._by_stream("stream_last_sample_timestamp_seconds", "When the newest sample was logged.", times)
        alarms = {(stream,): float(self.stream_alarms[stream]) for stream in rows}
        yield self._counter("stream_alarms", "Alarms of the stream that began.", ("stream",), alarms)

    def _by_stream(self, name: str, text: str, values: Mapping[str, float | None]) -> Any:
        family = self._core.GaugeMetricFamily(f"anet_{name}", text, labels=[*self._labels, "stream"])
        for stream, value in values.items():
            if value is not None:
                family.add_metric([*self._labels.values(), stream], value)
        return family

    def _gauge(self, name: str, text: str, value: float) -> Any:
        family = self._core.GaugeMetricFamily(f"anet_{name}", text, labels=list(self._labels))
        family.add_metric(list(self._labels.values()), value)
        return family

    def _counter(self, name: str, text: str, labels: tuple[str, ...], counts: Mapping[tuple[str, ...], float]) -> Any:
        """Count without prometheus_client's own counter, which adds a ``_created`` to each."""
        family = self._core.CounterMetricFamily(f"anet_{name}", text, labels=[*self._labels, *labels])
        for values, count in counts.items():
            family.add_metric([*self._labels.values(), *values], count)
        return family


def _texts(labels: Mapping[str, object]) -> dict[str, str]:
    """Return labels as texts: the library would refuse others in the thread, and nothing would ever be written."""
    return {plain_text(name): plain_text(value) for name, value in labels.items()}
