"""The gradient noise scale, from what ranks had before their gradients were averaged.

With W ranks, g_r the mean gradient of the b_r samples of rank r and G their average:

    small = mean |g_r|^2,  big = |G|^2,  h = mean 1 / b_r
    trace = (small - big) / (h (1 - 1 / W))    the trace of the gradient's covariance over samples
    square = big - trace h / W                 the square of the true gradient, without bias

Source: S. McCandlish et al., *An empirical model of large-batch training* (2018), whose formulas are these for equal
batches.
"""

from __future__ import annotations

from math import isfinite, nan
from typing import NamedTuple

#: Share of the past in the averages of trace and square.
EMA = 0.95


class NoiseScale(NamedTuple):
    """The noise scale and its parts. NaN where a single rank sees no difference, or none is known yet."""

    scale: float
    """Average trace over average square, in samples: batches much larger than this gain little."""
    trace: float
    """Trace of the covariance of the gradient over samples, in this step."""
    square: float
    """Square of the norm of the true gradient, in this step; by chance below zero at times."""
    samples: float
    """Samples of all ranks."""


NOT_KNOWN = NoiseScale(nan, nan, nan, nan)


class NoiseScaleAverage:
    """Averages trace and square apart: an average of their ratios would be biased."""

    def __init__(self) -> None:
        self.trace: float = 0.0
        self.square: float = 0.0

    def add(self, small: float, big: float, inverse: float, samples: float, ranks: int) -> NoiseScale:
        """Take a step's sums over the ranks of |g_r|^2, 1 / b_r and b_r, and |G|^2."""
        if ranks < 2:
            return NOT_KNOWN
        trace, square = parts(small / ranks, big, inverse / ranks, ranks)
        if isfinite(trace) and isfinite(square):
            self.trace += (1 - EMA) * (trace - self.trace)
            self.square += (1 - EMA) * (square - self.square)
        scale = self.trace / self.square if self.square > 0 else nan
        return NoiseScale(scale, trace, square, samples)

    def state_dict(self) -> dict[str, float]:
        """Return the averages."""
        return {"trace": self.trace, "square": self.square}

    def load_state_dict(self, state: dict[str, float]) -> None:
        """Go on from saved averages."""
        self.trace, self.square = float(state["trace"]), float(state["square"])


def parts(small: float, big: float, inverse: float, ranks: int) -> tuple[float, float]:
    """Return trace and square, from means over the ranks."""
    trace = (small - big) / (inverse * (1 - 1 / ranks))
    return trace, big - trace * inverse / ranks
