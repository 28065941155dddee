"""Tables within a log: a header and rows, or a box with a name and a number in each line."""

from __future__ import annotations

import re

from anet_lite.reader.number import number_of

_BOX = re.compile(r"\s*[|│]\s*(\S.*?)\s*[|│]\s*(.*?)\s*[|│]\s*$")
_CELLS = {"bars": re.compile(r"\s*[|│]\s*"), "gaps": re.compile(r"\t+| {2,}"), "commas": re.compile(r"\s*,\s*")}
_TITLE = re.compile(r"[A-Za-z#][\w ./#()%:-]*$")
_KEYED = re.compile(r"(^|[\W_])(epoch|step|iter|iteration|loss)([\W_]|$)", re.IGNORECASE)
_SAID = re.compile(r"\s*(\d+)\s+([A-Za-z_]\w*)\s+(\S+)\s*$")
"""A step, a name and a number, as ``250 val 3.28``."""
_RATIO = re.compile(r"(\d+)/\d+$")


def is_box(lines: list[str]) -> bool:
    """Return whether most of some lines are boxes around a name and a number, as Stable-Baselines3 prints them.

    Example:
        >>> from anet_lite.reader.forms.text_log.tables import is_box
        >>> is_box(["| loss | 0.1 |", "| lr | 0.2 |", "-----"]), is_box(["| 1 | 0.1 |"])
        (True, False)

    """
    boxes = [_BOX.match(line) for line in lines if line.strip(" -|+")]
    named = [box for box in boxes if box and "|" not in box[1] and number_of(box[1]) is None and _value(box[2])]
    return len(named) * 2 > len(boxes)


class Tables:
    """Knows the header of the table under way, or the part of the box."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._cells = ""
        self._part = ""

    def row(self, line: str) -> dict[str, float]:
        """Return the numbers of a line of a table; none where it is none.

        Example:
            >>> from anet_lite.reader.forms.text_log.tables import Tables
            >>> tables = Tables()
            >>> tables.row("epoch     train_loss  time"), tables.row("0         0.5         00:12")
            ({}, {'epoch': 0.0, 'train_loss': 0.5})

        """
        box = _BOX.match(line)
        if box and "|" not in box[1]:
            return self._boxed(box[1], box[2]) or self._tabled(line)
        said = _SAID.match(line)
        number = number_of(said[3]) if said else None
        if said and number is not None:
            return {"step": float(said[1]), said[2]: number}
        return self._tabled(line)

    def _boxed(self, name: str, value: str) -> dict[str, float]:
        number = number_of(value)
        if not value and name.endswith("/"):
            self._part = name
        if number is None or number_of(name) is not None:
            return {}
        return {name if "/" in name else self._part + name: number}

    def _tabled(self, line: str) -> dict[str, float]:
        found = self._under_header(line) if self._names else {}
        if not found:
            self._take_header(line)
        return found

    def _under_header(self, line: str) -> dict[str, float]:
        cells = _split(line, self._cells)
        if len(cells) != len(self._names) and self._cells == "gaps":
            cells = line.split()
        if len(cells) < len(self._names) or _number(cells[0]) is None:
            return {}
        numbers = [_number(cell) for cell in cells[: len(self._names)]]
        found = {name: number for name, number in zip(self._names, numbers) if number is not None}
        return found if len(found) > 1 else {}

    def _take_header(self, line: str) -> None:
        if not _KEYED.search(line):
            return
        for kind in _CELLS:
            names = _split(line, kind)
            if len(names) > 1 and all(map(_TITLE.match, names)):
                self._names, self._cells = names, kind
                return


def _value(cell: str) -> bool:
    return not cell or number_of(cell) is not None


def _split(line: str, kind: str) -> list[str]:
    return _CELLS[kind].split(line.strip().strip("|│").strip())


def _number(cell: str) -> float | None:
    ratio = _RATIO.match(cell)
    return float(ratio[1]) if ratio else number_of(cell.rstrip("%"))
