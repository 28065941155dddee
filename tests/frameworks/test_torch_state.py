"""A monitor's state goes through a torch checkpoint that trusts nobody."""

from __future__ import annotations

import numpy as np
import pytest

from anet_lite import Monitor

torch = pytest.importorskip("torch")

from torch_loop import net  # noqa: E402

from anet_lite.integrations.torch import attach  # noqa: E402

NEEDS = ("torch",)


def test_a_state_survives_torch_load_with_weights_only(tmp_path):
    rng = np.random.default_rng(0)
    rows = [dict(zip(("loss", "grad_norm", "step_norm", "noise", "lr"), 1 + 0.1 * rng.random(5))) for _ in range(400)]
    whole, first, second = Monitor(), Monitor(), Monitor()
    for row in rows[:250]:
        whole.update(**row)
        first.group("head").update(grad_norm=row["grad_norm"])
        whole.group("head").update(grad_norm=row["grad_norm"])
        first.update(**row)
    torch.save({"model": torch.nn.Linear(2, 1).state_dict(), "monitor": first.state_dict()}, tmp_path / "a.pt")
    second.load_state_dict(torch.load(tmp_path / "a.pt", weights_only=True)["monitor"])
    for row in rows[250:]:
        whole.update(**row)
        second.update(**row)
    assert second.state_dict() == whole.state_dict()


def test_tensors_are_signals():
    monitor, plain = Monitor(), Monitor()
    monitor.update(torch.tensor(0.5), grad_norm=torch.tensor([2.0]).sum(), step_norm=torch.tensor(0.25).double())
    plain.update(0.5, 2.0, 0.25)
    assert monitor.state_dict() == plain.state_dict()


def test_batches_and_losses_from_before_a_checkpoint_are_known_after_it(tmp_path):
    model = net()
    optimizer = torch.optim.SGD(model.parameters(), 0.0)
    before = attach(model, optimizer)
    for step in range(100):
        watched_step(before, optimizer, step, loss=1.0 + step % 3)
    before.flush()
    torch.save(before.state_dict(), tmp_path / "watch.pt")
    before.detach()
    after = attach(model, optimizer)
    after.load_state_dict(torch.load(tmp_path / "watch.pt", weights_only=True))
    for step in range(100, 132):
        watched_step(after, optimizer, step, loss=9.0, batch=step - 20)
    after.detach()
    assert [(remark.name, remark.step) for remark in after.remarks] == [("resume_jump", 107), ("batches_replayed", 107)]


def watched_step(watch, optimizer, step: int, loss: float, batch: int | None = None) -> None:
    """A step with a loss and a batch of our choice."""
    watch.loss(loss, step=step, batch_id=f"shard0/{step if batch is None else batch}")
    optimizer.step()
