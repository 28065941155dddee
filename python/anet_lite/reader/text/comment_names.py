"""Names in the comment line before a table without a header."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from anet_lite.reader.text.header import names_of

if TYPE_CHECKING:
    from anet_lite.reader.text.layout import TextColumn
    from anet_lite.reader.text.rows import Rows


def start_of(head: bytes, rows: Rows) -> int:
    """Return the bytes before the first row of a table without a header."""
    line = rows.records[0][0]
    return next((end for at, end, _ in reversed(_ends(head)) if at < line), 0)


def _ends(head: bytes) -> list[tuple[int, int, bytes]]:
    found, at = list[tuple[int, int, bytes]](), 0
    for number, match in enumerate(re.finditer(rb"\r+\n|\r|\n", head), 1):
        found.append((number, match.end(), head[at : match.start()]))
        at = match.end()
    return found


def named_by_comment(head: bytes, rows: Rows, comment: str, columns: list[TextColumn]) -> tuple[list[TextColumn], bool]:
    """Return the columns with the names in the comment line before the first row, if it holds as many."""
    line = rows.records[0][0]
    lines = [text for at, _, text in _ends(head) if at < line and text.strip()]
    if not lines or not comment or not lines[-1].lstrip().startswith(comment.encode()):
        return columns, False
    text = lines[-1].decode(errors="replace").lstrip().lstrip(comment).strip()
    names = text.split() if rows.delimiter == " " else [cell.strip() for cell in text.split(rows.delimiter)]
    if len(names) != rows.width or len(columns) != rows.width:
        return columns, False
    return [replace(column, name=name) for column, name in zip(columns, names_of(names, rows.width))], True
