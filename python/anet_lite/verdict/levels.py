"""The levels of a loss: where it began, was best, and ended, and whether the difference is more than noise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import NDArray

START = 8
"""Losses whose mean is the start."""
SHORTEST, LONGEST = 8, 64
"""Losses in a running median: an eighth of all, within these bounds."""
MEDIANS = 8192
"""Medians of a long run at most: of a million losses, one every 122."""
_MEDIAN_ERROR = 1.25
"""The standard error of a median of n normal values, in standard deviations over the root of n."""
_MAD = 1.4826
"""A standard deviation of a normal distribution, in median absolute deviations."""


@dataclass(frozen=True)
class Levels:
    """Running medians of a loss, summed up."""

    loss: NDArray[float64]
    start: float
    best: float
    end: float
    window: int
    """Losses in a median."""
    stride: int
    """Losses from one median to the next."""
    medians: NDArray[float64]
    """The last one is that of the last losses."""
    z: float
    """How far the end lies above the best, in standard errors of their difference."""

    @property
    def progress(self) -> float:
        """By how much the best level lies below the start."""
        return self.start - self.best

    @property
    def given_back(self) -> float:
        """Which part of the progress is lost at the end; needs a progress above 0."""
        return (self.end - self.best) / self.progress

    def after(self, part: float) -> float:
        """Return the level at which this part of the progress is given back."""
        return self.best + part * self.progress

    def above_from(self, line: float) -> int:
        """Return from which loss on the level is above a line for good, which the best is not.

        A median trails a step by half a window. From the last window below the line on, the losses are parted where the
        fewest lie on the wrong side of it.
        """
        import numpy as np

        last = int(np.flatnonzero(self.medians <= line)[-1]) * self.stride
        above = self.loss[last : last + self.window + self.stride] > line
        wrong_before = np.concatenate([[0], np.cumsum(above)])
        wrong_after = np.concatenate([np.cumsum(~above[::-1])[::-1], [0]])
        return last + int((wrong_before + wrong_after).argmin())


def levels(loss: NDArray[float64]) -> Levels:
    """Return the levels of a series of finite losses, which must have as many as a window.

    Medians, since one burst is no level. The end and the best are compared by the scatter within their windows.
    """
    import numpy as np
    from numpy.lib.stride_tricks import sliding_window_view

    window = max(SHORTEST, min(LONGEST, len(loss) // 8))
    stride = -(-len(loss) // MEDIANS)
    windows = sliding_window_view(loss, window)
    windows = np.concatenate([windows[:-1:stride], windows[-1:]])
    medians = np.median(windows, axis=1)
    at = int(medians.argmin())
    variance = sum(_spread(windows[index]) ** 2 for index in (at, len(medians) - 1))
    error = _MEDIAN_ERROR * (variance / window) ** 0.5
    best, end = float(medians[at]), float(medians[-1])
    z = (end - best) / error if error else float("inf") if end > best else 0.0
    return Levels(loss, float(loss[:START].mean()), best, end, window, stride, medians, z)


def _spread(values: NDArray[float64]) -> float:
    import numpy as np

    return float(_MAD * np.median(np.abs(values - np.median(values))))
