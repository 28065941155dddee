"""What InfluxDB answers to a query, and the frames and series that Grafana and Graphite hand out."""

from __future__ import annotations

from typing import Any, cast

from anet_lite.reader.forms.document.prometheus import SERIES, TIME, VALUE, labelled


def influxdb(document: Any) -> list[dict[str, Any]] | None:
    """Return a row for each row of each series, with its tags; None where it is no answer of InfluxDB.

    Example:
        >>> from anet_lite.reader.forms.document.databases import influxdb
        >>> found = {"name": "cpu", "columns": ["time", "mean"], "values": [[1700000000000, 2.5]]}
        >>> influxdb({"results": [{"series": [found]}]})
        [{'series': 'cpu', 'time': 1700000000000, 'mean': 2.5}]

    """
    results = cast("dict[str, Any]", document).get("results") if isinstance(document, dict) else None
    if not isinstance(results, list):
        return None
    series = [each for result in cast("list[dict[str, Any]]", results) for each in result.get("series", [])]
    rows: list[dict[str, Any]] = []
    for each in series:
        tags = {str(tag): value for tag, value in each.get("tags", {}).items()}
        name = labelled(each.get("name", ""), tags)
        rows += [{SERIES: name, **tags, **dict(zip(each["columns"], cells))} for cells in each.get("values", [])]
    return rows or None


def grafana(document: Any) -> list[dict[str, Any]] | None:
    """Return a row for each point of Grafana's data frames; None where it holds none.

    Example:
        >>> from anet_lite.reader.forms.document.databases import grafana
        >>> schema = {"fields": [{"name": "time"}, {"name": "cpu", "labels": {"host": "a"}}]}
        >>> grafana({"schema": schema, "data": {"values": [[1700000000000], [2.5]]}})
        [{'time': 1700000000000, 'series': 'cpu{host="a"}', 'value': 2.5}]

    """
    if not isinstance(document, dict):
        return None
    found = cast("dict[str, Any]", document)
    answers = cast("dict[str, Any]", found.get("results") or {}) if isinstance(found.get("results"), dict) else {}
    frames: list[Any] = [frame for each in answers.values() for frame in each.get("frames", [])] or [found]
    return [row for frame in frames for row in _frame(frame)] or None


def graphite(document: Any) -> list[dict[str, Any]] | None:
    """Return a row for each point of ``target`` and ``datapoints``; None where it holds none.

    Example:
        >>> from anet_lite.reader.forms.document.databases import graphite
        >>> graphite([{"target": "cpu", "datapoints": [[2.5, 1700000000]]}])
        [{'time': 1700000000, 'series': 'cpu', 'value': 2.5}]

    """
    if not isinstance(document, list) or not document or not all(map(_is_target, cast("list[Any]", document))):
        return None
    return [
        {TIME: time, SERIES: each["target"], VALUE: value}
        for each in cast("list[dict[str, Any]]", document)
        for value, time in each["datapoints"]
    ]


def _is_target(found: Any) -> bool:
    return isinstance(found, dict) and "target" in found and "datapoints" in found


def _frame(frame: dict[str, Any]) -> list[dict[str, Any]]:
    data = frame.get("data")
    if "schema" not in frame or not isinstance(data, dict) or "values" not in data:
        return []
    columns, described = cast("dict[str, Any]", data)["values"], frame["schema"].get("fields", [])
    times = next((at for at, each in enumerate(described) if each.get("type") == "time"), 0)
    return [
        {TIME: time, SERIES: labelled(each.get("name", ""), each.get("labels") or {}), VALUE: value}
        for at, each in enumerate(described)
        if at != times
        for time, value in zip(columns[times], columns[at])
    ]
