"""Programs in the README and the other pages that need a framework run where it is installed."""

from __future__ import annotations

import os

import pytest

from test_readme import BLOCKS, FRAMEWORKS

NEEDS = (
    "torch",
    "lightning",
    "transformers",
    "accelerate",
    "stable_baselines3",
    "ultralytics",
    "trl",
    "keras",
    "jax",
    "optax",
    "pyarrow",
    "sklearn",
    "pyod",
    "prometheus_client",
    "mcp",
    "opentelemetry",
    "apprise",
)

os.environ.update({"HF_HUB_OFFLINE": "1", "KERAS_BACKEND": "torch"})

PROGRAMS = [block for block in BLOCKS if block.language == "python" and FRAMEWORKS.search(block.text)]


@pytest.mark.parametrize("block", PROGRAMS, ids=[block.where for block in PROGRAMS])
def test_program_runs(block, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    exec(compile(block.text, block.where, "exec"), {"__name__": "__main__"})
