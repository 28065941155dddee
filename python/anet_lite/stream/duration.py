"""Durations as people write them."""

from __future__ import annotations

import re

from anet_lite._native import AnetValueError

_UNITS = {"ms": 1e-3, "s": 1.0, "m": 60.0, "min": 60.0, "h": 3600.0, "d": 86400.0, "w": 604800.0}
_PART = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|min|s|m|h|d|w)", re.IGNORECASE)
_LONGEST = 1e9


def seconds_of(text: str, argument: str = "duration") -> float:
    """Return the seconds of a duration such as ``90``, ``5m``, ``1h30m``.

    Raises:
        ValueError: It is none, or not between a millisecond and 30 years.

    Example:
        >>> from anet_lite.stream import seconds_of
        >>> seconds_of("90"), seconds_of("1h30m"), seconds_of("250 ms")
        (90.0, 5400.0, 0.25)

    """
    plain = text.strip()
    parts = _PART.findall(plain)
    if parts and not _PART.sub("", plain).strip():
        seconds = sum(float(number) * _UNITS[unit.lower()] for number, unit in parts)
    else:
        seconds = float(plain) if re.fullmatch(r"\d+(\.\d+)?", plain) else 0.0
    if not 1e-3 <= seconds <= _LONGEST:
        raise AnetValueError(f"{argument} must be a duration such as 30s, 5m or 1h30m, got {text!r}")
    return seconds


def duration_text(seconds: float) -> str:
    """Return a duration in the unit that suits it.

    Example:
        >>> from anet_lite.stream.duration import duration_text
        >>> duration_text(90), duration_text(300), duration_text(7200), duration_text(0.5)
        ('90s', '5m', '2h', '0.5s')

    """
    for unit in ("d", "h", "m"):
        if seconds >= _UNITS[unit] and seconds % _UNITS[unit] == 0:
            return f"{seconds / _UNITS[unit]:.10g}{unit}"
    return f"{seconds:.10g}s"
