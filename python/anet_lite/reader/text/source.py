"""A table of text as a source of columns."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from anet_lite._native import AnetValueError, DelimitedReader
from anet_lite.reader.table import Keys, Table, of_rows
from anet_lite.reader.text.decode import Utf8
from anet_lite.reader.text.remarks import remarks_of
from anet_lite.reader.text.unpack import unpacked

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from anet_lite.reader.table import Progress, Wanted
    from anet_lite.reader.text.layout import Layout
    from anet_lite.reader.text.unpack import Readable


class TableSource:
    """A table of text: a file, or bytes in memory, which are read again for each call, or a stream, which is read once.

    Args:
        where: The file's path, or what a stream is called.
        layout: How it is written.
        encoding: Python's name of its encoding; "" finds it.
        stream: What is read instead of the file.

    """

    def __init__(self, where: str, layout: Layout, encoding: str = "", stream: Readable | None = None) -> None:
        self.layout = layout
        self.form: str = f"a table with {layout}" if layout.width > 1 else f"a table of {layout}"
        self.names: list[str] = layout.names
        self.kinds: dict[str, str] = layout.kinds
        self.counters: set[str] = {column.name for column in layout.columns if column.counts}
        """Columns of numbers that only count the rows."""
        self.zone: dict[str, int | None] = {}
        """Seconds that the zone of a column of times is ahead of UTC, once it is read."""
        self._where, self._encoding, self._stream = where, encoding, stream
        self._said = list(layout.remarks)

    def remarks(self) -> list[str]:
        """Return what was taken for what, and after reading what could not be read, a sentence each."""
        return list(self._said)

    def pieces(self, wanted: Wanted, progress: Progress) -> Iterator[Table]:
        """Read some columns, piece by piece.

        Raises:
            OSError: The file cannot be read.
            ValueError: A column that is wanted as a time holds none.

        """
        specs = specs_of(self.layout, wanted, self._where)
        reader = reader_of(self.layout, [spec for _, _, spec in specs])
        text = Utf8(self._encoding)
        for piece in self._text(text, progress):
            reader.feed(piece)
            yield table_of(reader, specs, wanted)
        reader.finish()
        yield table_of(reader, specs, wanted)
        self._end(reader, specs, text)
        progress(1.0)

    def _text(self, text: Utf8, progress: Progress) -> Iterator[bytes]:
        """Give the text behind the header."""
        skip = self.layout.skip
        with self._open() as file:
            total = 0 if self._stream else os.path.getsize(self._where)
            done = 0
            for piece in unpacked(file, self._where):
                part = text.feed(piece)
                yield part[skip:]
                skip = max(0, skip - len(part))
                done += len(piece)
                if total:  # a packed file is read before its end is counted
                    progress(min(1.0, done / total))
        yield text.finish()[skip:]

    @contextmanager
    def _open(self) -> Generator[Readable]:
        if self._stream is not None:
            yield self._stream
            return
        with open(self._where, "rb") as file:
            yield file

    def _end(self, reader: DelimitedReader, specs: list[Spec], text: Utf8) -> None:
        # A column that is read as names too lacks nothing that is no number.
        either = {name for name, use, _ in specs if use == "keys"}
        told = {at: name for at, (name, use, _) in enumerate(specs) if use == "keys" or name not in either}
        said = remarks_of(self.layout, reader, told)
        if text.damaged:
            said.append(f"some characters are none of {text.name}; --encoding names another")
        self._said = [*self.layout.remarks, *said]
        self.zone = {name: reader.zone(at) for at, (name, use, _) in enumerate(specs) if use == "times"}


Spec = tuple[str, str, "tuple[str, int, int | None]"]
"""A wanted column's name, what it is wanted as, and how the core calls that."""


def specs_of(layout: Layout, wanted: Wanted, where: str) -> list[Spec]:
    """Return what the core is to read; a column that is not there is none of it.

    Raises:
        ValueError: A column that is wanted as a time holds none.

    """
    uses = {"numbers": wanted.numbers, "texts": wanted.texts, "keys": wanted.keys, "times": wanted.times}
    found = list[Spec]()
    for use, names in uses.items():
        for name in names:
            column = layout.column(name)
            if column is None:
                continue
            if use == "times" and not column.style:
                raise AnetValueError(f"{where}: column {name!r} holds no times; --time names one that does")
            kind = {"numbers": "flag" if column.kind == "flag" else "number", "texts": "text", "keys": "key"}
            second = column.second if use == "times" else None
            found.append((name, use, (kind.get(use, column.style), column.field, second)))
    return found


def reader_of(
    layout: Layout, columns: list[tuple[str, int, int | None]], longest_quote: int = 1 << 20
) -> DelimitedReader:
    """Return the core's reader of some columns of a table."""
    from anet_lite._native import missing_words

    return DelimitedReader(
        columns,
        width=layout.width,
        delimiter=layout.delimiter if layout.width > 1 else "\x1f",
        comment=layout.comment,
        decimal=layout.decimal,
        thousands=layout.thousands,
        missing=[*missing_words(), *(word.lower() for word in layout.missing)],
        header=list(layout.header),
        summaries=layout.summaries,
        exact=layout.delimiter == " " and layout.width > 1,
        line=layout.line,
        longest_quote=longest_quote,
    )


def table_of(reader: DelimitedReader, specs: list[Spec], wanted: Wanted) -> Table:
    """Take what a reader has read since the last call; a column that is not there has no value."""
    rows, pieces = reader.take()
    table = of_rows([{}] * rows, wanted) if len(specs) < wanted.count else Table(rows)
    for (name, use, _), piece in zip(specs, pieces):
        if use == "keys":
            table.keys[name] = Keys(*piece)
        else:
            getattr(table, use)[name] = piece
    return table
