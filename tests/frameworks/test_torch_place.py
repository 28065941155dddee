"""Where a number first was not finite: the module and the direction, the parameters, the buffer or copy, in words."""

from __future__ import annotations

import copy
import math

import pytest
import torch
from torch_loop import RowLog, batches, loss_of, net

from anet_lite.integrations.torch import attach
from anet_lite.policy import Guard

NEEDS = ("torch",)


class Divides(torch.autograd.Function):
    """The identity, whose gradient is divided by 0 where it is told."""

    @staticmethod
    def forward(ctx, x, on):
        ctx.on = on
        return x.clone()

    @staticmethod
    def backward(ctx, grad):
        return (grad / 0.0 if ctx.on else grad), None


class Breaks(torch.nn.Module):
    """Two layers and a faulty one between them: nan forward, or inf backward."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.first, self.middle, self.last = torch.nn.Linear(8, 8), torch.nn.Linear(8, 8), torch.nn.Linear(8, 1)
        self.fault = ""

    def forward(self, x):
        x = self.middle(self.first(x))
        x = x * math.nan if self.fault == "forward" else x
        return self.last(Divides.apply(x, self.fault == "backward"))


def ran(fault: str = "", at: int = 11, steps: int = 32, clip: bool = False, **options):
    model = Breaks()
    optimizer = torch.optim.SGD(model.parameters(), 1e-3)
    watch = attach(model, optimizer, RowLog(), **options)
    for step, (x, y) in enumerate(batches(steps)):
        model.fault = fault if step == at else ""
        loss = loss_of(model, x * math.nan if fault == "input" and step == at else x, y)
        loss = loss * math.nan if fault == "loss" and step == at else loss
        optimizer.zero_grad()
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0) if clip else None
        watch.loss(loss, batch_id=f"shard3/{step}", grad_norm=norm)
        optimizer.step()
    watch.detach()
    assert watch.failures == 0
    return watch, [remark.text for remark in watch.remarks]


WORDS = {
    "forward": "Step 11, forward: the first output that is not finite is that of last; those of the 2 modules "
    "before it are finite. The batch is shard3/11.",
    "backward": "Step 11, backward: loss and outputs are finite; the first gradient that is not is that of the output "
    "of middle, after 1 that are. The batch is shard3/11.",
    "loss": "Step 11: the outputs of all 3 modules are finite, and the loss is not. The batch is shard3/11.",
    "input": "Step 11: what goes into the model is not finite already. The batch is shard3/11.",
}


@pytest.mark.parametrize("fault", WORDS)
@pytest.mark.parametrize("clip", [False, True])
def test_the_first_place_is_named_with_its_direction(fault, clip):
    _, said = ran(fault, locate=True, clip=clip)
    assert said == [WORDS[fault]]


def test_without_looking_the_parameters_are_named_and_their_groups():
    watch, said = ran("backward", layers=r"first|middle|last")
    assert said == [
        "Step 11: the gradient is not finite in 4 of 6 parameters (first.weight, first.bias, middle.weight and 1 "
        "more). The batch is shard3/11."
    ]
    assert next(set(alarm.groups) for alarm in watch.alarms) == {"first", "middle"}


def test_what_was_not_measured_is_said_in_the_language_of_the_guard():
    _, said = ran("loss", clip=True, steps=12, guard=Guard(lang="ja"))
    assert said == [
        "ステップ11: ノルムが渡されたため、どこで始まったかは測っていません。attach(..., locate=True)なら測ります。"
    ]


def test_a_healthy_run_has_no_place():
    assert ran(locate=True)[1] == []


def test_looking_changes_no_number():
    def rows(**options):
        log = RowLog()
        model = Breaks()
        optimizer = torch.optim.SGD(model.parameters(), 1e-3)
        watch = attach(model, optimizer, log, **options)
        for x, y in batches(20):
            optimizer.zero_grad()
            loss = loss_of(model, x, y)
            loss.backward()
            watch.loss(loss)
            optimizer.step()
        watch.detach()
        return log.rows

    assert rows(locate=True) == rows()


def test_evaluations_and_forgotten_passes_cost_no_memory():
    model = net()
    watch = attach(model, torch.optim.SGD(model.parameters(), 0.1), locate=True)
    model.eval()
    model(torch.zeros(2, 8))
    assert watch._modules._sums == []
    model.train()
    watch._modules._sums = [torch.zeros(())] * 70_000
    model(torch.zeros(2, 8))
    assert len(watch._modules._sums) == 4
    watch.detach()
    model(torch.zeros(2, 8))
    assert len(watch._modules._sums) == 4


@pytest.mark.parametrize(("dtype", "looked"), [(torch.float32, 5), (torch.bfloat16, 8)])
def test_what_only_passes_numbers_on_is_looked_at_in_half_precision_alone(dtype, looked):
    layer = torch.nn.TransformerEncoderLayer(8, 2, 16, dropout=0.1, batch_first=True).to(dtype)
    watch = attach(layer, torch.optim.SGD(layer.parameters(), 0.1), locate=True)
    layer(torch.zeros(1, 3, 8, dtype=dtype)).sum().backward()
    names = [name for kind, name in watch._modules._keys if kind == "output"]
    assert (names[0], len(names)) == ("self_attn", looked)
    assert ("dropout1" in names) is (dtype is torch.bfloat16)
    watch.detach()


def test_a_compiled_model_has_no_modules_to_look_at():
    model = torch.compile(net())
    with pytest.raises(ValueError, match="locate must be False for a compiled model"):
        attach(model, torch.optim.SGD(model.parameters(), 0.1), locate=True)


@pytest.mark.parametrize("where", ["buffer", "ema"])
def test_a_buffer_or_a_copy_that_is_spoiled_fails_the_run(where):
    model = torch.nn.Sequential(torch.nn.Linear(8, 4), torch.nn.BatchNorm1d(4), torch.nn.Linear(4, 1))
    ema = copy.deepcopy(model)
    optimizer = torch.optim.SGD(model.parameters(), 1e-3)
    watch = attach(model, optimizer, also={"ema": ema})
    seen = []
    watch._session._on_snapshot = seen.append
    for step, (x, y) in enumerate(batches(32)):
        model.eval()  # so that the buffer is not used, and nothing else shows it
        if step == 12:
            (model[1].running_var if where == "buffer" else ema[0].weight.data)[1] = math.inf
            if where == "buffer":
                model.train()
        optimizer.zero_grad()
        loss = loss_of(model.train(), x, y)
        loss.backward()
        watch.loss(loss)
        optimizer.step()
    watch.detach()
    name = "1.running_var" if where == "buffer" else "ema.0.weight"
    total = sum(1 for _ in (*ema.parameters(), *ema.buffers())) - 1 + 2
    assert [(a.rule, a.signal, a.step) for a in watch.alarms] == [("signal_nonzero", "nonfinite_tensors", 15)]
    assert watch.status == "failing"
    assert [remark.text for remark in watch.remarks] == [
        f"1 of {total} tensors that no gradient trains are not finite: {name}."
    ]
    assert seen[7].signals == {"nonfinite_tensors": 0.0}
    assert watch.inspect().not_finite == (name,)


@pytest.mark.parametrize("also", [3, {"ema": 3}, {"ema": {"w": 3}}])
def test_copies_of_another_kind_are_refused(also):
    model = net()
    with pytest.raises(
        TypeError, match=r'also must be a mapping such as \{"ema": ema\}, of modules or of tensors by name'
    ):
        attach(model, torch.optim.SGD(model.parameters(), 0.1), also=also)
