"""One JSON document: a trainer's state as Transformers saves it, a list of objects, or columns as Keras has them."""

from __future__ import annotations

import json
from typing import Any, cast

from anet_lite._native import AnetValueError
from anet_lite.reader.forms.decoded import bytes_of, lines_of, text_of
from anet_lite.reader.forms.memory import RowsInMemory, flat


class JsonFile(RowsInMemory):
    """A document that is read at once."""

    def __init__(self, path: str) -> None:
        document = _loaded(path, text_of(bytes_of(path))[0])
        is_state = isinstance(document, dict) and "log_history" in document
        rows = _rows(path, cast("dict[str, Any]", document)["log_history"] if is_state else document)
        super().__init__("a trainer's state" if is_state else "JSON", [flat(row) for row in rows])


def _loaded(path: str, text: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError:
        raise AnetValueError(f"{path} is nested too deep to be read") from None
    except ValueError as error:
        lines = lines_of(text)
        if len(lines) > 1 and lines[0].strip().endswith("}"):  # JSON lines with the wrong ending
            return [_loaded(path, line) for line in lines if line.strip()]
        raise AnetValueError(f"{path} is not JSON: {error}") from None


def _rows(path: str, found: Any) -> list[dict[str, Any]]:
    if isinstance(found, list) and all(isinstance(row, dict) for row in cast("list[Any]", found)):
        return cast("list[dict[str, Any]]", found)
    lists = _lists(cast("dict[str, Any]", found)) if isinstance(found, dict) else {}
    columns = {name: cells for name, cells in lists.items() if cells and all(map(_is_cell, cells))}
    if columns:
        return [
            {name: cells[at] for name, cells in columns.items() if at < len(cells)}
            for at in range(max(map(len, columns.values())))
        ]
    if len(lists) == 1:
        return _rows(path, *lists.values())
    raise AnetValueError(f"{path} holds neither a list of objects, nor a trainer's log_history, nor columns of numbers")


def _lists(found: dict[str, Any]) -> dict[str, list[Any]]:
    return {name: cast("list[Any]", value) for name, value in flat(found).items() if isinstance(value, list)}


def _is_cell(cell: object) -> bool:
    return cell is None or (isinstance(cell, (int, float)) and not isinstance(cell, bool))
