"""The rows of a file, by the core."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator

Row = TypeVar("Row")

_PIECE = 1 << 20


class Rows(Protocol[Row]):
    """What makes rows of bytes: ``JsonRows`` or ``CsvRows``."""

    def feed(self, data: bytes) -> list[Row]:
        """Return the rows that end in these bytes."""
        ...

    def finish(self) -> list[Row]:
        """Return a last row without a newline."""
        ...


def rows_of(path: str, reader: Rows[Row], end: int = sys.maxsize) -> Iterator[Row]:
    """Yield the rows of a file, or of its first bytes, read piece by piece."""
    with open(path, "rb") as file:
        while piece := file.read(min(_PIECE, end - file.tell())):
            yield from reader.feed(piece)
    yield from reader.finish()
