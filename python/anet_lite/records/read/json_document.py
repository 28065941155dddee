"""One JSON document: the state that Transformers' Trainer saves, or a list of objects."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from anet_lite._native import AnetValueError
from anet_lite.records.read.table import Table, of_rows

if TYPE_CHECKING:
    from anet_lite.records.read.table import Progress


class JsonFile:
    """A document that is read at once."""

    def __init__(self, path: str) -> None:
        with open(path, encoding="utf-8") as file:
            text = file.read()
        document = _loaded(path, text)
        is_state = isinstance(document, dict) and "log_history" in document
        self.form = "a trainer's state" if is_state else "JSON"
        self._rows = _rows(path, document["log_history"] if is_state else document)
        self.names: list[str] = list(dict.fromkeys(name for row in self._rows for name in row))

    def read(self, numbers: list[str], texts: list[str], progress: Progress) -> Table:
        """Return some of its columns."""
        progress(1.0)
        return of_rows(self._rows, numbers, texts)


def _loaded(path: str, text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        lines = text.splitlines()
        if len(lines) > 1 and lines[0].strip().endswith("}"):  # JSON lines with the wrong ending
            return [_loaded(path, line) for line in lines if line.strip()]
        raise AnetValueError(f"{path} is not JSON: {error}") from None


def _rows(path: str, found: Any) -> list[dict[str, Any]]:
    if isinstance(found, list) and all(isinstance(row, dict) for row in found):  # pyright: ignore[reportUnknownVariableType]
        return found  # pyright: ignore[reportUnknownVariableType]
    raise AnetValueError(f"{path} holds neither a list of objects nor a trainer's log_history")
