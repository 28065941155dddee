"""Signals that collapse at a known value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from named_signals.healthy import autocorrelated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy import float64
    from numpy.random import Generator
    from numpy.typing import NDArray

AT = 400
EARLY = 100


def collapses(random: Generator) -> Iterator[tuple[str, str, int, NDArray[float64]]]:
    """Yield a name, the direction that is bad, the value where it begins, and a series, for each kind."""
    values = 600
    t, noise = np.arange(values), random.standard_normal(values)
    small = 1 + 0.03 * autocorrelated(values, 0.7, random)
    ramp, early = np.clip((t - AT) / 50, 0, 1), np.clip((t - EARLY) / 50, 0, 1)
    yield "entropy 3.3 to 1.4 in 50", "falls", AT, (3.3 - 1.9 * ramp) * small
    yield "the same at value 100", "falls", EARLY, (3.3 - 1.9 * early) * small
    yield "the same after a decay", "falls", AT, (3.3 - 0.8 * np.minimum(t, AT) / AT - 1.2 * ramp) * small
    yield "divergence .03 to 1.6 in 50", "rises", AT, (0.03 + 1.57 * ramp) * np.exp(0.3 * noise)
    yield "reward to a third in 50", "falls", AT, 0.6 * (1 - ramp * 2 / 3) + 0.06 * noise
    yield (
        "the same, having grown",
        "falls",
        AT,
        (0.1 + 0.5 * np.clip(t / 300, 0, 1)) * (1 - ramp * 2 / 3) + 0.06 * noise,
    )
    yield "reward to a third at once", "falls", AT, 0.6 * (1 - (t >= AT) * 2 / 3) + 0.1 * noise
    yield "the same, noise of a fifth", "falls", AT, 0.6 * (1 - (t >= AT) * 2 / 3) + 0.12 * noise
