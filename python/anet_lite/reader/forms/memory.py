"""Rows that are in memory, as a source: for forms that are read at once."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from anet_lite.reader.columns.kinds import kind_of
from anet_lite.reader.table import of_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anet_lite.reader.table import Progress, Table, Wanted

_DEEPEST = 32
_OF = re.compile(r"\s*(\d+)\s*/\s*(\d+)\s*")


class RowsInMemory:
    """Rows by the names of their columns."""

    def __init__(self, form: str, rows: list[dict[str, Any]]) -> None:
        self.form: str = form
        self.names: list[str] = list(dict.fromkeys(name for row in rows for name in row))
        self.given: dict[str, int] = dict(
            Counter(name for row in rows for name, cell in row.items() if cell is not None)
        )
        """In how many rows each column has a value."""
        self._rows = rows

    @property
    def kinds(self) -> dict[str, str]:
        """What each column holds, as ``kind_of`` says it."""
        return {name: kind_of(name, (row.get(name) for row in self._rows)) for name in self.names}

    def pieces(self, wanted: Wanted, progress: Progress) -> Iterator[Table]:
        """Give some of its columns."""
        progress(1.0)
        yield of_rows(self._rows, wanted)


def flat(row: dict[str, Any], deepest: int = _DEEPEST) -> dict[str, Any]:
    """Return a row whose nested objects are columns by their path; what is nested deeper than any log is left out.

    A step that is written as ``601/2161`` is 601.

    Example:
        >>> from anet_lite.reader.forms.memory import flat
        >>> flat({"step": "1/9", "train": {"loss": 0.5}})
        {'step': 1, 'train/loss': 0.5}

    """
    found: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, dict):
            inner: dict[str, Any] = flat(value, deepest - 1) if deepest else {}  # pyright: ignore[reportUnknownArgumentType]
            found |= {f"{name}/{below}": cell for below, cell in inner.items()}
        else:
            found[name] = _counted(value)
    return found


def _counted(cell: object) -> object:
    match = _OF.fullmatch(cell) if isinstance(cell, str) and "/" in cell else None
    return int(match[1]) if match and int(match[1]) <= int(match[2]) else cell
