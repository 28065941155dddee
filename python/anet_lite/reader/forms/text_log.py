"""Logs that programs print: a row is a line with names and numbers, such as ``iter 10: loss 2.31, lr 3e-4``."""

from __future__ import annotations

import re

from anet_lite.reader.forms.memory import RowsInMemory

_NUMBER = r"([+-]?(?:(?:\d[\d_]*\.?\d*|\.\d+)(?:e[+-]?\d+)?|nan|inf(?:inity)?))(?![\w.]*\w)"
_WORD = r"[A-Za-z_][\w./@-]*"
_PAIR = re.compile(rf"(?<![\w.])['\"]?({_WORD}(?: {_WORD}){{0,3}})['\"]?\s*[:=]\s*['\"]?{_NUMBER}", re.IGNORECASE)
"""``name: 1.5``, ``name=1.5``, ``'name': '1.5'``, where a name has up to four words."""
_KNOWN = r"(?:(?:train|val|valid|eval|test) )?loss|iter|iteration|step|epoch|lr|grad_norm|norm"
_SPACED = re.compile(rf"\b({_KNOWN})\s+\[?{_NUMBER}", re.IGNORECASE)
"""Names that are written before their number without a sign between."""


class TextLog(RowsInMemory):
    """Lines with names and numbers; all others are passed over."""

    def __init__(self, lines: list[str]) -> None:
        found = (pairs(line) for line in lines)
        rows = [row for row in found if row]
        super().__init__(f"a text log, {len(rows):,} of {len(lines):,} lines with numbers", rows)


def pairs(line: str) -> dict[str, float]:
    """Return the numbers of a line by their names.

    Example:
        >>> from anet_lite.reader.forms.text_log import pairs
        >>> pairs("iter 10: loss 2.3100, time 120.00ms | learning rate: 3.0E-04 |")
        {'iter': 10.0, 'loss': 2.31, 'learning rate': 0.0003}

    """
    found = {name.lower(): float(number.replace("_", "")) for name, number in _SPACED.findall(line)}
    for name, number in _PAIR.findall(line):
        found.setdefault(name.strip(), float(number.replace("_", "")))
    return found
