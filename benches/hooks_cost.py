"""What watching adds to a training step in Keras and in loops that log, beside a step of 11.6 million parameters.

Bare and watched steps are taken in turns, in the time of the process, of which other programs take nothing; what is
compared is the median of their ratios. Where numbers are only read, the reading itself is timed. One framework a
process: `KERAS_BACKEND=jax python benches/hooks_cost.py keras`.
"""

from __future__ import annotations

import os
import sys
from statistics import median
from time import perf_counter, process_time
from typing import Any, Callable

WIDTH = 2405
"""Two square layers of this width have 11.6 million parameters."""
BATCH = 1024
"""As many rows as the transformer of `torch_tap.py` takes tokens in a step."""
STEPS = 24


def in_turns(bare: Callable[[], Any], watched: Callable[[], Any]) -> tuple[float, float]:
    """Return the milliseconds of both, after some steps that compile: the median, and it times the median ratio."""
    times: tuple[list[float], list[float]] = ([], [])
    for step in range(STEPS + 3):
        turn = list(zip(times, (bare, watched)))
        for kept, run in turn if step % 2 else reversed(turn):
            began = process_time()
            run()
            if step >= 3:
                kept.append(1000 * (process_time() - began))
    alone = median(times[0])
    return alone, alone * median(beside / by_itself for by_itself, beside in zip(*times))


def of_keras() -> tuple[float, float]:
    """Time a model of two layers."""
    import keras
    import numpy as np

    from anet_lite.integrations.keras import AnetCallback

    x = np.random.default_rng(0).normal(size=(BATCH, WIDTH)).astype("float32")

    def made() -> Any:
        layers = [keras.Input((WIDTH,)), keras.layers.Dense(WIDTH, "relu"), keras.layers.Dense(WIDTH)]
        model = keras.Sequential(layers)
        model.compile("adam", "mse")
        return model

    bare, model, callback = made(), made(), AnetCallback()
    model.train_on_batch(x, x)
    callback.set_model(model)
    callback.on_train_begin()

    def watched() -> None:
        model.train_on_batch(x, x)
        callback.on_train_batch_end(0)

    return in_turns(lambda: bare.train_on_batch(x, x), watched)


def of_logs() -> tuple[float, float]:
    """Time a step of torch, alone and with a log of four numbers, as Accelerate and torchtitan give them."""
    import torch

    from anet_lite.integrations.logged_run import LoggedRun

    model = torch.nn.Sequential(torch.nn.Linear(WIDTH, WIDTH), torch.nn.ReLU(), torch.nn.Linear(WIDTH, WIDTH))
    optimizer, x, run = torch.optim.AdamW(model.parameters()), torch.randn(BATCH, WIDTH), LoggedRun()
    reading: list[float] = []

    def step() -> None:
        loss = (model(x) - x).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        began = perf_counter()
        run.log({"loss": 1.0 / (1 + len(reading)), "lr": 0.1, "grad_norm": 1.0, "eval_loss": 2.0}, len(reading))
        reading.append(1000 * (perf_counter() - began))

    whole, _ = in_turns(step, lambda: None)
    return whole - median(reading), whole


def main() -> None:
    """Print milliseconds and the part that watching adds."""
    kind = sys.argv[1] if len(sys.argv) > 1 else "logs"
    bare, watched = of_keras() if kind == "keras" else of_logs()
    name = f"{kind} {os.environ.get('KERAS_BACKEND', '') if kind == 'keras' else ''}".strip()
    print(f"{name}: {bare:.3f} ms a step, {watched:.3f} ms watched: {100 * (watched / bare - 1):+.3f} %")


if __name__ == "__main__":
    main()
