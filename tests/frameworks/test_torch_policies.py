"""Policies act under `attach`: the rate under schedulers, steps left out, the way back; or they are refused."""

from __future__ import annotations

import math
from typing import Any

import pytest
import torch
from own_policies import Dances, Quarter
from torch_loop import RowLog, batches, loss_of, net

from anet_lite.integrations.torch import Checkpoints, attach
from anet_lite.policy import Guard, LowerLR, Rollback, SkipStep

NEEDS = ("torch",)

OPTIMIZERS = {
    "sgd": lambda params: torch.optim.SGD(params, 0.1, momentum=0.9, weight_decay=0.1),
    "adamw": lambda params: torch.optim.AdamW(params, 0.1, foreach=True),
    "fused": lambda params: torch.optim.AdamW(params, 0.1, fused=True),
    "tensor rate": lambda params: torch.optim.AdamW(params, torch.tensor(0.1)),
}


def trained(made, guard=None, rate: float = 1.0, closure: bool = False) -> tuple[Any, Any, list[float]]:
    """Train under a scheduler whose rates each depend on the one before; by hand with a part of the rate."""
    model = net()
    optimizer = made(model.parameters())
    for group in optimizer.param_groups:
        group["lr"] *= rate
    scheduler = torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.9)
    log = RowLog()
    watch = attach(model, optimizer, log, guard=guard)
    for x, y in batches(12):
        optimizer.zero_grad()
        if closure:
            optimizer.step(lambda x=x, y=y: backward(loss_of(model, x, y)))
        else:
            watch.loss(backward(loss_of(model, x, y)))
            optimizer.step()
        scheduler.step()
    watch.detach()
    assert watch.failures == 0
    return model, log, [float(group["lr"]) for group in optimizer.param_groups]


def backward(loss):
    loss.backward()
    return loss


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("closure", [False, True])
def test_a_part_of_the_rate_trains_as_that_rate_does_and_the_scheduler_keeps_its_own(name, closure):
    scaled, log, rates = trained(OPTIMIZERS[name], Guard(Quarter()), closure=closure)
    by_hand, other, lower = trained(OPTIMIZERS[name], rate=0.25, closure=closure)
    for one, another in zip(scaled.parameters(), by_hand.parameters()):
        torch.testing.assert_close(one, another)
    assert rates == pytest.approx([0.1 * 0.9**12])
    assert rates == pytest.approx([4 * rate for rate in lower])
    assert log.column("lr") == pytest.approx(other.column("lr"))


def test_a_rate_that_two_groups_share_is_lowered_once():
    model, rate = net(), torch.tensor(0.1)
    groups = [{"params": list(layer.parameters()), "lr": rate} for layer in (model[0], model[2])]
    optimizer = torch.optim.SGD(groups, 1.0)
    watch = attach(model, optimizer, guard=Guard(Quarter()))
    seen = []
    optimizer.register_step_pre_hook(lambda *_: seen.append(rate.item()))
    for x, y in batches(2):
        watch.loss(backward(loss_of(model, x, y)))
        optimizer.step()
    assert seen == pytest.approx([0.025, 0.025])
    assert rate.item() == pytest.approx(0.1)


def test_a_function_that_sets_the_rate_is_not_helped():
    guard = Guard(Quarter(), set_scale=lambda _: None)
    _, log, _ = trained(OPTIMIZERS["sgd"], guard)
    assert log.column("lr")[0] == 0.1


def test_a_dry_run_leaves_the_rate_alone():
    _, log, _ = trained(OPTIMIZERS["sgd"], Guard(Quarter(), dry_run=True))
    assert log.column("lr")[0] == 0.1


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("closure", [False, True])
def test_a_step_that_is_not_finite_is_left_out(name, closure):
    model = net()
    optimizer = OPTIMIZERS[name](model.parameters())
    log = RowLog()
    watch = attach(model, optimizer, log, guard=Guard(SkipStep()))
    changed = []
    for step, (x, y) in enumerate(batches(6)):
        before = [p.detach().clone() for p in model.parameters()]
        factor = math.nan if step in (2, 3) else 1.0
        optimizer.zero_grad()
        if closure:
            optimizer.step(lambda x=x, y=y, f=factor: backward(loss_of(model, x, y) * f))
        else:
            watch.loss(backward(loss_of(model, x, y) * factor))
            optimizer.step()
        changed.append(not all(torch.equal(p, b) for p, b in zip(model.parameters(), before)))
    watch.detach()
    assert changed == [True, True, False, False, True, True]
    assert [row["step"] for row in log.rows] == list(range(6))
    assert [math.isnan(loss) for loss in log.column("loss")] == [False, False, True, True, False, False]
    assert all(torch.isfinite(p).all() for p in model.parameters())
    assert watch.failures == 0


def test_too_many_in_a_row_stop_the_run():
    model = net()
    optimizer = torch.optim.SGD(model.parameters(), 0.1)
    watch = attach(model, optimizer, guard=Guard(SkipStep(at_most=2)))
    for x, y in batches(3):
        watch.loss(backward(loss_of(model, x, y) * math.nan))
        optimizer.step()
    assert watch.should_stop


def test_the_way_back_takes_model_and_monitor_and_forgets_the_bad_steps(tmp_path):
    model = net()
    optimizer = torch.optim.SGD(model.parameters(), 0.01, momentum=0.9)
    kept = Checkpoints(tmp_path / "kept", model=model, optimizer=optimizer)
    guard = Guard(Rollback(every=40, promote_after=40, factor=0.5), save=kept.save, load=kept.load)
    watch = attach(model, optimizer, guard=guard)
    kinds = []
    watch._session._on_snapshot = lambda _: kinds.append(watch.action.kind)
    for step, (x, y) in enumerate(batches(600)):
        optimizer.zero_grad()
        watch.loss(backward(loss_of(model, x, y) * (math.nan if step == 500 else 1.0)))
        optimizer.step()
    assert kinds.count("rollback") == 1
    assert all(torch.isfinite(p).all() for p in model.parameters())
    assert watch.status != "failing"
    assert watch.reading.lr == pytest.approx(0.005)
    assert watch.failures == 0


def test_what_nothing_carries_out_is_refused_when_it_is_made():
    model = net()
    with pytest.raises(ValueError, match="guard: attach cannot do what Dances decides: nothing here carries out dance"):
        attach(model, torch.optim.SGD(model.parameters(), 0.1), guard=Guard(Dances()))
    attach(model, torch.optim.SGD(model.parameters(), 0.1), guard=Guard(LowerLR()))


def test_a_poisoned_model_is_not_kept_and_going_back_removes_what_came_after(tmp_path, caplog):
    model = net()
    kept = Checkpoints(tmp_path, model=model)
    weight = model[0].weight.detach().clone()
    for step in (10, 20, 30):
        kept.save(step)
    assert kept.steps == [20, 30]
    model[0].weight.data.fill_(math.nan)
    kept.save(40)
    assert "the checkpoint of step 40 is not saved: 0.weight of model is not finite" in caplog.text
    kept.load(20)
    assert torch.equal(model[0].weight, weight)
    assert kept.steps == [20]
    assert [path.name for path in tmp_path.iterdir()] == ["step-20.pt"]


def test_what_cannot_be_kept_is_refused(tmp_path):
    with pytest.raises(TypeError, match="model must have state_dict and load_state_dict, got int"):
        Checkpoints(tmp_path, model=3)
    with pytest.raises(ValueError, match="parts must name what is saved"):
        Checkpoints(tmp_path)
    with pytest.raises(ValueError, match=r"step must be one of \[\], got 7"):
        Checkpoints(tmp_path, model=net()).load(7)
