"""A little curve: the newest of every so many values, few enough for a list of a thousand."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

MOST = 96
"""Points at most; where there would be more, every second one goes."""


@dataclass
class Sparkline:
    """A curve of at most 96 points, however many values it takes. None stands for what is not finite.

    Example:
        >>> from anet_lite.board.sparkline import Sparkline
        >>> curve = Sparkline()
        >>> for value in range(1000):
        ...     curve.push(value)
        >>> len(curve.points) <= 96, curve.points[:3], curve.points[-1]
        (True, [0.0, 16.0, 32.0], 992.0)

    """

    points: list[float | None] = field(default_factory=list["float | None"])
    every: int = 1
    seen: int = 0

    def push(self, value: float) -> None:
        """Take the next value."""
        if self.seen % self.every == 0:
            self.points.append(float(f"{value:.5g}") if math.isfinite(value) else None)
        self.seen += 1
        if len(self.points) > MOST:
            self.points, self.every = self.points[::2], 2 * self.every
