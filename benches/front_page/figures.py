"""Reads single cells out of the tables that other studies wrote, so that no figure is copied by hand."""

from __future__ import annotations

import re
from pathlib import Path

BENCHES = Path(__file__).parents[1]


class Page:
    """A page of results: a table is found by one of its columns, a row by how its first cell begins."""

    def __init__(self, name: str) -> None:
        self.text = (BENCHES / name).read_text(encoding="utf-8")

    def rows(self, column: str) -> list[dict[str, str]]:
        """Return the rows of the first table that has a column, by column; the first cell is ``""``."""
        lines = self.text.splitlines()
        start = next(at for at, line in enumerate(lines) if line.startswith("|") and column in cells(line))
        names = cells(lines[start])
        body = []
        for line in lines[start + 2 :]:
            if not line.startswith("|"):
                break
            row = cells(line)
            body.append({"": row[0], **dict(zip(names[::-1], row[::-1]))})
        return body

    def row(self, column: str, first: str) -> dict[str, str]:
        """Return the row whose first cell begins with a text, of the table that has a column."""
        return next(row for row in self.rows(column) if row[""].startswith(first))


def cells(line: str) -> list[str]:
    """Return the cells of a line of a table."""
    return [cell.strip() for cell in line.strip().strip("|").split(" | ")]


def share(cell: str) -> tuple[int, int]:
    """Return the two numbers of ``30 of 36`` or ``7/8``."""
    part, whole = re.match(r"(\d+)(?: of |/)(\d+)", cell).groups()  # type: ignore[union-attr]
    return int(part), int(whole)


def total(rows: list[dict[str, str]], column: str) -> str:
    """Return the sum of a column of shares, as ``171 of 199``."""
    parts, wholes = zip(*(share(row[column]) for row in rows))
    return f"{sum(parts)} of {sum(wholes)}"
