"""The shapes that a step can have: accumulated, clipped, with a closure, compiled; and that none of it waits."""

from __future__ import annotations

import pytest
import torch
from torch_loop import RowLog, batches, loss_of, net, row_log, train

from anet_lite.integrations.torch import Watch, attach
from anet_lite.integrations.torch.loop.step_hooks import StepHooks

NEEDS = ("torch",)


def total_norm(model) -> float:
    return float(torch.nn.utils.get_total_norm([p.grad for p in model.parameters()]))


def test_accumulated_batches_are_one_step():
    model, log, expected = net(), RowLog(), []
    optimizer = torch.optim.AdamW(model.parameters(), 3e-3)
    watch = attach(model, optimizer, log, every=2)
    losses = []
    for number, (x, y) in enumerate(batches(24), 1):
        loss = loss_of(model, x, y)
        (loss / 4).backward()
        watch.loss(loss)
        losses.append(float(loss.detach()))
        if number % 4 == 0:
            expected.append((sum(losses[-4:]) / 4, total_norm(model)))
            optimizer.step()
            optimizer.zero_grad()
    watch.detach()
    assert log.column("step") == list(range(6))
    assert log.column("loss") == pytest.approx([loss for loss, _ in expected], rel=1e-6)
    assert log.column("grad_norm") == pytest.approx([norm for _, norm in expected], rel=1e-6)


@pytest.mark.parametrize("how", ["given", "before"])
def test_the_norm_before_clipping_is_measured_or_given(how):
    def run(clip: bool) -> RowLog:
        model, log = net(), RowLog()
        optimizer = torch.optim.AdamW(model.parameters(), 0.0)  # a rate of 0: both runs see the same gradients
        watch = attach(model, optimizer, log, every=1)
        for x, y in batches(6):
            loss = loss_of(model, x, y)
            optimizer.zero_grad()
            loss.backward()
            norm = total_norm(model)
            if clip and how == "before":
                watch.gradients()
            if clip:
                norm = torch.nn.utils.clip_grad_norm_(model.parameters(), 1e-3)
            watch.loss(loss, grad_norm=norm if how == "given" else None)
            optimizer.step()
        watch.detach()
        return log

    clipped, free = run(clip=True), run(clip=False)
    assert clipped.column("grad_norm") == pytest.approx(free.column("grad_norm"), rel=1e-4)
    if how == "before":
        assert clipped.column("noise") == pytest.approx(free.column("noise"), rel=1e-4)
    # Its mean is of clipped gradients, so only the first step is the same; all keep the units of the gradient.
    assert clipped.column("noise")[0] == pytest.approx(free.column("noise")[0], rel=1e-3)
    assert clipped.column("noise") == pytest.approx(free.column("noise"), rel=0.5)


def test_a_given_norm_is_not_measured_again(monkeypatch):
    calls = []
    measured = torch._foreach_norm
    monkeypatch.setattr(torch, "_foreach_norm", lambda *args, **more: calls.append(1) or measured(*args, **more))
    model = net()
    optimizer = torch.optim.SGD(model.parameters(), 1e-2)
    watch = attach(model, optimizer, every=8)
    for x, y in batches(7):
        loss = loss_of(model, x, y)
        loss.backward()
        watch.loss(loss, grad_norm=1.0)
        optimizer.step()
    assert not calls


def test_a_closure_is_measured_inside():
    model, log, expected = net(), RowLog(), []
    optimizer = torch.optim.LBFGS(model.parameters(), lr=0.1, max_iter=3)
    watch = attach(model, optimizer, log, every=1)
    for x, y in batches(4):
        first = []

        def closure(x=x, y=y, first=first):
            optimizer.zero_grad()
            loss = loss_of(model, x, y)
            loss.backward()
            first.append((float(loss.detach()), total_norm(model)))
            return loss

        optimizer.step(closure)
        expected.append(first[0])
    watch.detach()
    assert log.column("loss") == pytest.approx([loss for loss, _ in expected], rel=1e-6)
    assert log.column("grad_norm") == pytest.approx([norm for _, norm in expected], rel=1e-6)
    assert all(norm > 0 for norm in log.column("step_norm"))


def test_a_learning_rate_may_be_a_tensor_or_differ_between_groups():
    model = net()
    groups = [{"params": model[0].parameters(), "lr": torch.tensor(1e-3)}, {"params": model[2].parameters()}]
    log = row_log(model, torch.optim.AdamW(groups, lr=torch.tensor(5e-3), foreach=False), 8)
    assert log.column("lr") == pytest.approx([5e-3] * 8)


