"""On a GPU: nothing waits within an interval, and half precision, compilation, captured graphs and NCCL are watched.

These need a CUDA device: `make gpu`. Where there is none they are skipped, and docs/safeguards.md says that they are.
"""

from __future__ import annotations

import math

import pytest
import torch

from anet_lite.integrations.torch import attach
from anet_lite.policy import Guard, LowerLR

NEEDS = ("torch",)

pytestmark = pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA device: make gpu")

EVERY = 8


def net() -> torch.nn.Module:
    torch.manual_seed(0)
    return torch.nn.Sequential(torch.nn.Linear(64, 256), torch.nn.BatchNorm1d(256), torch.nn.Linear(256, 1)).cuda()


def batch() -> tuple[torch.Tensor, torch.Tensor]:
    x = torch.randn(32, 64, device="cuda")
    return x, x.sum(1, keepdim=True).sin()


def losses_of(watch, model, optimizer, steps: int, dtype=None, scaler=None, strict: bool = False) -> None:
    """Train; where `strict`, a synchronisation in a step that ends no interval is an error."""
    data = [batch() for _ in range(steps)]
    for step, (x, y) in enumerate(data):
        within = strict and step >= 2 * EVERY and step % EVERY != EVERY - 1
        torch.cuda.set_sync_debug_mode("error" if within else "default")
        optimizer.zero_grad()
        with torch.autocast("cuda", dtype, enabled=dtype is not None):
            loss = torch.nn.functional.mse_loss(model(x), y)
        if scaler is None:
            loss.backward()
            watch.loss(loss)
            optimizer.step()
        else:
            scaler.scale(loss).backward()
            watch.loss(loss)
            torch.cuda.set_sync_debug_mode("default")  # a scaler waits for its own decision, unless it is fused
            scaler.step(optimizer)
            scaler.update()
    torch.cuda.set_sync_debug_mode("default")


@pytest.mark.parametrize(
    "options", [{}, {"layers": r"^\d"}, {"clock": True}, {"locate": True}, {"lean": True}], ids=str
)
def test_nothing_waits_for_the_device_within_an_interval(options):
    model = net()
    optimizer = torch.optim.AdamW(model.parameters(), 1e-3)
    watch = attach(model, optimizer, every=EVERY, guard=Guard(LowerLR()), **options)
    losses_of(watch, model, optimizer, 5 * EVERY, strict=True)
    watch.detach()
    assert watch.failures == 0
    assert watch.reading.step == 5 * EVERY - 1


@pytest.mark.parametrize("fused", [False, True])
def test_half_precision_with_a_scaler_is_watched_and_its_skips_are_no_alarm(fused):
    model = net()
    optimizer = torch.optim.AdamW(model.parameters(), 1e-3, fused=fused)
    scaler = torch.amp.GradScaler("cuda", init_scale=2.0**40)
    watch = attach(model, optimizer, every=EVERY, scaler=scaler)
    losses_of(watch, model, optimizer, 6 * EVERY, torch.float16, scaler)
    watch.detach()
    assert watch.failures == 0
    assert not [alarm for alarm in watch.alarms if alarm.family == "nonfinite"]
    assert math.isfinite(watch.reading.grad_norm)


def test_bfloat16_is_watched():
    model = net()
    optimizer = torch.optim.AdamW(model.parameters(), 1e-3)
    watch = attach(model, optimizer, every=EVERY)
    losses_of(watch, model, optimizer, 4 * EVERY, torch.bfloat16)
    watch.detach()
    assert (watch.failures, len(watch.alarms)) == (0, 0)


def test_a_compiled_model_and_a_compiled_step_are_watched():
    model = net()
    optimizer = torch.optim.AdamW(model.parameters(), torch.tensor(1e-3))
    watch = attach(torch.compile(model), optimizer, every=EVERY, guard=Guard(LowerLR()))
    losses_of(watch, torch.compile(model), optimizer, 3 * EVERY)
    watch.detach()
    assert watch.failures == 0


def test_a_captured_graph_is_watched_around_its_replays():
    model = net()
    optimizer = torch.optim.AdamW(model.parameters(), 1e-3, capturable=True)
    x, y = batch()
    side = torch.cuda.Stream()
    with torch.cuda.stream(side):
        for _ in range(3):
            optimizer.zero_grad(set_to_none=True)
            torch.nn.functional.mse_loss(model(x), y).backward()
    torch.cuda.current_stream().wait_stream(side)
    graph = torch.cuda.CUDAGraph()
    optimizer.zero_grad(set_to_none=True)
    with torch.cuda.graph(graph):
        loss = torch.nn.functional.mse_loss(model(x), y)
        loss.backward()
    watch = attach(model, optimizer, every=EVERY)
    for _ in range(3 * EVERY):
        fresh_x, fresh_y = batch()
        x.copy_(fresh_x)
        y.copy_(fresh_y)
        graph.replay()
        watch.loss(loss.clone())
        optimizer.step()
    watch.detach()
    assert watch.failures == 0
    assert watch.reading.step == 3 * EVERY - 1


def test_one_rank_of_nccl_is_watched(tmp_path):
    import torch.distributed as dist

    dist.init_process_group("nccl", init_method=f"file://{tmp_path}/store", rank=0, world_size=1)
    try:
        model = torch.nn.parallel.DistributedDataParallel(net())
        optimizer = torch.optim.AdamW(model.parameters(), 1e-3)
        watch = attach(model, optimizer, every=EVERY)
        losses_of(watch, model, optimizer, 4 * EVERY, strict=True)
        watch.detach()
        assert watch.failures == 0
        assert math.isfinite(watch.reading.loss)
    finally:
        dist.destroy_process_group()
