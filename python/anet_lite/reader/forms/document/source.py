"""A JSON document as a source of columns."""

from __future__ import annotations

from typing import Any, Callable, cast

from anet_lite._native import AnetValueError
from anet_lite.reader.forms.decoded import bytes_of, text_of
from anet_lite.reader.forms.document.clouds import azure, cloudwatch, datadog, google
from anet_lite.reader.forms.document.databases import grafana, graphite, influxdb
from anet_lite.reader.forms.document.frames import array, columns, pandas_columns, pandas_split
from anet_lite.reader.forms.document.load import loaded
from anet_lite.reader.forms.document.prometheus import prometheus
from anet_lite.reader.forms.memory import RowsInMemory, flat

Shape = Callable[[Any], "list[dict[str, Any]] | None"]


class JsonFile(RowsInMemory):
    """A document that is read at once."""

    def __init__(self, path: str) -> None:
        document = loaded(path, text_of(bytes_of(path))[0])
        for form, shape in _SHAPES:
            rows = _asked(shape, path, document)
            if rows is not None:
                super().__init__(form, [flat(row) for row in rows])
                return
        raise AnetValueError(
            f"{path} holds neither a list of objects, nor a trainer's log_history, nor columns of numbers, nor an "
            "answer of a monitoring system that is known"
        )


def _asked(shape: Shape, path: str, document: Any) -> list[dict[str, Any]] | None:
    """Return a document's rows in a shape. What looks like it and is built otherwise is not of that shape."""
    try:
        return shape(document)
    except AnetValueError as error:
        raise AnetValueError(f"{path}: {error}") from None
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        return None


def _state(document: Any) -> list[dict[str, Any]] | None:
    history = cast("dict[str, Any]", document).get("log_history") if isinstance(document, dict) else None
    return _objects(history)


def _objects(document: Any) -> list[dict[str, Any]] | None:
    """Return a list of objects."""
    found = cast("list[Any]", document) if isinstance(document, list) else None
    return found if found is not None and all(isinstance(row, dict) for row in found) else None


def _below(document: Any) -> list[dict[str, Any]] | None:
    """Return the longest list of objects anywhere in a document, such as the hits of a search."""
    if not isinstance(document, dict):
        return None
    lists = [_objects(value) or [] for value in flat(cast("dict[str, Any]", document)).values()]
    return max(lists, key=len) if any(lists) else None


_SHAPES: tuple[tuple[str, Shape], ...] = (
    ("a trainer's state", _state),
    ("an answer of Prometheus", prometheus),
    ("an answer of InfluxDB", influxdb),
    ("Grafana's data frames", grafana),
    ("series of Graphite", graphite),
    ("series of Datadog", datadog),
    ("metrics of CloudWatch", cloudwatch),
    ("time series of Google Cloud", google),
    ("metrics of Azure", azure),
    ("JSON", _objects),
    ("JSON", pandas_split),
    ("JSON", pandas_columns),
    ("JSON", array),
    ("JSON", columns),
    ("JSON", _below),
)
"""The shapes of documents, those that say the most of themselves first."""
