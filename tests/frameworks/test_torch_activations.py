"""What the layers of a model give out: measured, recorded, and told where it goes wrong."""

from __future__ import annotations

import json
from math import log, sqrt

import pytest

torch = pytest.importorskip("torch")

from anet_lite import Monitor, Recorder, explain  # noqa: E402
from anet_lite.integrations.torch import attach, recorded_signals  # noqa: E402
from anet_lite.integrations.torch.activations.attention import entropy_of_scores, entropy_of_weights  # noqa: E402
from anet_lite.integrations.torch.activations.dead_units import WINDOW, DeadUnits  # noqa: E402
from anet_lite.integrations.torch.activations.moments import moments  # noqa: E402
from anet_lite.integrations.torch.activations.routing import routing  # noqa: E402

NEEDS = ("torch",)


class Experts(torch.nn.Module):
    """A layer of two experts, of which each token takes one."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.router = torch.nn.Linear(width, 4)
        self.experts = torch.nn.ModuleList(torch.nn.Linear(width, width) for _ in range(4))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        shares = self.router(x).softmax(-1)
        return x + sum(shares[:, at : at + 1] * expert(x) for at, expert in enumerate(self.experts))


def mlp() -> torch.nn.Module:
    return torch.nn.Sequential(torch.nn.Linear(8, 32), torch.nn.ReLU(), torch.nn.Linear(32, 1))


def experts() -> torch.nn.Module:
    return torch.nn.Sequential(torch.nn.Linear(8, 16), Experts(16), torch.nn.Linear(16, 1))


def attending() -> torch.nn.Module:
    layer = torch.nn.TransformerEncoderLayer(16, 2, 32, dropout=0.0, batch_first=True)
    encoder = torch.nn.TransformerEncoder(layer, 2, enable_nested_tensor=False)
    return torch.nn.Sequential(torch.nn.Linear(1, 16), encoder, torch.nn.Linear(16, 1))


def train(model, watch, optimizer, steps, fault=None, sequence=False):
    """Train on a sum of sines; a fault is called before the step of its number."""
    for step in range(steps):
        if fault is not None and step == fault[0]:
            fault[1](model)
        x = torch.randn(32, 8)
        given = model(x.unsqueeze(-1)).mean(1) if sequence else model(x)
        loss = torch.nn.functional.mse_loss(given, x.sum(1, keepdim=True).sin())
        optimizer.zero_grad()
        loss.backward()
        watch.loss(loss)
        optimizer.step()
    watch.detach()


def watched(model, seed, steps, fault=None, sequence=False, **options):
    """Train with a watch; return it with all its alarms."""
    torch.manual_seed(seed)
    model = model()
    optimizer = torch.optim.AdamW(model.parameters(), 2e-3)
    alarms = []
    watch = attach(
        model, optimizer, activations=True, on_snapshot=lambda snap: alarms.extend(snap.alarms and [snap]), **options
    )
    train(model, watch, optimizer, steps, fault, sequence)
    assert watch.failures == 0
    return watch, alarms


def signals_told(alarms):
    return {alarm.signal for snap in alarms for alarm in snap.alarms if "/" in alarm.signal}


def test_scale_and_kurtosis_are_those_of_the_formula():
    found = moments(torch.tensor([[1.0, -1.0, 3.0, -3.0]]))
    assert float(found["activation_scale"]) == pytest.approx(sqrt(5))
    assert float(found["activation_kurtosis"]) == pytest.approx(41 / 25)


def test_a_unit_is_dead_that_was_zero_for_every_input_of_a_window():
    units = DeadUnits()
    output = torch.tensor([[1.0, 0.0, 0.0, 2.0], [0.0, 0.0, 1.0, 0.0]])
    shares = [units.share(output) for _ in range(WINDOW)]
    assert shares[:-1] == [None] * (WINDOW - 1)
    assert float(shares[-1]) == 0.25


def test_units_of_images_are_their_channels():
    units, output = DeadUnits(), torch.zeros(2, 4, 3, 3)
    output[0, 1, 2, 2] = 1.0
    assert [units.share(output) for _ in range(WINDOW)][-1].item() == 0.75


@pytest.mark.parametrize("form", ["logits", "probabilities"])
def test_a_router_is_read_from_logits_and_from_probabilities(form):
    shares = torch.tensor([[0.7, 0.1, 0.1, 0.1], [0.1, 0.7, 0.1, 0.1], [0.6, 0.2, 0.1, 0.1], [0.25, 0.25, 0.2, 0.3]])
    found = routing(shares.log() + 3 if form == "logits" else shares)
    assert float(found["expert_share"]) == 0.5
    assert float(found["expert_entropy"]) == pytest.approx((0.5 * log(2) + 0.5 * log(4)) / log(4))
    each = [-sum(p * log(p) for p in row) / log(4) for row in shares.tolist()]
    assert float(found["router_entropy"]) == pytest.approx(sum(each) / 4, rel=1e-5)


def test_attention_that_looks_at_all_alike_has_entropy_one_and_at_one_key_zero():
    even, single = torch.full((1, 2, 5, 5), 0.2), torch.eye(5).expand(1, 2, 5, 5)
    assert float(entropy_of_weights(even)) == pytest.approx(1.0)
    assert entropy_of_weights(single).isnan(), "no row sees more than one key"
    nearly = 0.999 * torch.eye(5) + 0.0002
    assert float(entropy_of_weights(nearly.expand(1, 2, 5, 5))) < 0.01


@pytest.mark.parametrize("mask", ["none", "causal", "boolean", "added", "grouped"])
def test_attention_entropy_from_queries_and_keys_is_that_of_the_weights(mask):
    torch.manual_seed(0)
    query, key = torch.randn(3, 4, 7, 8), torch.randn(3, 2 if mask == "grouped" else 4, 7, 8)
    lower = torch.ones(7, 7, dtype=torch.bool).tril()
    given = {
        "boolean": lower,
        "added": torch.zeros(7, 7).masked_fill(~lower, -torch.inf),
    }.get(mask)
    whole = key.repeat_interleave(2, 1) if mask == "grouped" else key
    scores = query @ whole.transpose(-2, -1) / 8**0.5
    if mask in ("causal", "boolean", "added"):
        scores = scores.masked_fill(~lower, -torch.inf)
    expected = entropy_of_weights(scores.softmax(-1))
    assert float(entropy_of_scores(query, key, given, mask == "causal")) == pytest.approx(float(expected))


def test_each_group_has_its_quantities_in_each_eighth_record(tmp_path):
    torch.manual_seed(0)
    model = experts()
    optimizer = torch.optim.SGD(model.parameters(), 1e-2)
    with Recorder(tmp_path / "run.jsonl") as recorder:
        watch = attach(model, optimizer, layers=r"^\d+", activations=True, on_snapshot=recorder.write)
        train(model, watch, optimizer, 24)
    records = [json.loads(line) for line in (tmp_path / "run.jsonl").read_text().splitlines()]
    wanted = {
        f"{group}/{quantity}"
        for group in "012"
        for quantity in ("activation_scale", "activation_kurtosis", "grad_norm", "step_norm", "noise")
    } | {f"1/{quantity}" for quantity in ("expert_share", "expert_entropy", "router_entropy")}
    assert {name for name in records[0] if "/" in name} == wanted == set(watch.monitor.signals)
    assert [record["step"] for record in records if record["1/router_entropy"] is not None] == [7, 15, 23]
    assert all(records[15][name] is not None for name in wanted)


def test_a_monitor_of_ones_own_takes_the_names_beforehand():
    model = mlp()
    monitor = Monitor(signals=recorded_signals(model, layers=r"^\d+"))
    assert {"0/grad_norm", "1/dead_share", "2/activation_scale"} <= set(monitor.signals)


def test_the_attention_that_gives_no_weights_is_read_from_its_queries_and_keys():
    watch, _ = watched(attending, 0, 32, sequence=True, layers=r"layers\.\d+")
    found = {name: value for name, value in watch.snapshot.signals.items() if name.endswith("attention_entropy")}
    assert set(found) == {"layers.0/attention_entropy", "layers.1/attention_entropy"}
    assert all(0.5 < value <= 1.0 for value in found.values())


def test_a_pass_that_raises_leaves_the_attention_as_it_was():
    own = torch.nn.functional.scaled_dot_product_attention
    model = attending()
    watch = attach(model, torch.optim.SGD(model.parameters(), 1e-2), activations=True, every=1)
    with pytest.raises(RuntimeError):
        model(torch.randn(4, 8, 3))
    assert torch.nn.functional.scaled_dot_product_attention is own
    watch.detach()


def test_validation_is_not_measured():
    model = mlp()
    optimizer = torch.optim.SGD(model.parameters(), 1e-2)
    watch = attach(model, optimizer, activations=True, every=1)
    model.eval()
    model(torch.full((4, 8), 1e6))
    model.train()
    train(model, watch, optimizer, 2)
    assert watch.snapshot.signals["0/activation_scale"] < 100


def dying(model):
    """Push the bias of three quarters of the units far below zero."""
    with torch.no_grad():
        model[0].bias[:24] -= 50.0


def collapsing(model):
    with torch.no_grad():
        model[1].router.bias[0] += 12.0


@pytest.mark.parametrize(
    ("model", "fault", "signal", "said"),
    [
        (mlp, dying, "1/dead_share", "units of a layer die"),
        (mlp, dying, "0/activation_scale", "the activations of a layer explode"),
        (experts, collapsing, "1/router_entropy", "a router collapses"),
    ],
)
def test_a_planted_fault_is_told_with_the_layer_in_words(model, fault, signal, said):
    _, alarms = watched(model, 0, 490, fault=(400, fault))
    first = next(snap for snap in alarms if signal in signals_told([snap]))
    assert 400 <= first.step < 480
    assert min(snap.step for snap in alarms if signals_told([snap])) > 400
    text = str(explain(first))
    assert said in text
    assert signal in text


@pytest.mark.parametrize("model", [mlp, experts, attending])
def test_a_healthy_run_says_nothing_of_its_layers(model):
    _, alarms = watched(model, 7, 200 if model is attending else 400, sequence=model is attending)
    assert not signals_told(alarms)


@pytest.mark.parametrize(
    ("options", "message"),
    [({"layers": "nothing"}, "layers must find"), ({"layers": r"\d+", "routers": "nothing"}, "routers must find")],
)
def test_an_expression_that_finds_no_module_is_refused(options, message):
    with pytest.raises(ValueError, match=message):
        attach(model := mlp(), torch.optim.SGD(model.parameters(), 0.1), activations=True, **options)
