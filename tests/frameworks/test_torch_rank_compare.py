"""Which of many ranks stands apart, by plain numbers."""

from __future__ import annotations

import math

import numpy as np
import pytest

from anet_lite.integrations.torch.ranks import out_of_step, strangeness

NEEDS = ("torch",)


@pytest.mark.parametrize(
    ("values", "odd"),
    [
        ([1.0] * 8, []),
        ([1.0, 1.0 + 1e-9, 1.0], []),
        ([1.0, 1.0, 1.00001, 1.0], [2]),
        ([1.0, 2.0], [0, 1]),
        ([1.0, 1.0, 2.0, 2.0], [0, 1, 2, 3]),
        ([1.0, math.nan, 1.0], [1]),
        ([math.nan] * 3, []),
        ([0.0, 0.0], []),
    ],
)
def test_the_ranks_that_hold_other_numbers_than_most(values, odd):
    assert out_of_step(values) == odd


def test_ranks_with_the_same_data_never_stand_apart():
    rng = np.random.default_rng(0)
    worst = 0.0
    for _ in range(2000):
        losses = 2.0 + 0.5 * rng.normal(size=(16, 8))
        gaps = [(float(row[0]), float(row[1:].mean())) for row in losses]
        worst = max(worst, abs(strangeness(gaps)))
    assert worst < 8.0


def test_a_small_difference_is_none_however_certain():
    assert strangeness([(1.04 + 1e-6 * at, 1.0) for at in range(16)]) == 0.0
    assert strangeness([(1.5, 1.0)] * 16) == math.inf
    assert strangeness([(0.5, 1.0)] * 7) == 0.0
