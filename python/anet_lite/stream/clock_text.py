"""A time as a person reads it."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def time_text(seconds: float, zone: float | None = None) -> str:
    """Return a time in ISO 8601, in seconds, or in milliseconds where it has some.

    Args:
        seconds: Seconds since 1970 in UTC.
        zone: Seconds by which the clock that is shown is ahead of UTC; None where the zone is not known, and is not
            shown.

    Example:
        >>> from anet_lite.stream.clock_text import time_text
        >>> time_text(1_700_000_000), time_text(0.25, zone=3600)
        ('2023-11-14 22:13:20', '1970-01-01 01:00:00.250+01:00')

    """
    clock = timezone.utc if zone is None else timezone(timedelta(seconds=round(zone)))
    try:
        moment = (_EPOCH + timedelta(milliseconds=round(seconds * 1000))).astimezone(clock)
    except (OverflowError, ValueError):
        return f"{seconds:.0f}s after 1970"
    text = moment.isoformat(" ", "milliseconds" if moment.microsecond else "seconds")
    return text if zone is not None else text[:-6]


def time_texts(seconds: NDArray[float64], zone: float | None = None) -> list[str]:
    """Return many times as ``time_text`` returns one, all in milliseconds where any has some."""
    import numpy as np

    shown = np.round((seconds + (zone or 0.0)) * 1000)
    if not len(shown) or not (np.abs(shown) < 2.5e14).all():  # the years that a datetime holds
        return [time_text(each, zone) for each in seconds.tolist()]
    unit = "s" if (shown % 1000 == 0).all() else "ms"
    texts: list[str] = np.datetime_as_string(shown.astype(np.int64).astype("datetime64[ms]"), unit=unit).tolist()
    behind = "" if zone is None else time_text(0.0, zone)[19:]
    return [text.replace("T", " ") + behind for text in texts]
