"""A text as a source: a table in any dialect, else the lines of a log, else what little there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anet_lite._native import AnetValueError
from anet_lite.reader.text.decode import Utf8
from anet_lite.reader.text.layout import Layout, TextColumn
from anet_lite.reader.text.rows import Rows
from anet_lite.reader.text.sniff import sniff
from anet_lite.reader.text.source import TableSource
from anet_lite.reader.text.unpack import unpacked

if TYPE_CHECKING:
    from anet_lite.reader.input import Stream
    from anet_lite.reader.text.options import ReadOptions

HEAD = 1 << 16
"""Bytes from which the dialect of a table is known."""
_LONGEST_LINE = 1 << 26
_FEW = 2
"""Ends of lines: a header and a row."""


def table_source(where: str, options: ReadOptions, stream: Stream | None = None) -> TableSource | None:
    """Return a text as a table; None where it is none with a column of numbers.

    Raises:
        OSError: It cannot be read.
        ImportError: What unpacks it is not installed.
        ValueError: It is packed and damaged, or the column of the time holds none.

    """
    head, text, complete = _head(where, options, stream)
    layout = sniff(head, options, complete)
    if layout is None:
        return None
    source = TableSource(where, layout, options.encoding, stream)
    source.form += f", {text.name}" * (text.name != "UTF-8")
    return source


def header_only(where: str, options: ReadOptions) -> TableSource:
    """Return a text that has no row of numbers, by what may be the names of its columns.

    Raises:
        OSError: It cannot be read.
        ValueError: It is empty.

    """
    head, _, complete = _head(where, options, None)
    if not head.strip():
        raise AnetValueError(f"{where} is empty")
    found = [rows for sign in (options.delimiter or ",;\t|") if (rows := Rows.of(head, sign, "#", complete))]
    if not found:
        raise AnetValueError(f"{where} is no table: its rows have no delimiter in common; --delimiter names it")
    rows = max(found, key=lambda each: each.width)
    line, end, cells = rows.records[0]
    columns = tuple(TextColumn(name.strip() or str(at + 1), at, "empty") for at, name in enumerate(cells))
    return TableSource(where, Layout(rows.delimiter, rows.width, columns, tuple(cells), skip=end, line=line + 1))


def _head(where: str, options: ReadOptions, stream: Stream | None) -> tuple[bytes, Utf8, bool]:
    """Return the beginning of a text in UTF-8, at least a line of it, and whether that is all."""
    text, head = Utf8(options.encoding), b""
    if stream is not None:
        head = text.feed(b"".join(_unpacked_head(stream.peek(HEAD), where)))
        return head, text, len(stream.peek(HEAD)) < HEAD
    with open(where, "rb") as file:
        for piece in unpacked(file, where):
            head += text.feed(piece)
            if len(head) >= HEAD and (b"\n" in head or b"\r" in head or len(head) > _LONGEST_LINE):
                return _cut(head), text, True
    return head + text.finish(), text, True


def _unpacked_head(head: bytes, where: str) -> list[bytes]:
    import io

    return list(unpacked(io.BytesIO(head), where))


def _cut(head: bytes) -> bytes:
    """Return the first of some bytes, at the end of a line: a few lines at least, however long they are."""
    for size in (HEAD, len(head)):
        ends = [head.rfind(sign, 0, size) for sign in (b"\n", b"\r")]
        if head.count(b"\n", 0, size) + head.count(b"\r", 0, size) > _FEW:
            return head[: max(ends) + 1]
    return head
