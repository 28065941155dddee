"""OpenTelemetry: numbers as metrics, messages as events, sent by its own SDK as OTLP over HTTP."""

from anet_lite.integrations.otel.tracker import OtelTracker

__all__ = ["OtelTracker"]
