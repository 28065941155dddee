"""Two lines in a training loop: the numbers are true, late by an interval, and nothing stops training."""

from __future__ import annotations

import logging
import math

import pytest
import torch
from torch_loop import RowLog, Truth, batches, loss_of, net, row_log, train

from anet_lite import Monitor
from anet_lite.integrations.torch import attach

NEEDS = ("torch",)

OPTIMIZERS = {
    "sgd": lambda p: torch.optim.SGD(p, 1e-2, momentum=0.9, weight_decay=0.01),
    "adamw": lambda p: torch.optim.AdamW(p, 3e-3),
    "adam": lambda p: torch.optim.Adam(p, 3e-3, weight_decay=0.01),
    "amsgrad": lambda p: torch.optim.AdamW(p, 3e-3, amsgrad=True, maximize=True),
    "fused": lambda p: torch.optim.AdamW(p, 3e-3, fused=True),
}


def measured(kind: str, lean: bool, steps: int = 24):
    """Train in double precision under a watch and beside the truth."""
    model = net(dtype=torch.float64)
    optimizer = OPTIMIZERS[kind](model.parameters())
    truth, readings = Truth(model), []
    optimizer.register_step_pre_hook(lambda *_: truth.before())
    optimizer.register_step_post_hook(lambda *_: truth.after())
    watch = attach(model, optimizer, every=1, lean=lean, on_snapshot=lambda _: readings.append(watch.reading))
    train(model, optimizer, steps, watch, dtype=torch.float64)
    watch.detach()
    assert watch.failures == 0
    return truth.rows, readings


@pytest.mark.parametrize(
    ("kind", "lean"),
    [*((kind, False) for kind in OPTIMIZERS), *((kind, True) for kind in OPTIMIZERS if kind != "sgd")],
)
def test_every_number_is_the_true_one(kind, lean):
    truth, readings = measured(kind, lean)
    assert len(readings) == len(truth) == 24
    for name in ("grad_norm", "noise", "step_norm", "alignment"):
        numbers = [getattr(reading, name) for reading in readings]
        coupled = kind == "adam" and lean and name == "noise"  # Adam's mean is then of g + w p.
        assert numbers == pytest.approx([row[name] for row in truth], rel=0.05 if coupled else 1e-8), name


def test_plain_descent_is_aligned_against_its_gradient():
    model = net()
    optimizer = torch.optim.SGD(model.parameters(), 0.1)
    watch = attach(model, optimizer, every=1)
    train(model, optimizer, 3, watch)
    assert watch.reading.alignment == pytest.approx(-1, abs=1e-5)
    assert watch.reading.step_norm == pytest.approx(0.1 * watch.reading.grad_norm, rel=1e-4)


def test_numbers_come_one_interval_late():
    model, log = net(), RowLog()
    optimizer = torch.optim.AdamW(model.parameters(), 3e-3)
    watch, rows_after = attach(model, optimizer, log, every=4), []
    for x, y in batches(13):
        optimizer.zero_grad()
        loss = loss_of(model, x, y)
        loss.backward()
        watch.loss(loss)
        optimizer.step()
        rows_after.append(len(log.rows))
    assert rows_after == [0] * 7 + [4] * 4 + [8] * 2
    watch.flush()
    assert log.column("step") == list(range(13))


def test_loss_and_gradient_in_each_step_noise_and_update_once_an_interval():
    model = net()
    log = row_log(model, torch.optim.AdamW(model.parameters(), 3e-3), 16)
    assert None not in log.column("loss") + log.column("grad_norm") + log.column("lr")
    for name in ("noise", "step_norm"):
        assert [step for step, value in enumerate(log.column(name)) if value is not None] == [7, 15]


def test_rows_are_those_of_a_plain_loop():
    model, twin = net(), net()
    log = row_log(model, torch.optim.SGD(model.parameters(), 1e-2), 20)
    optimizer, expected = torch.optim.SGD(twin.parameters(), 1e-2), []
    for x, y in batches(20):
        loss = loss_of(twin, x, y)
        optimizer.zero_grad()
        loss.backward()
        expected.append(
            (float(loss.detach()), float(torch.nn.utils.get_total_norm([p.grad for p in twin.parameters()])))
        )
        optimizer.step()
    assert log.column("loss") == pytest.approx([loss for loss, _ in expected], rel=1e-6)
    assert log.column("grad_norm") == pytest.approx([norm for _, norm in expected], rel=1e-6)
    assert set(log.column("lr")) == {1e-2}


def test_a_nan_is_observed_in_its_step_with_its_batch():
    model = net()
    optimizer, caught = torch.optim.SGD(model.parameters(), 1e-2), []
    watch = attach(model, optimizer, on_snapshot=lambda s: caught.append(s) if s.alarms else None)
    for number, (x, y) in enumerate(batches(30)):
        loss = loss_of(model, x * (math.nan if number == 11 else 1), y)
        optimizer.zero_grad()
        loss.backward()
        watch.loss(loss, batch_id=f"shard {number}")
        optimizer.step()
    assert (caught[0].step, caught[0].status, caught[0].batch_id) == (11, "failing", "shard 11")
    assert caught[0].alarms[0].rule == "nonfinite"
    assert watch.status == "failing"
    assert watch.alarms[0].step == 11


