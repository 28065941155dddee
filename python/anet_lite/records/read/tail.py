"""The rows of a file that grows, as they come."""

from __future__ import annotations

import csv
import os
from typing import Any

from anet_lite._internal.json_line import object_of

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
        self._rest = b""
        self._json = False

    def look(self) -> list[dict[str, Any]]:
        """Return the rows that are new."""
        try:
            with open(self.path, "rb") as file:
                if os.fstat(file.fileno()).st_size < self._at:
                    self._at, self._rest, self.names = 0, b"", []
                file.seek(self._at)
                piece = file.read(_PIECE)
        except FileNotFoundError:
            return []
        self._at += len(piece)
        whole, newline, rest = (self._rest + piece).rpartition(b"\n")
        self._rest = rest
        lines = whole.decode("utf-8", errors="replace").splitlines() if newline else []
        rows = (self._row(line) for line in lines if line.strip())
        return [row for row in rows if row]

    def _row(self, line: str) -> dict[str, Any]:
        if not self.names:
            self._json = line.lstrip().startswith("{")
        if self._json:
            row = object_of(line) or {}
            self.names += [name for name in row if name not in self.names]
            return {name: cell for name, cell in row.items() if cell is not None}
        cells = next(csv.reader([line]))
        if not self.names:
            self.names = [name.strip().lstrip("\ufeff") for name in cells]
            return {}
        return {name: cell for name, cell in zip(self.names, cells) if cell}