def test_parameters_may_be_frozen_shared_missing_or_added_later():
    model = net()
    model.add_module("unused", torch.nn.Linear(2, 2))
    model.add_module("again", model[0])
    body = model[:3]
    model[0].bias.requires_grad_(False)
    optimizer, log = torch.optim.AdamW(model[0].parameters(), 3e-3), RowLog()
    watch = attach(model, optimizer, log, every=1)
    train(body, optimizer, 4, watch)
    optimizer.add_param_group({"params": list(model[2].parameters()) + list(model.unused.parameters())})
    train(body, optimizer, 4, watch)
    watch.detach()
    assert watch.failures == 0
    norms = log.column("grad_norm")
    assert len(norms) == 8
    assert None not in norms
    assert norms[-1] > float(model[0].weight.grad.norm())


def test_without_any_gradient_there_is_a_row_without_norms():
    model, log = net(), RowLog()
    optimizer = torch.optim.SGD(model.parameters(), 1e-2)
    watch = attach(model, optimizer, log, every=1)
    optimizer.step()
    watch.detach()
    assert watch.failures == 0
    assert log.column("grad_norm") == [None]


def test_bfloat16_parameters_are_measured_in_single_precision():
    truth, half = net(), net(dtype=torch.bfloat16)
    kinds = {"float": (truth, torch.float32), "half": (half, torch.bfloat16)}
    logs = {}
    for name, (model, dtype) in kinds.items():
        logs[name] = RowLog()
        optimizer = torch.optim.SGD(model.parameters(), 1e-2)
        watch = attach(model, optimizer, logs[name], every=1)
        train(model, optimizer, 8, watch, dtype=dtype)
        watch.detach()
        assert watch.failures == 0
    for name in ("grad_norm", "noise"):
        assert logs["half"].column(name) == pytest.approx(logs["float"].column(name), rel=0.05)


WAITS = ("item", "cpu", "tolist", "numpy", "nonzero", "__bool__", "__float__", "__int__", "__index__")


@pytest.fixture
def waits(monkeypatch) -> list[str]:
    """What was called on tensors, of all that waits for a device, from within the watch."""
    calls, inside = [], []

    def counted(name, plain):
        return lambda *args, **more: (inside and calls.append(name)) or plain(*args, **more)

    def marked(plain):
        def method(*args, **more):
            inside.append(1)
            try:
                return plain(*args, **more)
            finally:
                inside.pop()

        return method

    for name in WAITS:
        monkeypatch.setattr(torch.Tensor, name, counted(name, getattr(torch.Tensor, name)))
    for owner, name in ((Watch, "loss"), (Watch, "gradients"), (StepHooks, "before"), (StepHooks, "after")):
        monkeypatch.setattr(owner, name, marked(getattr(owner, name)))
    return calls


@pytest.mark.parametrize("options", [{}, {"lean": True}, {"layers": r"\d"}])
def test_nothing_waits_for_the_device_between_intervals(waits, options):
    model = net()
    optimizer = torch.optim.AdamW(model.parameters(), torch.tensor(3e-3), foreach=False)
    watch = attach(model, optimizer, every=8, **options)
    at = {}
    for number, (x, y) in enumerate(batches(32), 1):
        loss = loss_of(model, x, y)
        optimizer.zero_grad()
        loss.backward()
        watch.loss(loss, grad_norm=torch.ones(()) if number % 2 else None)
        optimizer.step()
        at[number], waits[:] = list(waits), []
    assert {number: calls for number, calls in at.items() if calls} == {n: ["tolist"] for n in (16, 24, 32)}
    assert watch.snapshot.row == 23
    assert watch.failures == 0


def test_a_compiled_model_keeps_its_names_and_numbers():
    plain, model = net(), net()
    compiled = torch.compile(model)
    expected = row_log(plain, torch.optim.AdamW(plain.parameters(), 3e-3), 8)
    log, watch = RowLog(), None
    optimizer = torch.optim.AdamW(compiled.parameters(), 3e-3)
    watch = attach(compiled, optimizer, log, layers=r"^(\d)\.")
    train(compiled, optimizer, 8, watch)
    watch.detach()
    assert watch.failures == 0
    for name in ("loss", "grad_norm", "lr"):
        assert log.column(name) == pytest.approx(expected.column(name), rel=1e-4)
    assert list(watch.layers) == ["0", "2"]
