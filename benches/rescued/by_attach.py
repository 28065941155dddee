"""A run in a loop of one's own, under `attach`."""

from __future__ import annotations

from tempfile import TemporaryDirectory

import torch

from anet_lite.integrations.torch import Checkpoints, attach
from anet_lite.policy import Guard, LogOnly, LowerLR, Rollback, SkipStep, Stop
from rescued.faults import STEPS, Broken
from rescued.models import TASKS, held_out

POLICIES = {
    "none": LogOnly,
    "LowerLR": LowerLR,
    "SkipStep": SkipStep,
    "Stop": Stop,
    "Rollback": lambda: Rollback(every=50, promote_after=50, factor=0.5),
}
"""Defaults, but checkpoints as often as runs of 700 steps want them."""


def end(task: str, fault: str, seed: int, policy: str) -> float:
    """Train and return the loss on held-out data."""
    torch.set_num_threads(1)
    made, broken = TASKS[task](seed), Broken(fault)
    optimizer = torch.optim.AdamW(made.model.parameters(), made.rate)
    with TemporaryDirectory() as folder:
        kept = Checkpoints(folder, model=made.model, optimizer=optimizer)
        watch = attach(made.model, optimizer, guard=Guard(POLICIES[policy](), save=kept.save, load=kept.load))
        for step in range(STEPS):
            broken.settings(step, optimizer, made.model, made.rate)
            loss = broken.loss(step, made.loss(*broken.batch(step, *made.draw())))
            optimizer.zero_grad()
            loss.backward()
            watch.loss(loss, grad_norm=torch.nn.utils.clip_grad_norm_(made.model.parameters(), 1.0))
            optimizer.step()
            if watch.should_stop:
                break
        assert watch.failures == 0
        for handle in watch._handles:
            handle.remove()
    return held_out(task, made.model)
