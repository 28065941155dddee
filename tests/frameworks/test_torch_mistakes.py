"""The commonest mistakes of a first loop, each with the words that it gets."""

from __future__ import annotations

import pytest
import torch
from torch_loop import RowLog, batches, loss_of, net, train

from anet_lite.integrations.torch import attach
from anet_lite.policy import Guard

NEEDS = ("torch",)


def sgd(model, **options):
    return torch.optim.SGD(model.parameters(), 0.01, **options)


def said(watch) -> list[str]:
    return [remark.text for remark in watch.remarks]


def test_the_wrong_optimizer_is_told_of_at_once_and_when_it_does_not_step():
    model, other = net(), net(1)
    watch, optimizer = attach(model, sgd(other), RowLog()), sgd(model)
    train(model, optimizer, 40, watch)
    assert said(watch) == [
        "4 of 4 trained parameters of the model (0.weight, 0.bias, 2.weight and 1 more) are in no optimizer that you "
        "attached, and are not watched. Several optimizers go in a list: attach(model, [one, another]).",
        "4 of 4 parameters of the optimizer that you attached are not the model's: is it the right one?",
        "The optimizer that you attached has not stepped for 32 losses: is it another one that steps, or is "
        "optimizer.step() missing? If you accumulate so many losses in a step, give their mean once.",
    ]
    watch.detach()
    assert not [alarm for alarm in watch.alarms if alarm.signal == "grad_norm"], "no overflow is invented"


def test_a_step_that_is_never_taken_is_told():
    model = net()
    watch = attach(model, sgd(model), guard=Guard(lang="ja"))
    for x, y in batches(64):
        loss = loss_of(model, x, y)
        loss.backward()
        watch.loss(loss)
    assert said(watch) == [
        "渡されたoptimizerは、lossが32回来る間に一度もstepしていません。別のoptimizerがstepしていないか、"
        "optimizer.step()が抜けていないかを確認してください。1ステップにそれだけ累積する場合は、平均を1回だけ渡してください。"
    ]


def test_accumulation_and_a_loop_that_is_right_are_told_of_nothing():
    model = net()
    optimizer = sgd(model)
    watch = attach(model, optimizer, layers=r"^\d")
    for at, (x, y) in enumerate(batches(64)):
        loss = loss_of(model, x, y)
        loss.backward()
        watch.loss(loss)
        if at % 8 == 7:
            optimizer.step()
            optimizer.zero_grad()
    watch.detach()
    assert said(watch) == []
    assert watch.failures == 0


def test_more_losses_in_a_step_than_are_expected_are_one_step_where_their_mean_is_given():
    model, log = net(), RowLog()
    optimizer = sgd(model)
    watch = attach(model, optimizer, log)
    losses = []
    for at, (x, y) in enumerate(batches(160)):
        loss = loss_of(model, x, y)
        loss.backward()
        losses.append(loss.detach())
        if at % 40 == 39:
            watch.loss(torch.stack(losses[-40:]).mean())
            optimizer.step()
            optimizer.zero_grad()
    watch.detach()
    assert said(watch) == []
    assert [row["step"] for row in log.rows] == [0, 1, 2, 3]


def test_a_forgotten_loss_is_told_after_the_first_interval_and_is_never_healthy():
    model = net()
    optimizer = sgd(model)
    watch = attach(model, optimizer)
    for x, y in batches(400):
        optimizer.zero_grad()
        loss_of(model, x, y).backward()
        optimizer.step()
        assert watch.status == "warming_up"
    assert said(watch) == [
        "8 step(s) came, and none of them had a loss: call watch.loss(loss) before optimizer.step()."
    ]
    assert watch.monitor.rows > 300


def test_a_short_run_without_a_loss_is_told_at_its_end():
    model = net()
    optimizer = sgd(model)
    watch = attach(model, optimizer)
    optimizer.step()
    watch.detach()
    assert said(watch) == [
        "1 step(s) came, and none of them had a loss: call watch.loss(loss) before optimizer.step()."
    ]


def test_layers_that_match_nothing_are_refused_with_names():
    model = net()
    wanted = (
        r"layers='blocks\\.\\d' finds nothing in the names of the parameters, such as 0\.weight, 0\.bias, 2\.weight"
    )
    with pytest.raises(ValueError, match=wanted.replace("\\\\", "\\\\\\\\")):
        attach(model, sgd(model), layers=r"blocks\.\d")


def test_two_optimizers_are_one_in_whichever_order_they_step():
    rows = []
    for order in (0, 1, None):
        model, log = net(), RowLog()
        if order is None:
            optimizers = [sgd(model)]
        else:
            optimizers = [torch.optim.SGD(layer.parameters(), 0.01) for layer in (model[0], model[2])]
        watch = attach(model, optimizers, log)
        for x, y in batches(17):
            loss = loss_of(model, x, y)
            model.zero_grad()
            loss.backward()
            watch.loss(loss)
            for optimizer in optimizers[:: -1 if order else 1]:
                optimizer.step()
        watch.detach()
        assert said(watch) == []
        assert watch.failures == 0
        rows.append([{k: v for k, v in row.items() if v is not None} for row in log.rows])
    assert len(rows[0]) == 17
    for one, other in zip(rows[0] + rows[1], rows[2] + rows[2]):
        assert one == pytest.approx(other)


