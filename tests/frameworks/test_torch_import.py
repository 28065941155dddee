"""Importing the integration costs next to nothing beside torch: what `attach` needs is imported when it is called."""

from __future__ import annotations

import subprocess
import sys

NEEDS = ("torch",)

CODE = """
import sys, torch
before = set(sys.modules)
from anet_lite.integrations.torch import attach
print(*sorted(set(sys.modules) - before))
from anet_lite.integrations.torch import GradNoiseTap, NoiseScale, Reading, Watch
model = torch.nn.Linear(2, 1)
assert isinstance(attach(model, torch.optim.SGD(model.parameters(), 0.1)), Watch)
assert attach.__module__ == "anet_lite.integrations.torch.attach"
"""


def test_importing_attach_imports_little_more_than_the_core() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    here = "anet_lite.integrations"
    inside = "anet_lite._internal"
    core = ["anet_lite", inside, f"{inside}.optional_import", "anet_lite._native"]
    expected = [*core, here, f"{here}.torch", f"{here}.torch.attach"]
    assert [name for name in done.stdout.split() if name.startswith("anet_lite")] == expected
    assert len(done.stdout.split()) <= len(expected) + 2


def test_an_unknown_name_is_said() -> None:
    code = "import anet_lite.integrations.torch as ours; ours.nothing"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "module 'anet_lite.integrations.torch' has no attribute 'nothing'" in done.stderr
