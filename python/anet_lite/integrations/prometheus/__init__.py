"""Prometheus: a page that it scrapes, or a text file for the node exporter's textfile collector."""

from anet_lite.integrations.prometheus.collector import GAUGES, STREAM_GAUGES
from anet_lite.integrations.prometheus.tracker import PrometheusTracker

__all__ = ["GAUGES", "STREAM_GAUGES", "PrometheusTracker"]
