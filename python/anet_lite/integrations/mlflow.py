"""MLflow: metrics in batches through its client, alarms as tags of the run."""

from __future__ import annotations

import re
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from anet_lite._internal.optional_import import need
from anet_lite.tracker import Batched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anet_lite.tracker import Row

MOST = 1000
"""Metrics that the server takes in one call."""


class MlflowTracker(Batched):
    """Logs the numbers of a run as metrics ``anet/theta``, ``anet/status`` and so on, and the newest alarm as a tag.

    The tag ``anet.alarm`` is the newest message in words, ``anet.alarm.<step>`` that of a step. Numbers of a stream are
    ``anet/stream/<name>/score`` and so on, its messages ``anet.alarm.<name>.<row>``.

    Args:
        run_id: The run that is written to; by default the active one, which is begun if there is none.
        client: An ``MlflowClient``; by default one for the current tracking URI.
        every: Steps from one row to the next; steps with an alarm are always written.
        cooldown: Seconds in which an incident that opens like another gives no message.
        timeout: Seconds that ``flush`` and ``close`` wait at most.

    Raises:
        ImportError: The extra ``anet-lite[mlflow]`` is not installed.

    """

    def __init__(
        self,
        run_id: str | None = None,
        client: Any = None,
        every: int = 10,
        cooldown: float = 300.0,
        timeout: float = 10.0,
    ) -> None:
        super().__init__(every, cooldown, timeout)
        self._mlflow = need("mlflow", "mlflow")
        self._client = client or self._mlflow.MlflowClient()
        self.run_id: str = run_id or _active(self._mlflow)
        self._made = partial(type(self), self.run_id, client, every, cooldown, timeout)  # a copy begins no other run

    def _write(self, rows: list[Row]) -> None:
        metrics = chain.from_iterable(map(self._metrics, rows))
        while batch := list(islice(metrics, MOST)):
            self._client.log_batch(self.run_id, metrics=batch)
        for row in rows:
            if row.alert is not None:
                where = f"{row.stream}.{row.step}" if row.stream else str(row.step)
                for tag in ("anet.alarm", _allowed(f"anet.alarm.{where}")):
                    self._client.set_tag(self.run_id, tag, row.alert.text)

    def _metrics(self, row: Row) -> Iterator[Any]:
        metric, milliseconds = self._mlflow.entities.Metric, int(row.time * 1000)
        return (metric(_allowed(name), value, milliseconds, row.step) for name, value in row.metrics.items())


def _allowed(name: str) -> str:
    """Return a name in which only what MLflow allows is left; a stream may be called anything."""
    return re.sub(r"[^\w\-. /]", "_", name)


def _active(mlflow: Any) -> str:
    run = mlflow.active_run() or mlflow.start_run()
    run_id: str = run.info.run_id
    return run_id
