"""The gaps of the heights of every method, and of true zeros at great heights, against the laws of random matrices."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from anet_lite import zeta
from rh_sparse_anomaly import generate_gammas, normalized_gaps

COUNT = 100_000

#: Powers of ten of the ordinals at which true zeros are looked at besides.
POWERS = (6, 7, 8, 9, 10, 12)


class Sample(NamedTuple):
    """Gaps in order of size, and what was measured on them."""

    name: str
    gaps: np.ndarray
    statistics: zeta.GapStatistics


def samples() -> list[Sample]:
    """Return the gaps of each method from 1 on, then those of true zeros higher up."""
    return [*map(low, ("newton", "centred", "exact")), *map(high, POWERS)]


def low(method: str) -> Sample:
    """Return the gaps of the heights that a method gives."""
    heights = generate_gammas(COUNT + 1, method)
    return Sample(f"`{method}`, from 1", np.sort(normalized_gaps(heights)), zeta.gap_statistics(heights))


def high(power: int) -> Sample:
    """Return the gaps of true zeros from an ordinal on; beyond 10^9 the low words keep their digits."""
    found = zeta.zeros(10**power, COUNT + 1)
    return Sample(f"`exact`, from 10^{power}", np.sort(found.gaps), zeta.gap_statistics(found))
