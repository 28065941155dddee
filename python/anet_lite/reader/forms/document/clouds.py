"""What the monitoring services of Datadog, Amazon, Google and Azure hand out."""

from __future__ import annotations

from typing import Any, cast

from anet_lite.reader.forms.document.prometheus import SERIES, TIME, VALUE, labelled
from anet_lite.reader.seconds import seconds_of


def datadog(document: Any) -> list[dict[str, Any]] | None:
    """Return a row for each point of Datadog's series; None where it holds none.

    Example:
        >>> from anet_lite.reader.forms.document.clouds import datadog
        >>> datadog({"series": [{"metric": "cpu", "scope": "host:a", "pointlist": [[1700000000000.0, 2.5]]}]})
        [{'time': 1700000000000.0, 'series': 'cpu, host:a', 'value': 2.5}]

    """
    rows: list[dict[str, Any]] = []
    for each in _objects(document, "series"):
        name = ", ".join(str(part) for part in (each.get("metric"), each.get("scope")) if part)
        for point in each.get("pointlist", each.get("points", [])):
            at: Any = ("timestamp", "value") if isinstance(point, dict) else (0, 1)
            rows.append({TIME: point[at[0]], SERIES: name, VALUE: point[at[1]]})
    return rows or None


def cloudwatch(document: Any) -> list[dict[str, Any]] | None:
    """Return a row for each point of CloudWatch, in the order of time; None where it holds none.

    Example:
        >>> from anet_lite.reader.forms.document.clouds import cloudwatch
        >>> cloudwatch({"Label": "CPU", "Datapoints": [{"Timestamp": "2024-01-01T00:00:00Z", "Average": 2.5}]})
        [{'Timestamp': '2024-01-01T00:00:00Z', 'Average': 2.5}]

    """
    points = sorted(_objects(document, "Datapoints"), key=lambda point: seconds_of(point.get("Timestamp")))
    rows: list[dict[str, Any]] = []
    for each in _objects(document, "MetricDataResults"):
        found = sorted(zip(each.get("Timestamps", []), each.get("Values", [])), key=lambda point: seconds_of(point[0]))
        rows += [{TIME: time, SERIES: each.get("Label") or each.get("Id", ""), VALUE: value} for time, value in found]
    return points or rows or None


def google(document: Any) -> list[dict[str, Any]] | None:
    """Return a row for each point of Google's time series, in the order of time; None where it holds none.

    Example:
        >>> from anet_lite.reader.forms.document.clouds import google
        >>> point = {"interval": {"endTime": "2024-01-01T00:00:00Z"}, "value": {"doubleValue": 2.5}}
        >>> google({"timeSeries": [{"metric": {"type": "cpu"}, "points": [point]}]})
        [{'time': '2024-01-01T00:00:00Z', 'series': 'cpu', 'value': 2.5}]

    """
    rows: list[dict[str, Any]] = []
    for each in _objects(document, "timeSeries"):
        metric, resource = each.get("metric", {}), each.get("resource", {})
        name = labelled(metric.get("type", ""), {**metric.get("labels", {}), **resource.get("labels", {})})
        for point in reversed(each.get("points", [])):
            value = next(iter(point["value"].values()), None)
            rows.append({TIME: point["interval"]["endTime"], SERIES: name, VALUE: value})
    return rows or None


def azure(document: Any) -> list[dict[str, Any]] | None:
    """Return a row for each point of Azure Monitor; None where it holds none.

    Example:
        >>> from anet_lite.reader.forms.document.clouds import azure
        >>> data = [{"timeStamp": "2024-01-01T00:00:00Z", "average": 2.5}]
        >>> azure({"value": [{"name": {"value": "CPU"}, "timeseries": [{"data": data}]}]})
        [{'series': 'CPU', 'time': '2024-01-01T00:00:00Z', 'average': 2.5}]

    """
    rows: list[dict[str, Any]] = []
    for metric in _objects(document, "value"):
        name = metric.get("name")
        for each in metric.get("timeseries", []):
            tags = {str(tag["name"]["value"]): tag["value"] for tag in each.get("metadatavalues", [])}
            title = labelled(str(cast("dict[str, Any]", name)["value"] if isinstance(name, dict) else name), tags)
            rows += [{SERIES: title, TIME: point.pop("timeStamp"), **point} for point in map(dict, each["data"])]
    return rows or None


def _objects(document: Any, name: str) -> list[dict[str, Any]]:
    found = cast("dict[str, Any]", document).get(name) if isinstance(document, dict) else None
    objects = cast("list[Any]", found) if isinstance(found, list) else []
    return cast("list[dict[str, Any]]", objects) if all(isinstance(each, dict) for each in objects) else []
