"""Trains on two ranks under a watch; what each rank read goes to a file. Run as `torch_ranks.py RANK FOLDER`."""

from __future__ import annotations

import contextlib
import json
import logging
import math
import sys
from pathlib import Path

import torch
import torch.distributed as dist
from torch.distributed.device_mesh import init_device_mesh
from torch.distributed.fsdp import fully_shard
from torch_loop import RowLog, loss_of, net

from anet_lite.integrations.torch import attach

BATCHES = (4, 12)
LOG: list[logging.LogRecord] = []
"""What was logged."""
STEPS, EVERY = 8, 2


def data(step: int, rank: int, part: int = 0, size: int | None = None):
    """The batch of a rank in a step, the same wherever it is asked for."""
    source = torch.Generator().manual_seed(1000 * step + 10 * rank + part)
    x = torch.randn(BATCHES[rank] if size is None else size, 8, generator=source, dtype=torch.float64)
    return x, x.sum(1, keepdim=True).sin()


def optimizer_of(model):
    return torch.optim.SGD(model.parameters(), 1e-2, momentum=0.9)


def wrapped(kind: str):
    """The model on two ranks."""
    model = net(dtype=torch.float64)
    if kind == "ddp":
        return torch.nn.parallel.DistributedDataParallel(model)
    mesh = init_device_mesh("cpu", (2,))
    for layer in (model[0], model[2]):
        fully_shard(layer, mesh=mesh)
    return fully_shard(model, mesh=mesh)


def waiting(model, kind: str, last: bool):
    """Where gradients are not reduced unless it is the last batch of a step."""
    if kind == "ddp":
        return contextlib.nullcontext() if last else model.no_sync()
    model.set_requires_gradient_sync(last)
    return contextlib.nullcontext()


def run(
    kind: str, rank: int, *, parts: int = 1, sync: bool = True, spoil=None, size=None, clip=None, all_give=True,
    steps: int = STEPS, gap=None, shifted=None, **more
):  # fmt: skip
    """Train and return what was read, and what the monitor said."""
    model = wrapped(kind)
    optimizer, log, readings = optimizer_of(model), RowLog(), []
    watch = attach(
        model,
        optimizer,
        log,
        every=EVERY,
        on_snapshot=lambda _: readings.append(watch.reading),
        noise_scale=True,
        **more,
    )
    for step in range(steps):
        optimizer.zero_grad()
        for part in range(parts):
            with waiting(model, kind, part == parts - 1) if sync else contextlib.nullcontext():
                x, y = data(step, rank, part, size)
                y = y + 3.0 * x.roll(step, 0)[:, :1] if shifted == rank else y  # labels of other samples
                loss = loss_of(model, x, y)
                (loss / parts).backward()
            loss = loss * math.nan if spoil == (step, rank) else loss
            norm = torch.nn.utils.clip_grad_norm_(model.parameters(), clip) if clip and part == parts - 1 else None
            if all_give or rank == 0:
                watch.loss(loss, samples=len(x), grad_norm=norm)
        optimizer.step()
        if gap == (step, rank):
            with torch.no_grad():
                next(model.parameters())[0, 0] += 0.68
    watch.detach()
    assert watch.failures == 0
    says = [(s.step, s.status, [a.rule for a in s.alarms]) for s in [watch.snapshot]]
    alarms = [(a.step, a.rule) for a in watch.alarms]
    remarks = [[remark.name, remark.text] for remark in watch.remarks]
    told = {
        "remarks": remarks,
        "named": watch.snapshot.signals,
        "readings": [r._asdict() for r in readings],
        "says": says,
        "alarms": alarms,
        "layers": watch.layers,
    }
    return {**told, "log": [LOG.pop(0).getMessage() for _ in range(len(LOG))]}


def main(rank: int, folder: Path) -> None:
    """Run all scenes."""
    torch.set_num_threads(1)
    handler = logging.Handler()
    handler.emit = LOG.append
    logging.getLogger("anet_lite").addHandler(handler)
    dist.init_process_group("gloo", init_method=f"file://{folder}/store", rank=rank, world_size=2)
    scenes = {}
    for kind in ("ddp", "fsdp"):
        scenes[kind] = run(kind, rank, layers=r"^\d")
        scenes[f"{kind} equal"] = run(kind, rank, size=8)
        scenes[f"{kind} accumulated"] = run(kind, rank, parts=2)
        scenes[f"{kind} accumulated, reduced each time"] = run(kind, rank, parts=2, sync=False)
        scenes[f"{kind} clipped"] = run(kind, rank, clip=1e-3)
        scenes[f"{kind} spoiled"] = run(kind, rank, spoil=(3, 1))
        scenes[f"{kind} one gives its loss"] = run(kind, rank, all_give=False)
    scenes["ddp gap"] = run("ddp", rank, gap=(3, 1))
    scenes["ddp gap on purpose"] = run("ddp", rank, gap=(3, 1), replicas=False)
    scenes["ddp bad shard"] = run("ddp", rank, shifted=1, steps=40, size=8)
    (folder / f"{rank}.json").write_text(json.dumps(scenes))
    dist.destroy_process_group()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
