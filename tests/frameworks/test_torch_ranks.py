"""Two ranks see one snapshot, and its numbers are autograd's on all their samples."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from torch_loop import net
from torch_ranks import BATCHES, EVERY, STEPS, data, optimizer_of

NEEDS = ("torch",)

HERE = Path(__file__).parent
KINDS = ("ddp", "fsdp")
MEASURED = range(EVERY - 1, STEPS, EVERY)


@pytest.fixture(scope="module")
def scenes(tmp_path_factory) -> list[dict]:
    """What each of two ranks read."""
    folder = tmp_path_factory.mktemp("ranks")
    script = str(HERE / "torch_ranks.py")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    ranks = [
        subprocess.Popen([sys.executable, script, str(rank), str(folder)], env=environment, stderr=subprocess.PIPE)
        for rank in range(2)
    ]
    errors = [process.communicate(timeout=240)[1].decode() for process in ranks]
    assert [process.returncode for process in ranks] == [0, 0], errors
    return [json.loads((folder / f"{rank}.json").read_text()) for rank in range(2)]


def gradient(model, batches) -> tuple[float, list[torch.Tensor]]:
    """The mean loss of batches and its gradient."""
    loss = sum(torch.nn.functional.mse_loss(model(x), y) for x, y in batches) / len(batches)
    return float(loss.detach()), list(torch.autograd.grad(loss, list(model.parameters())))


def square(grads) -> float:
    return sum(float((g * g).sum()) for g in grads)


def truth(sizes=BATCHES, parts: int = 1, clip: float | None = None) -> list[dict[str, float]]:
    """The same training in one process, with each rank's gradient in hand."""
    model = net(dtype=torch.float64)
    optimizer, rows, means = optimizer_of(model), [], [torch.zeros_like(p) for p in model.parameters()]
    for step in range(STEPS):
        own = [gradient(model, [data(step, rank, part, sizes[rank]) for part in range(parts)]) for rank in range(2)]
        grads = [(a + b) / 2 for a, b in zip(own[0][1], own[1][1])]
        inverse = sum(1 / (size * parts) for size in sizes) / 2
        small, big = (square(own[0][1]) + square(own[1][1])) / 2, square(grads)
        trace = (small - big) / (inverse * (1 - 1 / 2))
        kept = min(1.0, clip / big**0.5) if clip else 1.0
        used = [g * kept for g in grads]
        if step in MEASURED:
            means = [0.9 * m + 0.1 * g for m, g in zip(means, used)]
        noise = sum(float((g - m).norm()) for g, m in zip(used, means)) / kept
        before = [p.detach().clone() for p in model.parameters()]
        for p, g in zip(model.parameters(), used):
            p.grad = g.clone()
        optimizer.step()
        updates = [p.detach() - b for p, b in zip(model.parameters(), before)]
        inner = sum(float((g * u).sum()) for g, u in zip(used, updates))
        rows.append(
            {
                "loss": (own[0][0] + own[1][0]) / 2,
                "grad_norm": big**0.5,
                "noise": noise,
                "step_norm": square(updates) ** 0.5,
                "alignment": inner / (square(used) * square(updates)) ** 0.5,
                "trace": trace,
                "square": big - trace * inverse / 2,
                "samples": float(sum(sizes) * parts),
            }
        )
    return rows


def compare(scene: dict, rows: list[dict[str, float]], rel: float = 1e-6) -> None:
    assert len(scene["readings"]) == STEPS
    for name in ("loss", "grad_norm"):
        assert [r[name] for r in scene["readings"]] == pytest.approx([row[name] for row in rows], rel=rel), name
    for step in MEASURED:
        reading = scene["readings"][step]
        for name in ("noise", "step_norm", "alignment"):
            assert reading[name] == pytest.approx(rows[step][name], rel=rel), name
        scale = dict(zip(("scale", "trace", "square", "samples"), reading["noise_scale"]))
        for name in ("trace", "square", "samples"):
            assert scale[name] == pytest.approx(rows[step][name], rel=rel), name


def test_all_ranks_read_the_same_bits(scenes):
    assert len(scenes[0]) == 17
    one, other = ({kind: {**scene, "log": []} for kind, scene in rank.items()} for rank in scenes)
    assert json.dumps(one) == json.dumps(other)


@pytest.mark.parametrize("kind", KINDS)
def test_unequal_batches(scenes, kind):
    compare(scenes[0][kind], truth())


@pytest.mark.parametrize("kind", KINDS)
def test_equal_batches_are_autograd_on_the_whole_batch(scenes, kind):
    compare(scenes[0][f"{kind} equal"], truth((8, 8)))
    model = net(dtype=torch.float64)
    x, y = (torch.cat(both) for both in zip(data(0, 0, 0, 8), data(0, 1, 0, 8)))
    loss, grads = gradient(model, [(x, y)])
    first = scenes[0][f"{kind} equal"]["readings"][0]
    assert first["loss"] == pytest.approx(loss, rel=1e-6)
    assert first["grad_norm"] == pytest.approx(square(grads) ** 0.5, rel=1e-6)


