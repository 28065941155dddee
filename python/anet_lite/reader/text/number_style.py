"""How the numbers of a table are written: its decimal sign, and what groups its digits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from anet_lite._native import read_cell

if TYPE_CHECKING:
    from collections.abc import Iterable

    from anet_lite.reader.text.options import ReadOptions

Style = tuple[str, str]
"""The decimal sign, and what groups digits."""

_STYLES: tuple[Style, ...] = (
    (".", ""),
    (",", ""),
    (".", ","),
    (",", "."),
    (".", " "),
    (",", " "),
    (".", "'"),
    (",", "'"),
)
_SIGNS = re.compile(r"\d[.,' \u00a0\u202f\u2019]\d|^[.,]\d")
_THREE = re.compile(r"[^\d]*[1-9]\d{0,2}[.,]\d{3}[^\d.,]*")
"""Digits of which nobody can tell whether their sign groups them: ``1,234``."""


def number_style(cells: Iterable[str], delimiter: str, options: ReadOptions) -> tuple[Style, str]:
    r"""Return the style in which most of some cells are numbers, and an example where it is a guess.

    Where a comma could be either, it is decimal beside semicolons, as spreadsheets write it, and else groups digits.

    Example:
        >>> from anet_lite.reader.text import ReadOptions
        >>> from anet_lite.reader.text.number_style import number_style
        >>> number_style(["1.234,5", "7"], ";", ReadOptions()), number_style(["1,234"], "\t", ReadOptions())
        (((',', '.'), ''), (('.', ','), '1,234'))

    """
    telling = [cell for cell in cells if _SIGNS.search(cell)]
    allowed = [style for style in _STYLES if _is_allowed(style, options)]
    allowed = allowed or [(options.decimal or ".", options.thousands or "")]
    counts = {style: sum(read_cell(cell, *style) is not None for cell in telling) for style in allowed}
    best = max(counts.values(), default=0)
    fitting = [style for style in allowed if counts[style] == best]
    unclear = len(fitting) > 1 and next((cell for cell in telling if _THREE.fullmatch(cell) and "," in cell), "")
    if unclear and not options.decimal and (".", ",") in fitting and (",", "") in fitting:
        return ((",", "") if delimiter == ";" else (".", ",")), unclear
    return fitting[0], ""


def _is_allowed(style: Style, options: ReadOptions) -> bool:
    decimal, thousands = style
    return options.decimal in ("", decimal) and options.thousands in (None, thousands)
