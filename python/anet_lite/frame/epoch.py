"""Times that are written as numbers: since 1970, in seconds or in thousandths, millionths or billionths of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

NAMES = frozenset({"time", "timestamp", "ts", "date", "datetime", "epoch", "unix", "@timestamp"})
"""What a column of times is called, in lower case."""
_EARLIEST, _LATEST = 3.0e8, 4.2e9
"""1979 and 2103: numbers between them are likely times, and those of one unit are no times in another."""


def unit_of(numbers: NDArray[float64]) -> float | None:
    """Return the seconds of one unit of these times; None where the numbers are no times of our days.

    Example:
        >>> import numpy as np
        >>> from anet_lite.frame.epoch import unit_of
        >>> unit_of(np.array([1.7e12, 1.8e12])), unit_of(np.array([1.0, 2.0]))
        (0.001, None)

    """
    import numpy as np

    known = numbers[np.isfinite(numbers)]
    if not len(known):
        return None
    units = (1.0, 1e-3, 1e-6, 1e-9)
    return next((unit for unit in units if known.min() * unit >= _EARLIEST and known.max() * unit <= _LATEST), None)