def test_a_state_goes_on_and_asking_for_it_changes_nothing():
    def run(reload: bool) -> RowLog:
        model, log = net(), RowLog()
        optimizer = torch.optim.AdamW(model.parameters(), 3e-3)
        watch = attach(model, optimizer, log)
        train(model, optimizer, 24, watch)
        watch.flush()
        state = watch.state_dict()
        assert state == watch.state_dict()
        if reload:
            watch.load_state_dict(state)
        train(model, optimizer, 8, watch, seed=2)
        watch.flush()
        return log

    assert run(reload=True).rows == run(reload=False).rows


def test_a_state_is_plain_and_strict():
    model = net()
    watch = attach(model, torch.optim.SGD(model.parameters(), 1e-2))
    plain(watch.state_dict())
    with pytest.raises(TypeError, match="state must be a dict, got list"):
        watch.load_state_dict([])
    with pytest.raises(ValueError, match=r"state must be what Watch.state_dict gave"):
        watch.load_state_dict({})
    with pytest.raises(ValueError, match="state"):
        watch.load_state_dict({**watch.state_dict(), "monitor": {}})


def plain(value) -> None:
    assert isinstance(value, (dict, list, str, int, float, bool, type(None))), type(value)
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        plain(part)


def test_detaching_takes_every_hook_off():
    model = net()
    optimizer = torch.optim.SGD(model.parameters(), 1e-2)
    watch = attach(model, optimizer)
    watch.detach()
    assert not optimizer._optimizer_step_pre_hooks
    assert not optimizer._optimizer_step_post_hooks


class Broken(Monitor):
    """A monitor that fails at each update."""

    def update(self, *_, **__):
        raise RuntimeError("broken monitor")


def test_a_monitor_that_raises_does_not_stop_training(caplog):
    model, twin = net(), net()
    optimizer = torch.optim.SGD(model.parameters(), 1e-2)
    watch = attach(model, optimizer, Broken())
    with caplog.at_level(logging.ERROR, "anet_lite"):
        train(model, optimizer, 40, watch)
    train(twin, torch.optim.SGD(twin.parameters(), 1e-2), 40)
    assert all(torch.equal(p, q) for p, q in zip(model.parameters(), twin.parameters()))
    assert [record.exc_info[1].args for record in caplog.records] == [("broken monitor",)]
    assert watch.failures == 32


def test_a_callback_that_raises_is_reported_once(caplog):
    def broken(_):
        raise RuntimeError("broken callback")

    model = net()
    optimizer = torch.optim.SGD(model.parameters(), 1e-2)
    watch = attach(model, optimizer, on_snapshot=broken)
    with caplog.at_level(logging.ERROR, "anet_lite"):
        train(model, optimizer, 24, watch)
    assert len(caplog.records) == 1
    assert watch.snapshot.row == 15


def test_a_gradient_that_cannot_be_measured_does_not_stop_training(caplog, monkeypatch):
    model = net()
    optimizer = torch.optim.SGD(model.parameters(), 1e-2)
    watch = attach(model, optimizer)
    monkeypatch.setattr(torch, "_foreach_norm", None)
    with caplog.at_level(logging.ERROR, "anet_lite"):
        train(model, optimizer, 24, watch)
    assert len(caplog.records) == 1
    assert watch.snapshot.row == 15


def test_the_watch_does_not_change_training():
    def final(watched: bool):
        model = net()
        optimizer = torch.optim.AdamW(model.parameters(), 3e-3)
        train(model, optimizer, 20, attach(model, optimizer, layers=r"\d") if watched else None)
        return [p.detach() for p in model.parameters()]

    assert all(torch.equal(p, q) for p, q in zip(final(True), final(False)))


@pytest.mark.parametrize(
    ("options", "error", "text"),
    [
        ({"every": 0}, ValueError, "every must be at least 1, got 0"),
        ({"every": 2.0}, TypeError, "every must be an integer, got float"),
        ({"ema": 1}, ValueError, "ema must be at least 0 and below 1, got 1"),
        ({"lean": True}, TypeError, "lean needs torch.optim.Adam or AdamW, got SGD"),
        ({"layers": "("}, ValueError, r"layers must be a regular expression, got '\('"),
        ({"layers": 3}, TypeError, "layers must be a regular expression, got int"),
    ],
)
def test_an_impossible_setting_is_named(options, error, text):
    model = net()
    optimizer = torch.optim.SGD(model.parameters(), 1e-2)
    with pytest.raises(error, match=text):
        attach(model, optimizer, **options)
    assert not optimizer._optimizer_step_pre_hooks


def test_a_wrong_model_or_optimizer_is_named():
    model = net()
    optimizer = torch.optim.SGD(model.parameters(), 1e-2)
    with pytest.raises(TypeError, match=r"model must be a torch.nn.Module, got SGD"):
        attach(optimizer, model)
    with pytest.raises(TypeError, match=r"optimizer must be a torch.optim.Optimizer, or a list of them, got dict"):
        attach(model, {})


def test_an_alarm_names_the_layer_in_which_it_shows():
    model = net()
    optimizer, alarms = torch.optim.SGD(model.parameters(), 1e-2), []
    watch = attach(model, optimizer, layers=r"^\d", every=1, on_snapshot=lambda s: alarms.extend(s.alarms))
    model[2].weight.register_hook(lambda grad: grad * math.nan if watch.steps == 20 else grad)
    train(model, optimizer, 21, watch)
    watch.flush()
    assert (alarms[0].rule, alarms[0].step, alarms[0].groups[0]) == ("nonfinite", 20, "2")
    assert list(watch.layers) == ["0", "2"]
