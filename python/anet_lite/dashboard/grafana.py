"""The table of panels as a dashboard that Grafana imports, from its version 10 on."""

from __future__ import annotations

from typing import Any

from anet_lite.dashboard.panels import SECTIONS, Panel, mappings

_SOURCE = {"type": "prometheus", "uid": "${datasource}"}
_COLUMNS, _HEIGHT = 24, 8


def grafana_dashboard(title: str = "anet-lite", uid: str = "anet-lite") -> dict[str, Any]:
    """Return a dashboard of streams and training runs, as the JSON object that Grafana imports.

    It asks for nothing when it is imported: the Prometheus to read from, and the streams to show, are chosen in the
    dashboard. Its metrics are those that ``PrometheusTracker`` writes.

    Args:
        title: The title of the dashboard.
        uid: What Grafana knows it by: an import of the same ``uid`` takes the place of the one before.

    Example:
        >>> from anet_lite.dashboard import grafana_dashboard
        >>> [panel["title"] for panel in grafana_dashboard()["panels"]][:3]
        ['Streams', 'Alarms', 'Score']

    """
    return {
        "id": None,
        "uid": uid,
        "title": title,
        "description": "What anet-lite says of streams and of training runs.",
        "tags": ["anet-lite"],
        "schemaVersion": 39,
        "version": 1,
        "editable": True,
        "refresh": "30s",
        "time": {"from": "now-6h", "to": "now"},
        "timezone": "",
        "templating": {"list": [_source_choice(), _stream_choice()]},
        "annotations": {"list": []},
        "panels": _placed(),
    }


def _source_choice() -> dict[str, Any]:
    return {"name": "datasource", "label": "Prometheus", "type": "datasource", "query": "prometheus", "current": {}}


def _stream_choice() -> dict[str, Any]:
    values = "label_values(anet_stream_last_sample_timestamp_seconds, stream)"
    return {
        "name": "stream",
        "label": "Stream",
        "type": "query",
        "datasource": _SOURCE,
        "query": {"query": values, "refId": "stream"},
        "refresh": 2,
        "sort": 1,
        "multi": True,
        "includeAll": True,
        "allValue": ".*",
        "current": {"text": "All", "value": "$__all"},
    }


def _placed() -> list[dict[str, Any]]:
    """Return all panels, from left to right and line by line, each section under its heading."""
    placed, y = list[dict[str, Any]](), 0
    for heading, panels in SECTIONS.items():
        placed.append(_heading(len(placed) + 1, heading, y))
        x, y = 0, y + 1
        for panel in panels:
            if x + panel.width > _COLUMNS:
                x, y = 0, y + _HEIGHT
            place = {"x": x, "y": y, "w": panel.width, "h": _HEIGHT}
            placed.append({"id": len(placed) + 1, "gridPos": place, **_panel(panel)})
            x += panel.width
        y += _HEIGHT
    return placed


def _heading(number: int, title: str, y: int) -> dict[str, Any]:
    place = {"x": 0, "y": y, "w": _COLUMNS, "h": 1}
    return {"id": number, "type": "row", "title": title, "collapsed": False, "gridPos": place, "panels": []}


def _panel(panel: Panel) -> dict[str, Any]:
    targets = [
        {"refId": chr(ord("A") + at), "datasource": _SOURCE, "expr": expression, "legendFormat": "__auto"}
        for at, expression in enumerate(panel.expressions)
    ]
    defaults = {
        "unit": panel.unit,
        "mappings": mappings(panel.states),
        "thresholds": {"mode": "absolute", "steps": _steps(panel.line)},
        "custom": _drawn(panel) if panel.kind == "timeseries" else {},
    }
    return {
        "type": panel.kind,
        "title": panel.title,
        "datasource": _SOURCE,
        "targets": targets,
        "fieldConfig": {"defaults": defaults, "overrides": []},
        "options": {},
    }


def _steps(line: float | None) -> list[dict[str, Any]]:
    base: list[dict[str, Any]] = [{"color": "green", "value": None}]
    return base if line is None else [*base, {"color": "red", "value": line}]


def _drawn(panel: Panel) -> dict[str, Any]:
    scale = {"type": "log", "log": 10} if panel.logarithmic else {"type": "linear"}
    line = "off" if panel.line is None else "line"
    return {"scaleDistribution": scale, "thresholdsStyle": {"mode": line}, "spanNulls": False}
