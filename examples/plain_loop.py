"""A training loop without a framework: watched, recorded, and what a wrong rate does to it.

Run it with `python examples/plain_loop.py [run.jsonl]`, then `anet-lite report run.jsonl`.
"""

from __future__ import annotations

import sys

import numpy as np

from anet_lite import Monitor, Recorder, explain

random = np.random.default_rng(0)
truth, weights = random.normal(size=16), np.zeros(16)
monitor = Monitor()

with Recorder(sys.argv[1] if len(sys.argv) > 1 else "run.jsonl") as recorder:
    for step in range(700):
        lr = 0.05 if step < 400 else 0.4  # somebody resumes with the wrong rate
        x = random.normal(size=(32, 16))
        error = x @ (weights - truth) + 0.1 * random.normal(size=32)
        gradient = 2 * x.T @ error / 32
        seen = monitor.update(loss=error @ error / 32, grad_norm=np.linalg.norm(gradient), lr=lr, step=step)
        recorder.write(seen)
        if seen.alarms:
            print(explain(seen))
            break
        weights -= lr * gradient

print(f"{recorder.records} records in {recorder.path}")
