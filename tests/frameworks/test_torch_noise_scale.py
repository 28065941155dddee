"""The noise scale is unbiased, whatever the sizes of the batches; one rank has none."""

from __future__ import annotations

import math

import pytest
import torch
from torch_loop import net, train

from anet_lite.integrations.torch import attach
from anet_lite.integrations.torch.noise_scale import NoiseScaleAverage, parts

NEEDS = ("torch",)


@pytest.mark.parametrize("sizes", [(8, 8, 8, 8), (4, 7, 16, 29), (1, 100)])
def test_parts_are_unbiased(sizes):
    dimension, draws, true = 50, 4000, 0.5
    source = torch.Generator().manual_seed(0)
    batch = torch.tensor(sizes, dtype=torch.float64)
    noise = torch.randn(draws, len(sizes), dimension, generator=source, dtype=torch.float64)
    own = true + 2.0 * noise / batch.sqrt()[:, None]
    small, big = own.square().sum(-1).mean(1), own.mean(1).square().sum(-1)
    trace, square = parts(float(small.mean()), float(big.mean()), float((1 / batch).mean()), len(sizes))
    assert trace == pytest.approx(4.0 * dimension, rel=0.01)
    assert square == pytest.approx(true**2 * dimension, rel=0.03)


def test_a_square_below_zero_gives_no_scale():
    average = NoiseScaleAverage()
    assert math.isnan(average.add(small=4.0, big=1.0, inverse=2.0, samples=2.0, ranks=2).scale)
    assert average.add(small=4.0, big=1.9, inverse=0.2, samples=20.0, ranks=2).trace == pytest.approx(2.0)


def test_a_step_that_is_not_finite_leaves_the_averages():
    average = NoiseScaleAverage()
    average.add(small=4.0, big=1.9, inverse=0.2, samples=20.0, ranks=2)
    before = average.state_dict()
    assert math.isnan(average.add(small=math.nan, big=1.0, inverse=0.2, samples=20.0, ranks=2).trace)
    assert average.state_dict() == before


def test_one_rank_has_none():
    model = net()
    optimizer = torch.optim.SGD(model.parameters(), 1e-2)
    watch = attach(model, optimizer, every=1, noise_scale=True)
    train(model, optimizer, 2, watch)
    assert all(map(math.isnan, watch.reading.noise_scale))
