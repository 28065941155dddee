"""Columns of what comes in by and by, from a pipe or a file that grows, in any dialect."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Callable

from anet_lite._native import AnetValueError, JsonRows
from anet_lite.reader.columns.known import Known
from anet_lite.reader.forms.lines import columns_of
from anet_lite.reader.table import Table, Wanted, of_rows
from anet_lite.reader.text.decode import Utf8
from anet_lite.reader.text.options import ReadOptions
from anet_lite.reader.text.remarks import remarks_of
from anet_lite.reader.text.sniff import sniff
from anet_lite.reader.text.source import Spec, reader_of, specs_of, table_of

if TYPE_CHECKING:
    from anet_lite._native import DelimitedReader
    from anet_lite.reader.text.layout import Layout

Chooser = Callable[["LiveReader"], Wanted]
"""Says which columns to read, once their names and kinds are known."""

_LONGEST_QUOTE = 1 << 13
"""Bytes behind an opening quote after which it is taken for a letter: a stream must not fall silent over it."""
_UNDECIDED = 1 << 16
"""Bytes after which what is no table yet is none."""
_LINE_END = re.compile(rb"\r\n|\r|\n")


class LiveReader:
    r"""Reads bytes as they come: JSON lines, or a table whose dialect its first complete lines show.

    A header and one row are enough, and of rows without a header one. A cell that cannot be read and a header that
    comes again are counted and told, and end nothing.

    Args:
        options: What is known of it already.
        choose: Which columns to read; every column by its kind where it is None.
        where: What it is called in words.

    Raises:
        ValueError: From ``feed`` and ``finish``: what comes is no table.

    Example:
        >>> from anet_lite.reader.live import LiveReader
        >>> live = LiveReader()
        >>> live.feed(b"ts;load\n17000"), [table.rows for table in live.feed(b"00000;1,5\n1700000060;-\n1700")]
        ([], [2])
        >>> live.form, live.kinds
        ('a table with semicolons, decimal commas', {'ts': 'time', 'load': 'number'})

    """

    def __init__(
        self, options: ReadOptions | None = None, choose: Chooser | None = None, where: str = "standard input"
    ) -> None:
        self.form: str = ""
        """What it is, in words; "" until it is known."""
        self.names: list[str] = []
        self.kinds: dict[str, str] = {}
        self.counters: set[str] = set()
        """Columns of numbers that only count the rows."""
        self.layout: Layout | None = None
        self.wanted: Wanted = Wanted()
        """What is read, once it is known."""
        self._options, self._choose, self._where = options or ReadOptions(), choose, where
        self._text = Utf8(self._options.encoding)
        self._head = b""
        self._json: JsonRows | None = None
        self._reader: DelimitedReader | None = None
        self._specs: list[Spec] = []

    def feed(self, data: bytes) -> list[Table]:
        """Take the next bytes, and return the rows that end in them, if any do."""
        return self._take(self._text.feed(data))

    def finish(self) -> list[Table]:
        """Return a last row without a newline."""
        found = self._take(self._text.finish())
        if self._head and not self.form:
            found += self._decided(self._head, final=True)
        if self._json is not None:
            return found + self._objects(self._json.finish())
        if self._reader is not None:
            self._reader.finish()
            return found + self._rows()
        return found

    @property
    def known(self) -> Known:
        """What is known of its columns."""
        return Known(self.names, self.kinds, self.counters)

    def remarks(self) -> list[str]:
        """Return what was taken for what, and what could not be read, a sentence each."""
        if self.layout is None or self._reader is None:
            return []
        told = {at: name for at, (name, _, _) in enumerate(self._specs)}
        return [*self.layout.remarks, *remarks_of(self.layout, self._reader, told)]

    def zone(self, name: str) -> int | None:
        """Return how many seconds the zone of a column of times is ahead of UTC; None where none is written."""
        at = next((at for at, (each, use, _) in enumerate(self._specs) if (each, use) == (name, "times")), None)
        return None if at is None or self._reader is None else self._reader.zone(at)

    def _take(self, data: bytes) -> list[Table]:
        if self._json is not None:
            return self._objects(self._json.feed(data))
        if self._reader is not None:
            self._reader.feed(data)
            return self._rows()
        self._head += data
        ends = [match.end() for match in _LINE_END.finditer(self._head)]
        return self._decided(self._head[: ends[-1]], final=False) if ends else []

    def _decided(self, lines: bytes, final: bool) -> list[Table]:
        """Read what has come, if its form can be told from its complete lines."""
        if lines.lstrip().startswith(b"{"):
            self._json, self.form = JsonRows(), "JSON lines"
            return self._objects(self._json.feed(self._head))
        layout = sniff(lines, self._options)
        if layout is None:
            if lines.strip() and (final or len(lines) > _UNDECIDED):
                first = lines.split(b"\n")[0][:60].decode(errors="replace").strip()
                text = f"{self._where} is no table with a column of numbers: it begins {first!r}"
                raise AnetValueError(f"{text}; --delimiter and --no-header say how it is written")
            return []
        self._begin(layout)
        return self._take(self._head[layout.skip :])

    def _begin(self, layout: Layout) -> None:
        self.layout, self.form = layout, f"a table {'with' if layout.width > 1 else 'of'} {layout}"
        self.names, self.kinds = layout.names, layout.kinds
        self.counters = {column.name for column in layout.columns if column.counts}
        self.wanted = self._choose(self) if self._choose else every_column(self.kinds)
        self._specs = specs_of(layout, self.wanted, self._where)
        self._reader = reader_of(layout, [spec for _, _, spec in self._specs], _LONGEST_QUOTE)

    def _rows(self) -> list[Table]:
        assert self._reader is not None
        table = table_of(self._reader, self._specs, self.wanted)
        return [table] if table.rows else []

    def _objects(self, rows: list[Any]) -> list[Table]:
        rows = [row for row in rows if row]
        if not rows:
            return []
        if not self.names:
            columns = columns_of(rows)
            self.names, self.kinds = list(columns), {name: column.kind for name, column in columns.items()}
            self.counters = {name for name, column in columns.items() if column.counts}
            self.wanted = self._choose(self) if self._choose else every_column(self.kinds)
        return [of_rows(rows, self.wanted)]


def every_column(kinds: dict[str, str]) -> Wanted:
    """Return all columns, each by its kind."""
    return Wanted(
        numbers=tuple(name for name, kind in kinds.items() if kind in ("number", "flag", "empty")),
        keys=tuple(name for name, kind in kinds.items() if kind in ("key", "text")),
        times=tuple(name for name, kind in kinds.items() if kind == "time"),
    )
