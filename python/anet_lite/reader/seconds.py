"""The time in a cell."""

from __future__ import annotations

import math
import re
from datetime import datetime, timezone

from anet_lite.reader.number import number_of

_EARLIEST = 1e8
"""Seconds since 1970 before which a number is no time: March 1973."""
_LATEST = 1e10
"""From here on a number counts milliseconds, a thousand times later microseconds, and then nanoseconds."""
_ISO = re.compile(
    r"\s*(\d{4})[-/](\d\d?)[-/](\d\d?)(?:[T _](\d\d?):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?)?"
    r"\s*(Z|UTC|[+-]\d\d:?\d\d)?\s*$",
    re.I,
)


def seconds_of(cell: object) -> float:
    """Return the seconds since 1970 in UTC that a cell says; NaN where it says no time.

    A number counts seconds, milliseconds, microseconds or nanoseconds, by its size; a text is one of ISO 8601, and of
    UTC where it names no zone.

    Example:
        >>> from anet_lite.reader.seconds import seconds_of
        >>> seconds_of(1700000000123), seconds_of("2023-11-14T22:13:20Z"), seconds_of("2023-11-15 07:13:20+09:00")
        (1700000000.123, 1700000000.0, 1700000000.0)
        >>> seconds_of(7), seconds_of("soon")
        (nan, nan)

    """
    if isinstance(cell, datetime):
        return (cell if cell.tzinfo else cell.replace(tzinfo=timezone.utc)).timestamp()
    number = None if isinstance(cell, bool) else number_of(cell)
    if number is None:
        return _of_text(cell) if isinstance(cell, str) else math.nan
    if not math.isfinite(number) or number < _EARLIEST:
        return math.nan
    for unit in (1.0, 1e3, 1e6, 1e9):
        if number < _LATEST * unit:
            return number / unit
    return math.nan


def _of_text(text: str) -> float:
    match = _ISO.match(text)
    if not match:
        return math.nan
    whole = [int(part or 0) for part in match.groups()[:6]]
    try:
        moment = datetime(*whole, tzinfo=timezone.utc).timestamp()  # type: ignore[arg-type, misc]
    except (ValueError, OverflowError):
        return math.nan
    return moment + float(f"0.{match[7] or 0}") - _offset(match[8])


def _offset(zone: str | None) -> float:
    if not zone or zone[0] not in "+-":
        return 0.0
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    return (1 if zone[0] == "+" else -1) * (hours * 3600.0 + minutes * 60.0)
