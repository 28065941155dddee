"""What Prometheus answers to a query, over a range or of an instant.

Thanos, Mimir and VictoriaMetrics answer the same.
"""

from __future__ import annotations

from typing import Any, cast

from anet_lite._native import AnetValueError
from anet_lite.reader.number import number_of

SERIES, TIME, VALUE = "series", "time", "value"
"""Columns of every table of series: the name of the series, the time, the value."""


def prometheus(document: Any) -> list[dict[str, Any]] | None:
    """Return a row for each sample, with its labels; None where it is no answer of Prometheus.

    Example:
        >>> from anet_lite.reader.forms.document.prometheus import prometheus
        >>> found = {"metric": {"__name__": "up", "job": "a"}, "values": [[1700000000, "1"]]}
        >>> prometheus({"status": "success", "data": {"resultType": "matrix", "result": [found]}})
        [{'time': 1700000000, 'series': 'up{job="a"}', 'job': 'a', 'value': 1.0}]

    """
    if not isinstance(document, dict):
        return None
    answer = cast("dict[str, Any]", document)
    if answer.get("status") == "error" and "error" in answer:
        raise AnetValueError(f"the answer of Prometheus is an error: {answer['error']}")
    data = answer.get("data", answer)
    if not isinstance(data, dict) or "resultType" not in data:
        return None
    found = cast("dict[str, Any]", data)
    if found["resultType"] == "scalar":
        return [_sample("", {}, found["result"])]
    return [row for each in found.get("result", []) for row in _series(each)]


def labelled(name: str, labels: dict[str, Any]) -> str:
    """Return the name of a series with its labels, as Prometheus writes it."""
    inside = ", ".join(f'{label}="{value}"' for label, value in labels.items())
    return f"{name}{{{inside}}}" if inside else name


def _series(found: dict[str, Any]) -> list[dict[str, Any]]:
    labels = {str(label): value for label, value in found.get("metric", {}).items()}
    name = labelled(str(labels.pop("__name__", "")), labels)
    points = found.get("values", [found["value"]] if "value" in found else [])
    return [_sample(name, labels, point) for point in points]


def _sample(name: str, labels: dict[str, Any], point: list[Any]) -> dict[str, Any]:
    return {TIME: point[0], SERIES: name, **labels, VALUE: number_of(point[1])}
