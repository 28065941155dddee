"""Loss scalers: a skipped step is no alarm, numbers are those of the unscaled gradients, a dead run still alarms."""

from __future__ import annotations

import math

import pytest
import torch
from torch_loop import PublishedTap, RowLog, batches, loss_of, net

from anet_lite.integrations.torch import attach

NEEDS = ("torch",)


def scaled(fused: bool, overflow=(), steps: int = 24, explicit: bool = False, bad_loss=(), **scaler):
    """Train with a scaler; in some steps the scaled gradient overflows. Return the rows, and the plain tap's."""
    model, log, expected = net(), RowLog(), {}
    optimizer = torch.optim.AdamW(model.parameters(), 3e-3, fused=fused)
    scaler = torch.amp.GradScaler("cpu", init_scale=2.0**10, growth_interval=10, **scaler)
    watch, published = attach(model, optimizer, log, every=1), PublishedTap(model)
    for number, (x, y) in enumerate(batches(steps)):
        loss = loss_of(model, x, y)
        loss = loss * math.nan if number in bad_loss else loss
        optimizer.zero_grad()
        scaler.scale(loss).backward()
        if number in overflow:
            model[0].weight.grad[0, 0] = math.inf
        else:
            expected[number] = unscaled(model, published, scaler.get_scale())
        if explicit:
            scaler.unscale_(optimizer)
        watch.loss(loss)
        scaler.step(optimizer)
        scaler.update()
    watch.detach()
    assert watch.failures == 0
    return log, expected, watch


def unscaled(model, tap, scale: float) -> tuple[float, float]:
    """The norm and the plain tap's noise of the gradients without the scale."""
    grads = [p.grad for p in model.parameters()]
    for p in model.parameters():
        p.grad = p.grad / scale
    expected = float(torch.nn.utils.get_total_norm([p.grad for p in model.parameters()])), tap.norm()
    for p, grad in zip(model.parameters(), grads):
        p.grad = grad
    return expected


@pytest.mark.parametrize("explicit", [False, True])
@pytest.mark.parametrize("fused", [False, True])
def test_numbers_are_those_of_unscaled_gradients(fused, explicit):
    log, expected, _ = scaled(fused, explicit=explicit)
    norms, noise = zip(*expected.values())
    assert log.column("grad_norm") == pytest.approx(norms, rel=1e-5)
    assert log.column("noise") == pytest.approx(noise, rel=1e-4)


@pytest.mark.parametrize("explicit", [False, True])
def test_a_step_that_a_fused_optimizer_skips_is_no_alarm_and_leaves_the_means(explicit):
    log, expected, watch = scaled(fused=True, overflow={0, 1, 12}, explicit=explicit)
    assert not watch.alarms
    rows = [row for row in log.rows if row["grad_norm"] is not None]
    assert [row["step"] for row in rows] == list(expected)
    assert [row["noise"] for row in rows] == pytest.approx([noise for _, noise in expected.values()], rel=1e-4)
    assert [row["step_norm"] for row in log.rows if row["step"] == 12] == [None]


@pytest.mark.parametrize("explicit", [False, True])
def test_a_step_that_the_scaler_does_not_take_is_no_alarm(explicit):
    log, expected, watch = scaled(fused=False, overflow={0, 1, 12}, explicit=explicit)
    assert not watch.alarms
    norms = [row["grad_norm"] for row in log.rows if row["grad_norm"] is not None]
    assert norms == pytest.approx([norm for norm, _ in expected.values()], rel=1e-5)
    assert all(math.isfinite(loss) for loss in log.column("loss"))


@pytest.mark.parametrize("fused", [False, True])
def test_a_loss_that_stays_nan_is_observed_though_no_step_is_taken(fused):
    _, _, watch = scaled(fused, steps=24, bad_loss=range(8, 24), overflow=range(8, 24))
    assert watch.alarms[0].rule == "nonfinite"
    assert watch.alarms[0].signal == "loss"
    assert watch.alarms[0].step in {8, 9}


@pytest.mark.parametrize(("fused", "signal", "first"), [(False, "step_norm", 25), (True, "grad_norm", 41)])
def test_a_gradient_that_never_recovers_is_observed(fused, signal, first):
    # An optimizer that is never called is seen by its update; a fused one is called and skips by itself.
    log, _, watch = scaled(fused, steps=60, overflow=range(10, 60))
    assert watch.alarms[0].signal == signal
    assert watch.alarms[0].step in range(first, first + 4)
    assert all(math.isfinite(loss) for loss in log.column("loss"))


def test_a_loop_without_the_optimizers_step_is_told_as_such():
    model, generator = torch.nn.Linear(4, 1), torch.Generator().manual_seed(0)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    watch = attach(model, optimizer, every=8)
    for number in range(80):
        batch = torch.randn(16, 4, generator=generator)
        optimizer.zero_grad()
        loss = model(batch).square().mean()
        loss.backward()
        watch.loss(loss, grad_norm=torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0))
        if number < 40:
            optimizer.step()
    watch.detach()
    assert [alarm.rule for alarm in watch.alarms] == ["frozen_step"]
    assert watch.alarms[0].step in range(42, 50)  # A scaler skips no step whose gradient is finite.
