"""Print both tables: ``python -m generation [--seeds N]`` in ``benches/``, with transformers; minutes on one core."""

from __future__ import annotations

import argparse
import logging
from collections import Counter
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import torch

from anet_lite.integrations.inference import watch_generate
from generation.model import END, generator, prompts

if TYPE_CHECKING:
    from collections.abc import Iterator

HEALTHY, BROKEN, TOKENS = 24, 24, 48
"""Calls before a fault and after it, each of eight texts, and the most tokens of one."""
TIMES = ("tokens_per_s", "first_token_s")


def ask(model: Any, seed: int, options: dict[str, Any]) -> None:
    """Let the model go on with eight texts."""
    torch.manual_seed(seed)
    texts = prompts(8, seed)
    settings = {"do_sample": True, "max_new_tokens": TOKENS, **options}
    model.generate(texts, attention_mask=torch.ones_like(texts), **settings)


def healthy(model: Any, seeds: int, calls: int = 100) -> None:
    """Print what a healthy model alarms: a watch for each seed and way of sampling."""
    for name, options in {"sampling": {}, "top-k 5": {"top_k": 5}, "temperature 0.7": {"temperature": 0.7}}.items():
        alarms, rows = Counter[str](), 0
        for seed in range(seeds):
            with watch_generate(model) as watch:
                for call in range(calls):
                    ask(model, 10_000 * seed + call, options)
            alarms.update(alarm.signal for alarm in watch.alarms)
            rows += watch.monitor.rows
        of_machine = sum(alarms.pop(name, 0) for name in TIMES)
        told = f"{sum(alarms.values())} false alarms {dict(alarms) or ''}, {of_machine} of the machine's times"
        print(f"healthy, {name}: {seeds * calls} calls, {rows} rows: {told}", flush=True)


@contextmanager
def changed(weight: torch.nn.Parameter, change: Any) -> Iterator[None]:
    """Change a weight for a while."""
    kept = weight.detach().clone()
    weight.data.copy_(change(kept))
    try:
        yield
    finally:
        weight.data.copy_(kept)


def faults(model: Any) -> dict[str, tuple[Any, dict[str, Any], tuple[str, ...]]]:
    """Return what is broken: a weight, options of ``generate``, and the causes that are right."""
    layer, still = model.transformer.h[0], changed(model.lm_head.weight, lambda weight: weight)
    down, up = layer.mlp.c_proj.weight, layer.mlp.c_fc.weight
    return {
        "greedy, no end": (still, {"do_sample": False, "suppress_tokens": [END]}, ("degenerate_loop",)),
        "temperature 1.5": (changed(down, lambda w: w), {"temperature": 1.5}, ("temperature_too_high",)),
        "temperature 3": (changed(down, lambda w: w), {"temperature": 3.0}, ("temperature_too_high",)),
        "weights times -8": (changed(down, lambda w: -8 * w), {}, ("broken_weights",)),
        "weights times 30": (changed(down, lambda w: 30 * w), {}, ("broken_weights",)),
        "weights gone": (changed(down, torch.zeros_like), {}, ("broken_weights",)),
        "adapter times 50": (changed(up, lambda w: w + 5 * _low_rank(w)), {}, ("broken_weights",)),
        "NaN": (changed(down, lambda w: w * torch.nan), {}, ("broken_weights",)),
        "the end is never chosen": (changed(up, lambda w: w), {"suppress_tokens": [END]}, ("endless_output",)),
    }


def _low_rank(weight: torch.Tensor) -> torch.Tensor:
    source = torch.Generator().manual_seed(3)
    down, up = torch.randn(weight.shape[0], 4, generator=source), torch.randn(4, weight.shape[1], generator=source)
    return 0.1 * down @ up


def broken(model: Any, learnt: dict[str, Any], name: str) -> None:
    """Print what is told of a fault, and in which call the right cause is among the first three."""
    change, options, right = faults(model)[name]
    told: list[tuple[int, str, list[str]]] = []
    calls = 0

    def keep(snapshot: Any) -> None:
        if [alarm for alarm in snapshot.alarms if alarm.signal not in TIMES]:
            found = [cause.name for cause in snapshot.explain().causes[:3]]
            told.append((calls, snapshot.alarms[0].signal, found))

    with watch_generate(model, on_snapshot=keep) as watch, change:
        watch.load_state_dict(learnt)
        for calls in range(1, BROKEN + 1):
            with suppress(RuntimeError):  # What sampling raises where a probability is NaN.
                ask(model, 500 + calls, options)
    first = next(((call, signal) for call, signal, found in told if set(right) & set(found)), None)
    print(f"{name}: {right[0]} by {first[1]} in call {first[0]}" if first else f"{name}: not told, {told}", flush=True)


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=5)
    seeds = parser.parse_args().seeds
    logging.disable(logging.WARNING)
    model = generator()
    with watch_generate(model) as watch:
        for seed in range(HEALTHY):
            ask(model, seed, {})
    for name in faults(model):
        broken(model, watch.state_dict(), name)
    healthy(model, seeds)


if __name__ == "__main__":
    main()
