"""Tables of text in any dialect, read at once. What the core reads faster, plain CSV, does not come here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anet_lite.reader.forms.memory import RowsInMemory

if TYPE_CHECKING:
    from anet_lite.reader.forms.dialect import Dialect


class DelimitedText(RowsInMemory):
    """A header, or none, and rows of cells. A row with more or fewer cells than the first is no row of the table."""

    def __init__(self, lines: list[str], dialect: Dialect, encoding: str) -> None:
        header = dialect.cells(lines[0])
        names = header if dialect.has_header else [str(at) for at in range(1, len(header) + 1)]
        rows: list[dict[str, float | None]] = []
        for line in lines[1:] if dialect.has_header else lines:
            cells = dialect.cells(line)
            if len(cells) == len(names) and not (dialect.has_header and cells == header):
                rows.append({name: dialect.number(cell) for name, cell in zip(names, cells)})
        form = f"a table with {dialect}" + ("" if encoding == "UTF-8" else f", {encoding}")
        super().__init__(form, rows)
        self.names = names
