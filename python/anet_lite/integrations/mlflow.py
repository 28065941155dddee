"""MLflow: metrics in batches through its client, messages as tags of the run."""

from __future__ import annotations

import re
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from anet_lite._internal.optional_import import need
from anet_lite.tracker import Batched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anet_lite.tracker import Alert, Row

MOST = 1000
"""Metrics that the server takes in one call."""


class MlflowTracker(Batched):
    """Logs the numbers of a run as metrics ``anet/theta``, ``anet/status`` and so on, and its messages as tags.

    The tag ``anet.alarm`` is the newest message in words, ``anet.alarm.<step>`` that of a step. An incident is one tag,
    ``anet.incident.<step>`` with the step in which it opened: what was said of it last, that it is over at the end.
    ``anet.incident`` is the title of that, and the metric ``anet/incident`` 1 while one goes on. Numbers of a stream
    are ``anet/stream/<name>/score`` and so on, its messages ``anet.alarm.<name>.<row>``.

    Args:
        run_id: The run that is written to; by default the active one, which is begun if there is none.
        client: An ``MlflowClient``; by default one for the current tracking URI.
        every: Steps from one row to the next; steps with an alarm are always written.
        cooldown: Seconds in which an incident that opens like another gives no message.
        timeout: Seconds that ``flush`` and ``close`` wait at most.
        lang: Language of the messages, ``"en"`` or ``"ja"``.

    Raises:
        ImportError: The extra ``anet-lite[mlflow]`` is not installed.
        ValueError: ``every`` is below 1, or ``lang`` is another language.

    """

    def __init__(
        self,
        run_id: str | None = None,
        client: Any = None,
        every: int = 10,
        cooldown: float = 300.0,
        timeout: float = 10.0,
        lang: str = "en",
    ) -> None:
        super().__init__(every, cooldown, timeout, lang=lang)
        self._mlflow = need("mlflow", "mlflow")
        self._client = client or self._mlflow.MlflowClient()
        self.run_id: str = run_id or _active(self._mlflow)
        # A copy begins no other run.
        self._made = partial(type(self), self.run_id, client, every, cooldown, timeout, lang)

    def _write(self, rows: list[Row]) -> None:
        metrics = chain.from_iterable(map(self._metrics, rows))
        while batch := list(islice(metrics, MOST)):
            self._client.log_batch(self.run_id, metrics=batch)
        for row in rows:
            if row.alert is not None:
                for tag, text in _tags(row, row.alert).items():
                    self._client.set_tag(self.run_id, tag, text)

    def _metrics(self, row: Row) -> Iterator[Any]:
        metric, milliseconds = self._mlflow.entities.Metric, int(row.time * 1000)
        return (metric(_allowed(name), value, milliseconds, row.step) for name, value in row.metrics.items())


def _tags(row: Row, alert: Alert) -> dict[str, str]:
    """Return the tags of a message; a remark on the loop itself is part of no incident."""
    stream = f"{row.stream}." if row.stream else ""
    tags = {"anet.alarm": alert.text, f"anet.alarm.{stream}{row.step}": alert.text}
    if alert.kind != "remark":
        tags |= {"anet.incident": alert.title, f"anet.incident.{stream}{alert.since}": alert.text}
    return {_allowed(name): text for name, text in tags.items()}


def _allowed(name: str) -> str:
    """Return a name in which only what MLflow allows is left; a stream may be called anything."""
    return re.sub(r"[^\w\-. /]", "_", name)


def _active(mlflow: Any) -> str:
    run = mlflow.active_run() or mlflow.start_run()
    run_id: str = run.info.run_id
    return run_id
