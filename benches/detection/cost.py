"""What a score costs."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from detection.series import Floats

POINTS, TIMES = 20_000, 3


def cost(scorer: Callable[[Floats], Floats], points: int = POINTS, counted_by: object = None) -> float:
    """Return microseconds of processor time a point, the best of three after a warm-up.

    ``counted_by.elsewhere`` are seconds that a scorer spends in another process, where it has that attribute.
    """
    x = np.sin(np.arange(points) / 8) + 0.1 * np.random.default_rng(0).standard_normal(points)
    scorer(x[:2048])
    times = []
    for _ in range(TIMES):
        start = time.process_time()
        scorer(x)
        times.append(time.process_time() - start + getattr(counted_by, "elsewhere", 0.0))
    return 1e6 * min(times) / points
