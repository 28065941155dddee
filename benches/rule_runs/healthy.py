"""A healthy run by formula: it learns, its gradient shrinks, and all signals are noisy."""

from __future__ import annotations

import numpy as np

ROWS = 700
Signals = dict[str, np.ndarray]


def healthy(rows: int = ROWS, seed: int = 7) -> Signals:
    """Return the five signals of a run in which nothing is wrong."""
    rng, at = np.random.default_rng(seed), np.arange(rows)

    def noisy(spread: float) -> np.ndarray:
        return np.exp(spread * rng.normal(size=rows))

    grad_norm = (0.5 + np.exp(-at / 150)) * noisy(0.12)
    rate = np.full(rows, 0.01)
    return {
        "loss": (0.4 + 2 * np.exp(-at / 50)) * noisy(0.05),
        "grad_norm": grad_norm,
        "step_norm": rate * grad_norm * noisy(0.05),
        "noise": 0.8 * grad_norm * noisy(0.05),
        "lr": rate,
    }
