"""Series that send nothing any more, while others do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anet_lite.stream.clock_text import time_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from anet_lite.stream.stream import Scores

_SEEN = 64
"""Samples of a series before its silence is told."""
_LONG, _LONGER = 64, 4
"""A silence that is told has so many samples, and so many times as many as the longest before: as of a channel."""


def fell_silent(
    scores: Mapping[str, Scores], intervals: Mapping[str, float | None], zone: float | None
) -> dict[str, str]:
    """Return by series since when nothing comes of it, where it once came and others go on."""
    ends = {name: _end(each) for name, each in scores.items()}
    told = dict[str, str]()
    for name, each in scores.items():
        newest = max((end for other, end in ends.items() if other != name and end is not None), default=None)
        own, interval = ends[name], intervals.get(name)
        if own is None or newest is None or newest <= own:
            continue
        missing = _missing(each, newest - own, interval)
        if missing is not None:
            told[name] = f"sends nothing since {_since(each, own, interval, zone)}; others do"
    return told


def _end(scores: Scores) -> float | None:
    """Return the time of the last sample that is not missing, or its row where there are no times."""
    import numpy as np

    known = np.flatnonzero(np.isfinite(scores.samples.values))
    if len(known) < _SEEN:
        return None
    return (
        float(scores.samples.rows[known[-1]]) if scores.samples.times is None else scores.samples.time(int(known[-1]))
    )


def _missing(scores: Scores, behind: float, interval: float | None) -> int | None:
    """Return how many samples did not come at the end, where they are more than ever before by far."""
    import numpy as np

    known = np.flatnonzero(np.isfinite(scores.samples.values))
    at_end = len(scores.samples.values) - 1 - int(known[-1])
    absent = round(behind / interval) if interval and scores.samples.times is not None else at_end
    longest = int(np.diff(known).max(initial=1)) - 1
    return absent if absent >= max(_LONG, _LONGER * longest) else None


def _since(scores: Scores, end: float, interval: float | None, zone: float | None) -> str:
    return f"row {end + 1:,.0f}" if scores.samples.times is None else time_text(end + (interval or 0.0), zone)
