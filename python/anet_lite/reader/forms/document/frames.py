"""Columns and arrays: frames of pandas in each orientation, Keras' history, lists of numbers and of points."""

from __future__ import annotations

import math
from typing import Any, cast

from anet_lite.reader.forms.memory import flat
from anet_lite.reader.seconds import seconds_of

_SOME = 2
"""Entries from which on an object whose keys are numbers or times is a column."""


def pandas_split(document: Any) -> list[dict[str, Any]] | None:
    """Return the rows of ``columns``, ``index`` and ``data``; None where it is none of these.

    Example:
        >>> from anet_lite.reader.forms.document.frames import pandas_split
        >>> pandas_split({"columns": ["loss"], "index": [0], "data": [[2.5]]})
        [{'index': 0, 'loss': 2.5}]

    """
    if not isinstance(document, dict) or not {"columns", "data"} <= cast("dict[str, Any]", document).keys():
        return None
    found = cast("dict[str, Any]", document)
    names = [str(name) for name in found["columns"]]
    index = found.get("index", [])
    rows: list[dict[str, Any]] = [dict(zip(names, cells)) for cells in found["data"]]
    return [{"index": at, **row} for at, row in zip(index, rows)] if len(index) == len(rows) else rows


def pandas_columns(document: Any) -> list[dict[str, Any]] | None:
    """Return the rows of an object of objects, by column or by row; None where its keys are neither numbers nor times.

    Example:
        >>> from anet_lite.reader.forms.document.frames import pandas_columns
        >>> pandas_columns({"loss": {"0": 2.5, "1": 2.4}, "lr": {"0": 0.1, "1": 0.1}})
        [{'index': '0', 'loss': 2.5, 'lr': 0.1}, {'index': '1', 'loss': 2.4, 'lr': 0.1}]
        >>> pandas_columns({"0": {"loss": 2.5}, "1": {"loss": 2.4}})
        [{'index': '0', 'loss': 2.5}, {'index': '1', 'loss': 2.4}]

    """
    if not isinstance(document, dict) or not document:
        return None
    found = cast("dict[str, Any]", document)
    if _is_index(found):
        return [
            {"index": at, **(flat(cast("dict[str, Any]", row)) if isinstance(row, dict) else {"value": row})}
            for at, row in found.items()
        ]
    if not all(isinstance(column, dict) and _is_index(cast("dict[str, Any]", column)) for column in found.values()):
        return None
    rows: dict[str, dict[str, Any]] = {}
    for name, column in found.items():
        for at, cell in column.items():
            rows.setdefault(at, {"index": at})[name] = cell
    return list(rows.values())


def array(document: Any) -> list[dict[str, Any]] | None:
    """Return the rows of a list of numbers, or of a list of lists; None where it is neither.

    Example:
        >>> from anet_lite.reader.forms.document.frames import array
        >>> array([2.5, 2.4]), array([[1700000000, 2.5]])
        ([{'value': 2.5}, {'value': 2.4}], [{'time': 1700000000, 'value': 2.5}])

    """
    if not isinstance(document, list) or not document:
        return None
    found = cast("list[Any]", document)
    if all(is_cell(cell) for cell in found):
        return [{"value": cell} for cell in found]
    if not all(isinstance(cells, list) for cells in found):
        return None
    names = _names(cast("list[list[Any]]", found))
    if isinstance(found[0][0] if found[0] else None, str) and not _is_time(found[0][0]):  # a header
        return [dict(zip(map(str, found[0]), cells)) for cells in found[1:]]
    return [dict(zip(names, cells)) for cells in found]


def columns(document: Any) -> list[dict[str, Any]] | None:
    """Return the rows of lists of numbers by name; None where there is none.

    Example:
        >>> from anet_lite.reader.forms.document.frames import columns
        >>> columns({"loss": [2.5, 2.4], "params": {"epochs": 2}})
        [{'loss': 2.5}, {'loss': 2.4}]

    """
    if not isinstance(document, dict):
        return None
    named = flat(cast("dict[str, Any]", document))
    lists = {name: cast("list[Any]", cells) for name, cells in named.items() if isinstance(cells, list) and cells}
    kept = {name: cells for name, cells in lists.items() if all(map(is_cell, cells))}
    if not kept:
        return None
    longest = max(map(len, kept.values()))
    kept |= {name: cells for name, cells in lists.items() if len(cells) == longest and all(map(_is_time, cells))}
    return [{name: cells[at] for name, cells in kept.items() if at < len(cells)} for at in range(longest)]


def is_cell(cell: object) -> bool:
    """Return whether something is a number, or a missing one."""
    return cell is None or (isinstance(cell, (int, float)) and not isinstance(cell, bool))


def _is_time(cell: object) -> bool:
    return not math.isnan(seconds_of(cell))


def _is_index(found: dict[str, Any]) -> bool:
    return len(found) >= _SOME and all(key.lstrip("-").isdigit() or _is_time(key) for key in found)


def _names(rows: list[list[Any]]) -> list[str]:
    widest = max(map(len, rows))
    for time, value in ((0, 1), (1, 0)):
        if widest == 2 and all(len(row) == 2 and _is_time(row[time]) for row in rows):
            return ["time", "value"] if time < value else ["value", "time"]
    return [str(at) for at in range(1, widest + 1)]
