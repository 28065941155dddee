"""Messages, as events of OpenTelemetry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anet_lite._internal.optional_import import need
from anet_lite.stream.alarm import StreamAlarm

if TYPE_CHECKING:
    from anet_lite.tracker import Alert, Row

_LEVELS = {"critical": "ERROR", "warning": "WARN", "info": "INFO"}


class Events:
    """Messages, as log records that have a name.

    Args:
        resource: What they are told of.
        options: Arguments of the exporter.

    """

    def __init__(self, resource: Any, options: dict[str, Any]) -> None:
        sdk, export = need("opentelemetry.sdk._logs", "otel"), need("opentelemetry.sdk._logs.export", "otel")
        exporter = need("opentelemetry.exporter.otlp.proto.http._log_exporter", "otel")
        self._levels = need("opentelemetry._logs", "otel").SeverityNumber
        self._exporter, self._kept = exporter.OTLPLogExporter(**options), export.InMemoryLogRecordExporter()
        self._provider = sdk.LoggerProvider(resource=resource, shutdown_on_exit=False)
        self._provider.add_log_record_processor(export.SimpleLogRecordProcessor(self._kept))
        self._logger = self._provider.get_logger("anet_lite")

    def take(self, row: Row, alert: Alert) -> None:
        """Take a message."""
        level, of = _LEVELS[alert.severity], "incident" if row.stream is None else "stream_alarm"
        attributes = {
            "anet.incident.id": alert.incident,
            "anet.message.id": alert.key,
            "anet.title": alert.title,
            "anet.status": alert.status,
            "anet.step": row.step,
            "anet.since": alert.since,
            "anet.rules": [alarm.rule for alarm in alert.alarms if not isinstance(alarm, StreamAlarm)],
            **({} if row.stream is None else {"anet.stream": row.stream}),
        }
        self._logger.emit(
            timestamp=int(row.time * 1e9), severity_number=self._levels[level], severity_text=level, body=alert.text,
            attributes=attributes, event_name="anet.remark" if alert.kind == "remark" else f"anet.{of}.{alert.kind}",
        )  # fmt: skip

    def send(self) -> bool:
        """Send them; return whether the collector took them."""
        events = self._kept.get_finished_logs()
        self._kept.clear()
        return not events or self._exporter.export(events).name == "SUCCESS"

    def stop(self) -> None:
        """Let go of the connection."""
        self._provider.shutdown()
        self._exporter.shutdown()
