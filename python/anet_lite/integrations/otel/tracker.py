"""The tracker that sends numbers and messages to a collector."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from anet_lite._internal.optional_import import need
from anet_lite._internal.poster import checked_headers, checked_url
from anet_lite._native import Snapshot
from anet_lite.integrations.otel.events import Events
from anet_lite.integrations.otel.metrics import Metrics
from anet_lite.stream.alarm import StreamAlarm
from anet_lite.tracker import Batched

if TYPE_CHECKING:
    from collections.abc import Mapping

    from anet_lite import Detection
    from anet_lite.tracker import Row


class OtelTracker(Batched):
    """Sends the newest numbers as gauges ``anet.loss``, ``anet.status`` and so on, and each message as an event.

    ``anet.step`` is the newest step, ``anet.incident`` 1 while an incident goes on, and ``anet.alarms`` counts the
    monitor's alarms by ``rule`` and ``status``. OpenTelemetry takes no number that is not finite: such ones are left
    out, and ``anet.nonfinite`` is how many of the newest they are. Streams have ``anet.stream.score``,
    ``anet.stream.p_value`` and ``anet.stream.alarm``, and ``anet.stream.alarms`` counts theirs, all with the attribute
    ``stream``. Of the rows of half a second the newest is sent.

    An event is a log record, named ``anet.incident.opens``, ``anet.incident.changes``, ``anet.incident.ends``,
    ``anet.stream_alarm.opens``, ``anet.stream_alarm.ends`` or ``anet.remark``. Its body is the message, its severity
    ERROR where a run is failing, INFO where something is over, else WARN. ``anet.incident.id`` is the same in all
    events of an incident, ``anet.message.id`` another in each: where a collector's answer is lost the SDK sends again,
    and by it a copy is known.

    The SDK's providers are of this tracker alone: what the program has set up for itself is not touched. The SDK tries
    again what a collector may take later, for ``timeout`` seconds; then the rows count as ``lost``.

    Args:
        endpoint: The collector, such as ``http://127.0.0.1:4318``; by default what ``OTEL_EXPORTER_OTLP_ENDPOINT`` and
            its kin say, else that address.
        run: Name of the run: the resource's ``anet.run``.
        headers: Headers of each request.
        attributes: More attributes of the resource. ``service.name`` is ``anet-lite``, or ``OTEL_SERVICE_NAME``.
        every: Steps, or samples of a stream, from one row to the next; those with an alarm are always sent.
        cooldown: Seconds in which an incident that opens like another gives no event.
        timeout: Seconds for a request, and for ``flush`` and ``close``.
        lang: Language of the messages, ``"en"`` or ``"ja"``.

    Raises:
        ImportError: The extra ``anet-lite[otel]`` is not installed.
        TypeError: ``endpoint`` or a header is no text.
        ValueError: They cannot be sent, ``every`` is below 1, or ``lang`` is another language.

    """

    def __init__(
        self,
        endpoint: str | None = None,
        run: str = "",
        headers: Mapping[str, str] | None = None,
        attributes: Mapping[str, str | bool | int | float] | None = None,
        every: int = 10,
        cooldown: float = 300.0,
        timeout: float = 10.0,
        lang: str = "en",
    ) -> None:
        super().__init__(every, cooldown, timeout, lang=lang)
        named = {
            "service.name": os.environ.get("OTEL_SERVICE_NAME") or "anet-lite",
            **({"anet.run": run} if run else {}),
        }
        resource = need("opentelemetry.sdk.resources", "otel").Resource.create({**named, **(attributes or {})})
        sent = {"headers": checked_headers(headers) if headers else None, "timeout": timeout}
        where = None if endpoint is None else checked_url(endpoint, "endpoint").rstrip("/")
        self._metrics = Metrics(resource, {**sent, **({"endpoint": f"{where}/v1/metrics"} if where else {})})
        self._events = Events(resource, {**sent, **({"endpoint": f"{where}/v1/logs"} if where else {})})

    def _count(self, seen: Snapshot | Detection | StreamAlarm) -> None:
        if isinstance(seen, Snapshot):
            self._metrics.alarms.update((alarm.rule, seen.status) for alarm in seen.alarms)
        elif isinstance(seen, StreamAlarm) and seen.end is None:
            self._metrics.stream_alarms[seen.name] += 1

    def _write(self, rows: list[Row]) -> None:
        for row in rows:
            self._metrics.take(row)
            if row.alert is not None:
                self._events.take(row, row.alert)
        refused = [
            what for what, taken in (("events", self._events.send()), ("metrics", self._metrics.send())) if not taken
        ]
        if refused:
            raise OSError(f"the collector did not take the {' and the '.join(refused)}")

    def _stop(self) -> None:
        self._metrics.stop()
        self._events.stop()
