"""The rows of a file that grows, as they come."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from anet_lite._native import JsonRows, read_cell
from anet_lite.reader.live import LiveReader
from anet_lite.reader.table import Wanted

if TYPE_CHECKING:
    from anet_lite.reader.table import Table
    from anet_lite.reader.text import ReadOptions

_PIECE = 1 << 24


class Tail:
    """Reads what has been added since the last look: JSON lines, or a table in any dialect.

    A file that is not there yet has no rows, one that became shorter is read from its beginning, and a line without its
    end waits for the next look. A line that is no record is passed over.

    Args:
        path: The file.
        options: What is known of it, if it is a table of text.
        start: The byte at which a line of JSON begins that is the first to be read; what was before is known.

    """

    def __init__(self, path: str, options: ReadOptions | None = None, start: int = 0) -> None:
        self.path = path
        self._options = options
        self._begin()
        if start:
            self._at, self._json = start, JsonRows()

    def _begin(self) -> None:
        self.names: list[str] = []
        """Columns seen so far."""
        self._at = 0
        self._json: JsonRows | None = None
        self._live = LiveReader(self._options, choose=_numbers_and_texts, where=self.path)

    def look(self) -> list[dict[str, Any]]:
        """Return the rows that are new.

        Raises:
            OSError: The file cannot be read.
            ValueError: It is no table.

        """
        try:
            with open(self.path, "rb") as file:
                if os.fstat(file.fileno()).st_size < self._at:
                    self._begin()
                file.seek(self._at)
                piece = file.read(_PIECE)
        except FileNotFoundError:
            return []
        if self._json is None and not self._live.form and piece.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
            self._json = JsonRows()
            piece = piece.removeprefix(b"\xef\xbb\xbf")
        self._at += len(piece)
        if self._json is not None:
            return [found for row in self._json.feed(piece) if row and (found := self._object(row))]
        tables = self._live.feed(piece)
        self.names = self._live.names
        return [row for table in tables for row in self._cells(table)]

    def _object(self, row: dict[str, Any]) -> dict[str, Any]:
        self.names += [name for name in row if name not in self.names]
        return {name: cell for name, cell in row.items() if cell is not None}

    def _cells(self, table: Table) -> list[dict[str, Any]]:
        """Return rows with the cells that are given; a text that is a number in the table's way of writing is one."""
        layout = self._live.layout
        assert layout is not None
        rows: list[dict[str, Any]] = [{} for _ in range(table.rows)]
        for name, (values, given) in table.numbers.items():
            for at in given.nonzero()[0].tolist():
                rows[at][name] = float(values[at])
        for name, column in table.keys.items():
            cells = [_value(label, layout.decimal, layout.thousands) for label in column.labels]
            for row, code in zip(rows, column.codes.tolist()):
                if cells[code] != "":
                    row[name] = cells[code]
        return [row for row in rows if row]


def _numbers_and_texts(live: LiveReader) -> Wanted:
    """Choose every column: what is not known for numbers as texts."""
    numbers = tuple(name for name, kind in live.kinds.items() if kind == "number")
    return Wanted(numbers=numbers, keys=tuple(name for name in live.names if name not in numbers))


def _value(label: str, decimal: str, thousands: str) -> Any:
    found = read_cell(label, decimal, thousands) if label else None
    return found[0] if found and not found[1] and label.lower() not in ("true", "false") else label
