"""Web traffic by formula: days, evenings, weekends, noise that grows with the level."""

from __future__ import annotations

import numpy as np

from detection.series import Floats, autoregressive


def traffic(rng: np.random.Generator, days: int, day: int, weekend: float = 1.0, growth: float = 0.0) -> Floats:
    """Return ``days`` days of ``day`` samples from midnight on; Saturdays and Sundays have ``weekend`` of the others'.

    The level grows by the share ``growth`` from the first to the last sample.
    """
    t = np.arange(days * day)
    hour = t % day / day
    daylight = np.clip(np.sin(2 * np.pi * (hour - 0.25)), -0.6, 1)
    evening = np.exp(-(((hour - 0.8) / 0.06) ** 2))
    shape = np.maximum(0.25 + 0.6 * daylight + 0.3 * evening, 0.05)
    level = np.where(t // day % 7 >= 5, weekend, 1.0) * (1 + growth * t / len(t))
    return 1000 * shape * level * (1 + 0.05 * autoregressive(rng, len(t), 0.8, 0.6))
