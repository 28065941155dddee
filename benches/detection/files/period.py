"""The period of a series, which is the buffer of its VUS where nobody gives one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from detection.series import Floats

UNKNOWN, POINTS = 125, 20_000


def period(x: Floats) -> int:
    """Lag of the highest peak of the autocorrelation at lags 3 to 400, or 125 where that lies past 303.

    It is TSB-AD's convention, of the first 20,000 points. Missing ones are interpolated.
    """
    x = centred(x)
    correlation = np.array([x[lag:] @ x[:-lag] for lag in range(3, min(401, len(x)))])
    places = peaks(correlation)
    if len(places) == 0:
        return UNKNOWN
    offset = int(places[np.argmax(correlation[places])])
    return offset + 3 if 3 <= offset <= 300 else UNKNOWN


def told(x: Floats) -> int | None:
    """Return the lag from 5 to 2500 that someone who has seen the series would tell as its season, if it has one.

    It is the shortest whose correlation is 95 % of the highest: two days are like a day.
    """
    x = centred(x)
    correlation = np.array([_correlation(x[lag:], x[:-lag]) for lag in range(5, min(2501, len(x) // 2))])
    places = peaks(correlation)
    if len(places) == 0 or correlation[places].max() <= 0:
        return None
    first = int(places[correlation[places] >= 0.95 * correlation[places].max()][0])
    # Noise has small peaks on the way up to the true one.
    return 5 + first + int(np.argmax(correlation[first : first + first // 10 + 1]))


def centred(x: Floats) -> Floats:
    """Return the first 20,000 points less their mean, the missing ones interpolated."""
    x = x[:POINTS]
    known = np.flatnonzero(np.isfinite(x))
    x = np.interp(np.arange(len(x)), known, x[known])
    return x - x.mean()


def peaks(values: Floats) -> NDArray[np.intp]:
    """Return the places of the strict local maxima."""
    inner = values[1:-1]
    return 1 + np.flatnonzero((inner > values[:-2]) & (inner > values[2:]))


def _correlation(first: Floats, second: Floats) -> float:
    size = np.sqrt((first @ first) * (second @ second))
    return float(first @ second / size) if size > 0 else 0.0
