"""The published tap's numbers, from fewer operations."""

from __future__ import annotations

import math

import pytest
import torch
from torch_loop import PublishedTap, batches, loss_of, net

from anet_lite.integrations.torch import GradNoiseTap

NEEDS = ("torch",)


def follow(model, optimizer, *taps, steps: int = 30, **kind):
    """Train, and return what each tap says in each step."""
    norms = []
    for x, y in batches(steps, **kind):
        optimizer.zero_grad()
        loss_of(model, x, y).backward()
        norms.append([tap.norm() for tap in taps])
        optimizer.step()
    return zip(*norms)


@pytest.mark.parametrize("ema", [0.0, 0.5, 0.9, 0.99])
def test_numbers_are_the_published_loops(ema):
    model = net()
    optimizer = torch.optim.AdamW(model.parameters(), 3e-3)
    ours, published = follow(model, optimizer, GradNoiseTap(model, ema), PublishedTap(model, ema))
    assert ours == pytest.approx(published, rel=1e-5, abs=1e-7)


def test_double_precision_is_kept():
    model = net(dtype=torch.float64)
    optimizer = torch.optim.SGD(model.parameters(), 1e-2)
    ours, published = follow(model, optimizer, GradNoiseTap(model), PublishedTap(model), dtype=torch.float64)
    assert ours == pytest.approx(published, rel=1e-12)


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
def test_half_precision_agrees_within_its_rounding(dtype):
    model = net(dtype=dtype)
    optimizer = torch.optim.SGD(model.parameters(), 1e-2)
    ours, published = follow(model, optimizer, GradNoiseTap(model), PublishedTap(model), dtype=dtype)
    assert ours == pytest.approx(published, rel=0.02)


def test_half_precision_does_not_overflow():
    model = torch.nn.Linear(100, 100, bias=False, dtype=torch.float16)
    model.weight.grad = torch.full((100, 100), 1000.0, dtype=torch.float16)
    assert GradNoiseTap(model, ema=0.5).norm() == pytest.approx(50_000.0, rel=1e-3)
    model.weight.grad = torch.full((100, 100), 10000.0, dtype=torch.float16)
    assert GradNoiseTap(model, ema=0.5).norm() == pytest.approx(500_000.0, rel=1e-3)


def test_frozen_shared_and_missing_parameters():
    model = net()
    model[0].weight.requires_grad_(False)
    model.add_module("again", model[2])
    model.add_module("unused", torch.nn.Linear(2, 2))
    shared = torch.nn.ModuleDict({"first": model[:3], "second": model[:3], "unused": model.unused})
    optimizer = torch.optim.SGD(model.parameters(), 1e-2)
    tap, published = GradNoiseTap(shared), PublishedTap(shared)
    norms = []
    for x, y in batches(10):
        optimizer.zero_grad()
        loss_of(model[:3], x, y).backward()
        norms.append((tap.norm(), published.norm()))
        optimizer.step()
    assert [ours for ours, _ in norms] == pytest.approx([theirs for _, theirs in norms], rel=1e-5)
    assert list(tap.m) == ["first.0.bias", "first.2.weight", "first.2.bias"]


def test_without_gradients_there_is_no_noise():
    assert GradNoiseTap(net()).norm() == 0.0
    assert GradNoiseTap(torch.nn.Identity()).norm() == 0.0


def test_a_sparse_gradient_counts_like_a_dense_one():
    dense, sparse = torch.nn.Embedding(9, 3), torch.nn.Embedding(9, 3, sparse=True)
    sparse.load_state_dict(dense.state_dict())
    taps = [GradNoiseTap(dense), GradNoiseTap(sparse)]
    for tap in taps:
        tap.model(torch.tensor([1, 1, 4])).square().sum().backward()
    assert taps[0].norm() == pytest.approx(taps[1].norm(), rel=1e-6)


def test_one_bad_gradient_does_not_poison_what_follows():
    model = torch.nn.Linear(2, 1)
    tap = GradNoiseTap(model)
    model.weight.grad, model.bias.grad = torch.tensor([[3.0, 4.0]]), torch.tensor([1.0])
    tap.norm()
    model.weight.grad = torch.tensor([[math.nan, 1.0]])
    assert math.isnan(tap.norm())
    model.weight.grad = torch.tensor([[3.0, 4.0]])
    assert tap.norm() == pytest.approx(0.9 * 5 + 0.9**3)


def test_gradients_are_left_as_they_are():
    model = net()
    loss_of(model, *next(batches(1))).backward()
    before = [p.grad.clone() for p in model.parameters()]
    GradNoiseTap(model).norm()
    assert all(torch.equal(p.grad, old) for p, old in zip(model.parameters(), before))


@pytest.mark.parametrize(
    ("ema", "error", "text"),
    [
        (1.0, ValueError, "ema must be at least 0 and below 1, got 1.0"),
        (-0.1, ValueError, "ema must be at least 0 and below 1, got -0.1"),
        (math.nan, ValueError, "ema must be at least 0 and below 1, got nan"),
        ("0.9", TypeError, "ema must be a real number, got str"),
    ],
)
def test_an_impossible_ema_is_named(ema, error, text):
    with pytest.raises(error, match=text):
        GradNoiseTap(net(), ema)
