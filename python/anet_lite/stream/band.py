"""What samples should have been, and what would not have alarmed in their place, near the alarms of a series."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy import float64, int64
    from numpy.typing import NDArray

    from anet_lite import StreamDetector
    from anet_lite.stream.alarm import StreamAlarm
    from anet_lite.stream.stream import Scores

MOST = 500
"""Samples of a series that have a band at most: each takes some forty scores, about a millisecond."""
_FEWEST = 24
"""Samples around one alarm at least; of more alarms than fit, the strongest have some."""
_BEFORE = 3
"""One in so many of them lies before the alarm."""


class Band(NamedTuple):
    """Runs of samples with what was expected of them. NaN stands between two runs, so that a line breaks there."""

    places: NDArray[float64]
    """Times, or rows where there are none."""
    expected: NDArray[float64]
    low: NDArray[float64]
    """The least value that would not have alarmed at p = 1e-4; infinite where nothing below would have."""
    high: NDArray[float64]


def band_of(scores: Scores, alarms: Sequence[StreamAlarm], detector: StreamDetector, timed: bool) -> Band | None:
    """Return the band near the alarms of a series, by the detector that it began with; None where there are none.

    The series is scored again for it.
    """
    import numpy as np

    runs, seen, pieces = _runs(scores, alarms), 0, list["tuple[NDArray[float64], ...]"]()
    places = scores.samples.places(timed)
    for first, last in runs:
        detector.push_many(scores.samples.values[seen:first], parts=False)
        found = detector.push_many(scores.samples.values[first:last], parts=False, band=True)
        seen, gap = last, np.full(1, np.nan)
        ends = (found.expected, found.low, found.high)
        pieces.append((places[first:last], *(column for column in ends if column is not None)))
        pieces.append((places[last - 1 : last], gap, gap, gap))
    return Band(*(np.concatenate(column) for column in zip(*pieces))) if pieces else None


def _runs(scores: Scores, alarms: Sequence[StreamAlarm]) -> list[tuple[int, int]]:
    """Return from which sample to which there is a band: around each alarm, those that touch as one."""
    shown = sorted(alarms, key=lambda alarm: alarm.p_value)[: MOST // _FEWEST]
    around = MOST // max(len(shown), 1)
    runs = list[tuple[int, int]]()
    for start in sorted(_place(scores.samples.rows, alarm.start) for alarm in shown):
        first, last = max(start - around // _BEFORE, 0), start + around - around // _BEFORE
        last = min(last, len(scores.samples.rows))
        if runs and first <= runs[-1][1]:
            runs[-1] = runs[-1][0], last
        else:
            runs.append((first, last))
    return runs


def _place(rows: NDArray[int64], row: int) -> int:
    """Return which sample has a row; a sample that has none, since it was missing, stands with -1."""
    import numpy as np

    return int(np.argmax(rows == row))
