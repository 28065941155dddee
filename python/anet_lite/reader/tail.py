"""The rows of a file that grows, as they come."""

from __future__ import annotations

import os
from typing import Any

from anet_lite._native import CsvRows, JsonRows

_PIECE = 1 << 24


class Tail:
    """Reads what has been added since the last look: JSON lines, or a CSV with a header.

    A file that is not there yet has no rows, one that became shorter is read from its beginning, and a line without its
    end waits for the next look. A line that is no record is passed over.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.names: list[str] = []
        """Columns seen so far."""
        self._at = 0
        self._rows: JsonRows | CsvRows | None = None

    def look(self) -> list[dict[str, Any]]:
        """Return the rows that are new."""
        try:
            with open(self.path, "rb") as file:
                if os.fstat(file.fileno()).st_size < self._at:
                    self._at, self._rows, self.names = 0, None, []
                file.seek(self._at)
                piece = file.read(_PIECE)
        except FileNotFoundError:
            return []
        self._at += len(piece)
        start = piece.lstrip()
        if self._rows is None and start:
            self._rows = JsonRows() if start.startswith(b"{") else CsvRows()
        if isinstance(self._rows, JsonRows):
            rows = [self._object(row) for row in self._rows.feed(piece) if row]
        else:
            rows = [self._fields(row) for row in self._rows.feed(piece) if row] if self._rows else []
        return [row for row in rows if row]

    def _object(self, row: dict[str, Any]) -> dict[str, Any]:
        self.names += [name for name in row if name not in self.names]
        return {name: cell for name, cell in row.items() if cell is not None}

    def _fields(self, cells: list[str]) -> dict[str, Any]:
        if not self.names:
            self.names = [name.strip().lstrip("\ufeff") for name in cells]
            return {}
        return {name: cell for name, cell in zip(self.names, cells) if cell}
