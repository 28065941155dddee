"""The monitor beside a run: two lines of a training loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anet_lite import Monitor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from anet_lite import Snapshot
    from anet_lite.cli.demo.model import TrainingLog

TWO_LINES = """\
monitor = Monitor()
for step, batch in enumerate(data, 1):
    ...  # the training step
    seen = monitor.update(loss, grad_norm, step_norm, noise, lr, step)
"""
"""What a user adds to a loop, as `watch` has it."""


def watch(run: TrainingLog) -> Iterator[Snapshot]:
    """Give the snapshot of each step, counted from 1."""
    monitor = Monitor()
    for step, (loss, grad_norm, step_norm, noise, lr) in enumerate(run.steps(), 1):
        yield monitor.update(loss, grad_norm, step_norm, noise, lr, step)
