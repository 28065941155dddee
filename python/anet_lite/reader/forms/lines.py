"""JSON lines of any length, read by the core piece by piece."""

from __future__ import annotations

import os
from itertools import islice
from typing import TYPE_CHECKING, Any

from anet_lite._internal.json_line import object_of
from anet_lite._native import AnetValueError, JsonReader, JsonRows
from anet_lite.reader.forms.decoded import bytes_of, lines_of, text_of
from anet_lite.reader.forms.memory import RowsInMemory, flat
from anet_lite.reader.rows import rows_of
from anet_lite.reader.table import Table, of_rows
from anet_lite.reader.text.column_kinds import column_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anet_lite.reader.table import Progress, Wanted
    from anet_lite.reader.text.layout import TextColumn

_PIECE = 1 << 23
_LOOKED_AT = 1000
"""Lines from which the columns of JSON lines are found."""


class JsonLines:
    """An object a line."""

    form = "JSON lines"

    def __init__(self, path: str) -> None:
        rows = [row for row in islice(rows_of(path, JsonRows()), _LOOKED_AT) if row]
        columns = columns_of(rows)
        self.path: str = path
        self.names: list[str] = list(columns)
        self.kinds: dict[str, str] = {name: column.kind for name, column in columns.items()}
        self.counters: set[str] = {name for name, column in columns.items() if column.counts}
        """Columns of numbers that only count the rows."""

    def pieces(self, wanted: Wanted, progress: Progress) -> Iterator[Table]:
        """Read some of its columns."""
        yield from self._rows(wanted, progress) if wanted.keys or wanted.times else self._columns(wanted, progress)

    def _columns(self, wanted: Wanted, progress: Progress) -> Iterator[Table]:
        """Read numbers and texts, by the core."""
        reader = JsonReader(list(wanted.numbers), list(wanted.texts))
        try:
            for piece in self._bytes(progress):
                reader.feed(piece)
        except AnetValueError as error:
            raise AnetValueError(f"{self.path}: row {reader.rows + 1}: {error}") from None
        reader.finish()
        yield Table(reader.rows, dict(zip(wanted.numbers, reader.numbers())), dict(zip(wanted.texts, reader.texts())))

    def _rows(self, wanted: Wanted, progress: Progress) -> Iterator[Table]:
        """Read times and names of series too, row by row."""
        rows = JsonRows()
        for piece in self._bytes(progress):
            yield of_rows([row for row in rows.feed(piece) if row], wanted)
        yield of_rows([row for row in rows.finish() if row], wanted)

    def _bytes(self, progress: Progress) -> Iterator[bytes]:
        total, done = os.path.getsize(self.path) or 1, 0
        with open(self.path, "rb") as file:
            while piece := file.read(_PIECE):
                yield piece
                done += len(piece)
                progress(done / total)


class NestedJsonLines(RowsInMemory):
    """An object a line, with objects in it: their members become columns by their path."""

    def __init__(self, path: str) -> None:
        text, _ = text_of(bytes_of(path))
        found = (object_of(line) for line in lines_of(text))
        super().__init__("JSON lines", [flat(row) for row in found if row])


def columns_of(rows: list[dict[str, Any]]) -> dict[str, TextColumn]:
    """Return the columns of objects by some of them, as if they were written in a table."""
    names = dict.fromkeys(name for row in rows for name in row)
    cells = {name: [str(row[name]) for row in rows if row.get(name) is not None] for name in names}
    return {name: column_of(name, at, cells[name], (".", ""), ()) for at, name in enumerate(names)}
