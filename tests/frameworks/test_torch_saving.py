"""No poisoned checkpoint: what is found in a model, what is said of it, and that looking disturbs no interval."""

from __future__ import annotations

import json
import math

import pytest
import torch
from torch_loop import RowLog, batches, loss_of, net, row_log, train

from anet_lite.integrations.torch import attach
from anet_lite.integrations.torch.act.finite import not_finite, tensors_of
from anet_lite.policy import Guard

NEEDS = ("torch",)


def watched(model, **options):
    optimizer = torch.optim.SGD(model.parameters(), 0.01)
    return optimizer, attach(model, optimizer, RowLog(), **options)


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32, torch.float16, torch.bfloat16, torch.complex64])
@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_a_single_number_in_any_type_is_found(dtype, bad):
    tensors = {name: torch.ones(3, 3, dtype=dtype) for name in "abc"}
    assert not_finite(tensors) == []
    tensors["b"][1, 2] = bad
    assert not_finite(tensors) == ["b"]


def test_numbers_whose_squares_overflow_are_finite():
    largest = {str(t): torch.full((4,), torch.finfo(t).max, dtype=t) for t in (torch.float32, torch.float16)}
    assert not_finite(largest) == []


def test_buffers_and_frozen_parameters_are_part_of_the_model():
    model = torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.BatchNorm1d(2))
    model[0].requires_grad_(False)
    assert set(tensors_of(model)) == {"0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean", "1.running_var"}
    optimizer, watch = watched(model)
    model[1].running_var[1] = math.inf
    model[0].weight[0, 0] = math.nan
    assert watch.inspect().not_finite == ("0.weight", "1.running_var")
    assert optimizer.param_groups


def test_a_model_that_is_not_finite_is_refused_and_the_last_good_one_is_named(caplog):
    model = net()
    optimizer, watch = watched(model)
    train(model, optimizer, 12, watch)
    assert watch.may_save("step-12.pt")
    with torch.no_grad():
        model[0].weight[3, 3] = math.nan
    assert not watch.may_save("step-20.pt")
    assert not watch.may_save("step-24.pt")
    said = [record.getMessage() for record in caplog.records if "saved" in record.getMessage()]
    assert said == [
        "step-20.pt is not saved: 1 of 4 tensors of the model are not finite (0.weight). "
        "The last good checkpoint is step-12.pt."
    ]
    assert watch.saving.last_good == "step-12.pt"
    assert [remark.name for remark in watch.remarks] == ["save_refused"]
    assert watch.failures == 0


def test_what_is_good_again_may_be_bad_again(caplog):
    model = net()
    _, watch = watched(model, guard=Guard(lang="ja"))
    for _ in range(2):
        kept = model[0].bias.detach().clone()
        with torch.no_grad():
            model[0].bias.fill_(math.inf)
        assert not watch.may_save()
        model[0].bias.data.copy_(kept)
        assert watch.may_save()
    assert caplog.text.count("ステップ-1のチェックポイントは保存しません: モデルのテンソル4個のうち1個が有限では") == 2


def test_the_newest_steps_are_read_before_it_is_said_and_a_failing_run_is_marked(caplog, tmp_path):
    model = net()
    optimizer, watch = watched(model)
    for step, (x, y) in enumerate(batches(20)):
        loss = loss_of(model, x, y)
        optimizer.zero_grad()
        loss.backward()
        watch.loss(loss if step < 19 else loss * math.nan)
        optimizer.step()
    assert watch.reading.step == 7
    assert watch.may_save("last.pt")
    assert (watch.reading.step, watch.status) == (19, "failing")
    assert "last.pt is saved and marked: its tensors are finite, but the run is failing." in caplog.text
    watch.saving.wrote("last.pt", str(tmp_path / "mark.json"))
    told = json.loads((tmp_path / "mark.json").read_text())
    assert (told["step"], told["status"], told["is_good"], told["not_finite"]) == (19, "failing", False, [])


def test_the_last_good_one_is_one_that_was_written_and_a_mark_goes_with_what_it_spoke_of(tmp_path):
    model, mark = net(), tmp_path / "mark.json"
    _, watch = watched(model)
    assert watch.may_write("never-written.pt")
    assert watch.saving.last_good is None
    watch.saving.wrote("a.pt", str(mark))
    assert (watch.saving.last_good, mark.exists()) == ("a.pt", False)
    kept = model[0].bias.detach().clone()
    model[0].bias.data.fill_(math.inf)
    assert not watch.may_write("b.pt")
    watch.saving.wrote("b.pt", str(mark))
    assert json.loads(mark.read_text())["last_good"] == watch.saving.last_good == "a.pt"
    model[0].bias.data.copy_(kept)
    assert watch.may_write("b.pt")
    watch.saving.wrote("b.pt", str(mark))
    assert (watch.saving.last_good, mark.exists()) == ("b.pt", False)


def test_looking_changes_no_row():
    def looked(often: bool) -> list[dict]:
        model = net()
        optimizer = torch.optim.SGD(model.parameters(), 0.01)
        log = RowLog()
        watch = attach(model, optimizer, log, layers=r"^\d")
        for step, (x, y) in enumerate(batches(43)):
            loss = loss_of(model, x, y)
            optimizer.zero_grad()
            loss.backward()
            watch.loss(loss, reward=torch.tensor(float(step)), kl=0.5 if step % 3 else None)
            if often and step % 5 == 4:
                assert watch.may_save()  # while a step is under way
            optimizer.step()
            if often and step % 5 == 2:
                assert watch.may_save()
        watch.detach()
        assert watch.failures == 0
        return log.rows

    assert looked(True) == looked(False)


def test_nothing_is_looked_at_where_all_is_kept():
    model = net()
    optimizer, watch = watched(model, on_bad_save="keep")
    train(model, optimizer, 3, watch)
    model[0].weight.data.fill_(math.nan)
    assert watch.may_save()
    assert watch.reading is None


def test_another_way_is_refused():
    with pytest.raises(ValueError, match="on_bad_save must be one of refuse, mark, keep, got 'drop'"):
        row_log(net(), torch.optim.SGD(net().parameters(), 0.1), 1, on_bad_save="drop")