def test_one_of_two_optimizers_leaves_the_others_parameters_out():
    model = net()
    watch = attach(model, torch.optim.SGD(model[0].parameters(), 0.01))
    assert said(watch)[0].startswith("2 of 4 trained parameters of the model (2.weight, 2.bias) are in no optimizer")


def test_what_is_attached_twice_is_told_unless_it_was_detached():
    model = net()
    optimizer = sgd(model)
    assert said(attach(model, optimizer)) == []
    again = attach(model, optimizer)
    assert said(again) == ["This optimizer is watched already: each step is now measured twice. Call detach() first."]
    again.detach()
    assert said(attach(model, optimizer)) == []


def test_a_validation_loss_is_no_row_and_told_once():
    model, log = net(), RowLog()
    optimizer = sgd(model)
    watch = attach(model, optimizer, log)
    for _ in range(3):
        train(model, optimizer, 8, watch)
        model.eval()
        with torch.no_grad():
            for x, y in batches(4):
                watch.loss(loss_of(model, x, y))
        model.train()
    watch.detach()
    assert [row["step"] for row in log.rows] == list(range(24))
    assert said(watch) == [
        "A loss came while gradients were off and the model was in evaluation mode: it is not counted as one of "
        "training. Give it by its name: watch.named(val_loss=loss)."
    ]


def test_a_first_loss_that_is_none_is_refused_and_a_later_one_costs_one_step(caplog):
    model = net()
    optimizer = sgd(model)
    watch = attach(model, optimizer)
    with pytest.raises(TypeError, match="loss must be a tensor or a number, got dict with the entries loss, logits"):
        watch.loss({"loss": torch.ones(()), "logits": 0})
    with pytest.raises(TypeError, match="loss must be a tensor or a number, got NoneType"):
        watch.loss(None)
    train(model, optimizer, 2, watch)
    watch.loss({"loss": 1.0})
    watch.loss("2.0")
    assert watch.failures == 2
    assert "got dict with the entries loss" in caplog.text


def test_the_mistakes_are_told_in_japanese_too():
    model, other, told = net(), net(1), []
    optimizer = sgd(model)
    for made in (sgd(other), optimizer, optimizer):
        watch = attach(model, made, guard=Guard(lang="ja"))
        told += said(watch)
    optimizer.step()
    model.eval()
    with torch.no_grad():
        watch.loss(torch.ones(()))
    watch.detach()
    assert [*told[:3], *said(watch)[1:]] == [
        "モデルの学習対象パラメータ4個のうち4個(0.weight, 0.bias, 2.weightほか1件)は、渡されたoptimizerになく、"
        "監視されません。複数のoptimizerはリストで渡します: attach(model, [one, another])。",
        "渡されたoptimizerのパラメータ4個のうち4個はこのモデルのものではありません。正しいoptimizerですか。",
        "このoptimizerはすでに監視されています。各ステップが二重に測られます。先にdetach()を呼んでください。",
        "勾配が無効で、モデルが評価モードのときにlossが来ました。学習のlossには数えません。"
        "名前を付けて渡してください: watch.named(val_loss=loss)。",
        "1ステップを受け取りましたが、lossが一度もありません。optimizer.step()の前にwatch.loss(loss)を呼んでください。",
    ]


class Overflows(torch.nn.Module):
    """A weight whose gradient overflows half precision in every second step."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = torch.nn.Parameter(torch.ones(4))

    def forward(self, bad: bool):
        return (self.weight.square().mean() * (torch.inf if bad else 1.0)).clamp(max=1e30)


@pytest.mark.parametrize("fused", [False, True])
def test_a_scaler_that_skips_every_second_step_is_told_within_sixteen(fused):
    torch.manual_seed(0)
    model = Overflows()
    optimizer = torch.optim.AdamW(model.parameters(), 1e-3, fused=fused)
    scaler = torch.amp.GradScaler("cpu", init_scale=2.0**16, growth_interval=1000)
    seen = []
    watch = attach(model, optimizer, scaler=scaler, on_snapshot=seen.append)
    for step in range(40):
        optimizer.zero_grad()
        loss = model(False)
        scaler.scale(loss).backward()
        if step % 2:
            model.weight.grad.fill_(torch.inf)
        scaler.unscale_(optimizer)
        watch.loss(loss)
        scaler.step(optimizer)
        scaler.update()
    watch.detach()
    (remark,) = watch.remarks
    assert remark.name == "skips"
    assert remark.step < 17
    assert remark.text.endswith(
        "the loss scaler has skipped 8 of the last 16 steps: the gradient overflows again and again. Look at its norm, "
        "lower the rate, or train in bfloat16."
    )
    scales = [snap.signals["loss_scale"] for snap in seen if "loss_scale" in snap.signals]
    assert scales == sorted(scales, reverse=True)
    assert 2.0**16 > scales[0] > scales[-1]
    assert [snap.signals["skip_share"] for snap in seen if "skip_share" in snap.signals][-1] == 0.5
    assert watch.failures == 0


def test_another_thing_than_an_optimizer_is_refused():
    model = net()
    with pytest.raises(TypeError, match=r"optimizer must be a torch\.optim\.Optimizer, or a list of them, got int"):
        attach(model, [sgd(model), 3])
    with pytest.raises(TypeError, match="or a list of them, got an empty list"):
        attach(model, [])
