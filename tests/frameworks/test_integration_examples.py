"""Examples in the docstrings of the integrations give what they show."""

from __future__ import annotations

import doctest
import os
from importlib import import_module

import pytest

NEEDS = (
    "torch",
    "lightning",
    "keras",
    "jax",
    "optax",
    "tensorboard",
    "prometheus_client",
    "pyod",
    "sklearn",
    "accelerate",
    "stable_baselines3",
)

os.environ["KERAS_BACKEND"] = "torch"

MODULES = (
    *("accelerate", "batches", "clock.memory_growth", "clock.work", "inference.calls", "inference.outputs"),
    *("inference.tally", "lightning", "logged_run", "logged_signals", "optax", "prometheus.tracker", "pyod"),
    *("remarks.remark", "resume", "sklearn", "stable_baselines3", "tensorboard"),
    *("torch.attach", "torch.grad_noise_tap", "torch.ranks", "webhook.neutral"),
)


@pytest.mark.parametrize("name", MODULES)
def test_example_gives_what_it_shows(name: str) -> None:
    module = import_module(f"anet_lite.integrations.{name}")
    result = doctest.testmod(module, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert result.failed == 0
    assert result.attempted > 0
