"""What the numbers that TRL logs cost, beside a step of the transformer of `torch_tap`: ``python -m trl_runs.cost``."""

from __future__ import annotations

from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

import torch

from anet_lite import Monitor
from anet_lite.integrations.logged_signals import LoggedSignals
from torch_tap import SIZES, VOCABULARY, Transformer

if TYPE_CHECKING:
    from collections.abc import Callable

TURNS = 8
TIMES = 50
"""Calls in a turn, which are timed together."""

LOGGED = {
    "loss": 0.1, "grad_norm": 0.6, "learning_rate": 1e-6, "num_tokens": 4096.0, "completions/mean_length": 200.0,
    "completions/min_length": 20.0, "completions/max_length": 256.0, "completions/clipped_ratio": 0.1,
    "completions/mean_terminated_length": 180.0, "completions/min_terminated_length": 20.0,
    "completions/max_terminated_length": 250.0, "rewards/accuracy/mean": 0.4, "rewards/accuracy/std": 0.2,
    "rewards/format/mean": 0.4, "rewards/format/std": 0.2, "reward": 0.8, "reward_std": 0.3,
    "frac_reward_zero_std": 0.1, "kl": 0.01, "entropy": 0.5, "clip_ratio/low_mean": 0.01, "clip_ratio/low_min": 0.0,
    "clip_ratio/high_mean": 0.01, "clip_ratio/high_max": 0.1, "clip_ratio/region_mean": 0.02, "step_time": 3.0,
    "epoch": 0.1,
}  # fmt: skip
"""A log of GRPO with two rewards."""


def seconds(call: Callable[[], object]) -> float:
    """Return how long a call takes, as the mean of a turn."""
    start = perf_counter()
    for _ in range(TIMES):
        call()
    return (perf_counter() - start) / TIMES


def step(model: Transformer, optimizer: torch.optim.Optimizer) -> float:
    """Return how long a step takes."""
    tokens, start = torch.randint(VOCABULARY, (8, 129)), perf_counter()
    optimizer.zero_grad()
    model(tokens).backward()
    optimizer.step()
    return perf_counter() - start


def main() -> None:
    """Measure in turns, and print medians."""
    signals, alone = LoggedSignals(None, None), Monitor()
    model = Transformer(*SIZES["small"])
    optimizer = torch.optim.AdamW(model.parameters(), 1e-4)
    taken = signals.of(LOGGED)
    turns = [
        (
            step(model, optimizer),
            seconds(lambda: signals.of(LOGGED)),
            seconds(lambda: signals.monitor.update(0.1, 0.6, **taken)),
            seconds(lambda: alone.update(0.1, 0.6)),
        )
        for _ in range(TURNS)
    ]
    whole, picked, with_signals, without = (median(values) for values in zip(*turns))
    cost = picked + with_signals - without
    size = sum(parameter.numel() for parameter in model.parameters())
    print(f"{size:,} parameters, {len(LOGGED)} numbers, {len(taken)} of them signals")
    print(f"step {1e3 * whole:.0f} ms; signals {1e6 * cost:.0f} us a step, {cost / whole:.3%} of it")


if __name__ == "__main__":
    main()
