"""A monitor's state goes through a torch checkpoint that trusts nobody."""

from __future__ import annotations

import numpy as np
import pytest

from anet_lite import Monitor

torch = pytest.importorskip("torch")
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