@pytest.mark.parametrize("kind", KINDS)
def test_accumulated_batches(scenes, kind):
    compare(scenes[0][f"{kind} accumulated"], truth(parts=2))


@pytest.mark.parametrize("kind", KINDS)
def test_batches_that_are_reduced_one_by_one_give_no_noise_scale(scenes, kind):
    readings = scenes[0][f"{kind} accumulated, reduced each time"]["readings"]
    assert {reading["noise_scale"] for reading in readings} == {None}
    assert readings[0]["grad_norm"] == pytest.approx(truth(parts=2)[0]["grad_norm"], rel=1e-6)


@pytest.mark.parametrize("kind", KINDS)
def test_clipping_changes_neither_norm_nor_noise_scale(scenes, kind):
    compare(scenes[0][f"{kind} clipped"], truth(clip=1e-3))


@pytest.mark.parametrize("kind", KINDS)
def test_the_scale_is_a_ratio_of_averages(scenes, kind):
    trace = big = 0.0
    for step in MEASURED:
        scale, newest, square_, _ = scenes[0][kind]["readings"][step]["noise_scale"]
        trace, big = trace + 0.05 * (newest - trace), big + 0.05 * (square_ - big)
        assert (scale == pytest.approx(trace / big)) if big > 0 else math.isnan(scale)


@pytest.mark.parametrize("kind", KINDS)
def test_a_bad_loss_on_one_rank_is_an_alarm_on_both(scenes, kind):
    for scene in scenes:
        assert scene[f"{kind} spoiled"]["alarms"] == [[3, "nonfinite"]]
        assert scene[f"{kind} spoiled"]["says"][0][1] == "failing"


@pytest.mark.parametrize("kind", KINDS)
def test_an_incident_is_told_by_the_first_rank_alone(scenes, kind):
    first, second = (scene[f"{kind} spoiled"]["log"] for scene in scenes)
    assert first[0] == "Step 3: the loss is not finite on rank 1, and finite on the others."
    assert first[1].startswith("Step 3: the run is failing. The loss is nan (nonfinite).")
    assert "Too short for the monitor to judge: 8 rows came" in first[-1]
    assert len(first) == 3
    assert second == []


def test_copies_that_drift_apart_fail_the_run_on_all_ranks_at_once(scenes):
    for scene in scenes:
        assert scene["ddp gap"]["alarms"] == [[5, "signal_nonzero"]]
        assert scene["ddp gap"]["named"] == {"ranks_out_of_sync": 2.0}
        assert scene["ddp gap"]["says"][0][1] == "failing"
        (name, text), *_ = scene["ddp gap"]["remarks"]
        assert name == "ranks_out_of_sync"
        assert text.startswith(
            "Step 5: parameters that all ranks must hold alike differ on rank 0, rank 1: the sums of"
        )
    assert [len(scene["ddp gap"]["log"]) > 0 for scene in scenes] == [True, False]


def test_ranks_that_agree_have_no_remark_and_those_apart_on_purpose_none_either(scenes):
    assert scenes[0]["ddp"]["named"] == {"ranks_out_of_sync": 0.0}
    assert scenes[0]["ddp gap on purpose"]["named"] == {}
    assert scenes[0]["fsdp"]["named"] == {}
    kinds = ("ddp", "fsdp", "ddp equal", "ddp accumulated", "ddp clipped", "ddp gap on purpose")
    assert [scenes[0][kind]["remarks"] for kind in kinds] == [[]] * len(kinds)


def test_a_rank_with_a_bad_shard_is_named(scenes):
    (name, text), *rest = scenes[0]["ddp bad shard"]["remarks"]
    assert (name, rest) == ("rank_differs", [])
    assert text.startswith("The loss of rank 1 has been above that of the others for ")


@pytest.mark.parametrize("kind", KINDS)
def test_one_rank_may_be_the_only_one_that_gives_its_loss(scenes, kind):
    readings = scenes[1][f"{kind} one gives its loss"]["readings"]
    assert readings[0]["loss"] == pytest.approx(gradient(net(dtype=torch.float64), [data(0, 0)])[0])
    assert {reading["noise_scale"] for reading in readings} == {None}


@pytest.mark.parametrize("kind", KINDS)
def test_layers_add_up_to_the_whole(scenes, kind):
    scene = scenes[1][kind]
    norms, noise, updates = zip(*scene["layers"].values())
    assert list(scene["layers"]) == ["0", "2"]
    last = scene["readings"][-1]
    assert math.hypot(*norms) == pytest.approx(last["grad_norm"])
    assert sum(noise) == pytest.approx(last["noise"])
    assert math.hypot(*updates) == pytest.approx(last["step_norm"])
