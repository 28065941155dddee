"""Prometheus: a text file for the node exporter's textfile collector."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING, Any

from anet_lite._internal.optional_import import need
from anet_lite._internal.plain_text import plain_text
from anet_lite.tracker import Batched
from anet_lite.tracker.row import PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from anet_lite import Snapshot
    from anet_lite.tracker import Row

GAUGES = {
    "theta": "Spectral agreement of the gradient noise with its reference, 0 to 1; from 99 values of noise on.",
    "sdot": "Entropy of the newest losses less that of those before.",
    "proc": "Cosine between gradient norms and step norms.",
    "f_total": "0.7 sdot + 0.3 proc.",
    "zscore": "Score of the newest losses against those before.",
    "precursor": "1 where the score is above 2.5.",
    "status": "0 warming up, 1 healthy, 2 settled, 3 suspect, 4 failing.",
    "loss": "Loss of the newest step.",
    "grad_norm": "Gradient norm of the newest step.",
    "step_norm": "Update norm of the newest step.",
    "noise": "Gradient noise of the newest step.",
    "lr": "Learning rate of the newest step.",
}


class PrometheusTracker(Batched):
    """Keeps a text file of the newest numbers: gauges such as ``anet_theta`` and ``anet_last_step_timestamp_seconds``.

    ``anet_alarms_total{rule,severity}`` counts the monitor's alarms. A run that has died is seen by its age:
    ``time() - anet_last_step_timestamp_seconds > 600``. The file is replaced as a whole. The registry is private, and
    no setting of ``prometheus_client`` is touched. In a run of several ranks, let rank 0 write it.

    Args:
        path: The file, whose name must end in ``.prom`` for the node exporter.
        labels: Labels of every line, such as ``{"run": "llama-7b-3"}``; a value that is no text becomes its text.
        every: Steps from one file to the next; steps with an alarm are always written.
        timeout: Seconds that ``flush`` and ``close`` wait at most.

    Raises:
        ImportError: The extra ``anet-lite[prometheus]`` is not installed.

    Example:
        >>> import tempfile
        >>> from anet_lite import Monitor
        >>> from anet_lite.integrations.prometheus import PrometheusTracker
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     with PrometheusTracker(f"{folder}/run.prom") as tracker:
        ...         tracker.log(Monitor().update(loss=1.5))
        ...     text = open(f"{folder}/run.prom").read()
        >>> "anet_loss 1.5" in text
        True

    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        labels: Mapping[str, object] | None = None,
        every: int = 10,
        timeout: float = 10.0,
    ) -> None:
        super().__init__(every, timeout=timeout)
        self._client = need("prometheus_client", "prometheus")
        self._core = need("prometheus_client.core", "prometheus")
        self._path, self._labels = os.fspath(path), _texts(labels or {})
        self._alarms: Counter[tuple[str, str]] = Counter()
        self._newest: Row | None = None
        self._registry = self._client.CollectorRegistry()
        self._registry.register(self)

    def log(self, snapshot: Snapshot) -> None:
        """Take a snapshot: its alarms are counted, every `every`-th of them becomes the file."""
        self._alarms.update((alarm.rule, snapshot.status) for alarm in snapshot.alarms)
        super().log(snapshot)

    def collect(self) -> Iterator[Any]:
        """Give the metrics: what ``prometheus_client`` asks of a collector."""
        row = self._newest
        if row is None:
            return
        numbers = {name: row.metrics.get(PREFIX + name) for name in GAUGES}
        for name, value in numbers.items():
            if value is not None:
                yield self._gauge(name, GAUGES[name], value)
        yield self._gauge("step", "The newest step.", row.step)
        yield self._gauge("last_step_timestamp_seconds", "When the newest step was logged.", row.time)
        yield self._counter()

    def _gauge(self, name: str, text: str, value: float) -> Any:
        family = self._core.GaugeMetricFamily(f"anet_{name}", text, labels=list(self._labels))
        family.add_metric(list(self._labels.values()), value)
        return family

    def _counter(self) -> Any:
        """Count alarms without prometheus_client's own counter, which adds a ``_created`` to each."""
        names = [*self._labels, "rule", "severity"]
        family = self._core.CounterMetricFamily("anet_alarms", "Alarms of the monitor.", labels=names)
        for rule, count in sorted(self._alarms.items()):
            family.add_metric([*self._labels.values(), *rule], count)
        return family

    def _write(self, rows: list[Row]) -> None:
        self._newest = rows[-1]
        self._client.write_to_textfile(self._path, self._registry)


def _texts(labels: Mapping[str, object]) -> dict[str, str]:
    """Return labels as texts: the library would refuse others in the thread, and nothing would ever be written."""
    return {plain_text(name): plain_text(value) for name, value in labels.items()}
