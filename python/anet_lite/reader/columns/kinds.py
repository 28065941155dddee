"""What the columns of rows in memory hold: numbers, times, names of series, or other texts."""

from __future__ import annotations

import math
import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from anet_lite.reader.number import number_of
from anet_lite.reader.seconds import seconds_of

if TYPE_CHECKING:
    from collections.abc import Iterable

_LOOKED_AT = 1000
_TIME = re.compile(r"(^|[^a-z])(ts|time|timestamp|date|datetime|when|wall_time|created|clock)([^a-z]|$)", re.IGNORECASE)
"""Names of times, among them ``@timestamp``, ``_timestamp`` and ``wall_time``."""
_MOST = 0.5
"""The part of its texts that may differ in a column of names."""


def kind_of(name: str, cells: Iterable[Any]) -> str:
    """Return what a column holds: ``number``, ``time``, ``key`` (a name that repeats), ``flag``, ``text`` or ``empty``.

    Numbers are times only where the column is called one.

    Example:
        >>> from anet_lite.reader.columns.kinds import kind_of
        >>> kind_of("ts", [1700000000, 1700000060]), kind_of("value", [1700000000]), kind_of("host", ["a", "b"] * 9)
        ('time', 'number', 'key')

    """
    some = list(islice((cell for cell in cells if cell is not None and cell != ""), _LOOKED_AT))
    if not some:
        return "empty"
    if all(isinstance(cell, bool) for cell in some):
        return "flag"
    is_text = [isinstance(cell, str) and number_of(cell) is None for cell in some]
    if (any(is_text) or _TIME.search(name)) and not any(math.isnan(seconds_of(cell)) for cell in some):
        return "time"
    if not any(is_text):
        return "number"
    return "key" if len(set(map(str, some))) <= max(1, _MOST * len(some)) else "text"
