"""JSON lines and CSV of any length, read by the core piece by piece."""

from __future__ import annotations

import os
from itertools import islice
from typing import TYPE_CHECKING

from anet_lite._internal.json_line import object_of
from anet_lite._native import AnetValueError, CsvRows, JsonRows, TableReader
from anet_lite.reader.forms.decoded import bytes_of, lines_of, text_of
from anet_lite.reader.forms.memory import RowsInMemory, flat
from anet_lite.reader.rows import rows_of
from anet_lite.reader.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anet_lite.reader.table import Progress, Wanted

_PIECE = 1 << 23
_LOOKED_AT = 1000
"""Lines from which the columns of JSON lines are found."""


class _Lines:
    """A file of lines: its path, its form, the names of its columns, and how it spells what is not finite."""

    def __init__(self, path: str, form: str, names: list[str], spelling: str) -> None:
        self.path: str = path
        self.form: str = form
        self.names: list[str] = names
        self._spelling = spelling

    def pieces(self, wanted: Wanted, progress: Progress) -> Iterator[Table]:
        """Read some of its columns."""
        reader = TableReader(self._spelling, list(wanted.numbers), list(wanted.texts))
        total, done = os.path.getsize(self.path) or 1, 0
        with open(self.path, "rb") as file:
            while piece := file.read(_PIECE):
                try:
                    reader.feed(piece)
                except AnetValueError as error:
                    raise AnetValueError(f"{self.path}: row {reader.rows + 1}: {error}") from None
                done += len(piece)
                progress(done / total)
        reader.finish()
        yield Table(reader.rows, dict(zip(wanted.numbers, reader.numbers())), dict(zip(wanted.texts, reader.texts())))


class JsonLines(_Lines):
    """An object a line."""

    def __init__(self, path: str) -> None:
        names: dict[str, None] = {}
        for row in islice(rows_of(path, JsonRows()), _LOOKED_AT):
            names.update(dict.fromkeys(row or {}))
        super().__init__(path, "JSON lines", list(names), "jsonl")


class NestedJsonLines(RowsInMemory):
    """An object a line, with objects in it: their members become columns by their path."""

    def __init__(self, path: str) -> None:
        text, _ = text_of(bytes_of(path))
        found = (object_of(line) for line in lines_of(text))
        super().__init__("JSON lines", [flat(row) for row in found if row])


class CsvLines(_Lines):
    """A header, then values with commas, semicolons or tabs between them."""

    def __init__(self, path: str, head: bytes) -> None:
        first = lines_of(head.decode("utf-8-sig", errors="replace"))[0]
        delimiter = max(",;\t", key=first.count)
        reader = CsvRows(delimiter)
        fields = next(iter([*reader.feed(first.encode()), *reader.finish()]), None)
        if fields is None:
            raise AnetValueError(f"{path}: a quote in its first line is not closed there")
        names = [name.strip() for name in fields]
        super().__init__(path, "CSV", names, delimiter)
