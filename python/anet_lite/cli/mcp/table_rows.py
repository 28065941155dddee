"""Rows of a table that was read, as an agent is given them."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from anet_lite.cli.mcp.pages import Cut, cut

if TYPE_CHECKING:
    from anet_lite.reader.read import ReadTable


def table_rows(found: ReadTable, start: int, count: int) -> tuple[list[dict[str, float | str | None]], Cut]:
    r"""Return the rows of a page by column, and where it is. What is missing is None; times are ISO 8601.

    Example:
        >>> import anet_lite
        >>> from anet_lite.cli.mcp.table_rows import table_rows
        >>> table_rows(anet_lite.read(b"loss,note\n2.5,a\n,b\n2.0,c\n"), 1, 1)
        ([{'loss': None, 'note': 'b'}], Cut(start=1, end=2, total=3))

    """
    total = max(map(len, (*found.numbers.values(), *found.texts.values(), *found.times.values())), default=0)
    page = cut(total, start, count)
    piece = slice(page.start, page.end)
    columns: dict[str, list[float | str | None]] = {
        **{name: [None if isnan(x) else x for x in column[piece].tolist()] for name, column in found.numbers.items()},
        **{name: list(column[piece]) for name, column in found.texts.items()},
        **{name: [_time(str(x)) for x in column[piece]] for name, column in found.times.items()},
    }
    return [{name: columns[name][at] for name in found.names} for at in range(page.end - page.start)], page


def _time(text: str) -> str | None:
    return None if text == "NaT" else text
