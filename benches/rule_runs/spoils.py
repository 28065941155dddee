"""Ways to spoil a run from a row on, of which the faults are put together."""

from __future__ import annotations

from typing import Callable

import numpy as np

from rule_runs.healthy import Signals

Shape = Callable[[np.ndarray], np.ndarray]
"""Values or factors, from the numbers of the rows since the fault began."""
Spoil = Callable[[Signals, slice, np.ndarray], None]
"""Changes the signals in these rows; the third argument counts them from 0."""


def times(signal: str, factor: float | Shape) -> Spoil:
    """Multiply a signal from the fault on."""

    def spoil(run: Signals, rows: slice, after: np.ndarray) -> None:
        run[signal][rows] *= factor(after) if callable(factor) else factor

    return spoil


def becomes(signal: str, value: float | Shape) -> Spoil:
    """Replace a signal from the fault on."""

    def spoil(run: Signals, rows: slice, after: np.ndarray) -> None:
        run[signal][rows] = value(after) if callable(value) else value

    return spoil


def both(*spoils: Spoil) -> Spoil:
    """Do several things at once."""

    def spoil(run: Signals, rows: slice, after: np.ndarray) -> None:
        for one in spoils:
            one(run, rows, after)

    return spoil


def once(factor: float) -> Shape:
    """Return a factor of one row alone."""
    return lambda after: np.where(after == 0, factor, 1.0)


def stretches(*parts: tuple[int, int, float]) -> Shape:
    """Return a factor for each stretch of rows, 1 elsewhere."""

    def factor(after: np.ndarray) -> np.ndarray:
        out = np.ones(len(after))
        for start, end, value in parts:
            out[start:end] = value
        return out

    return factor


def ramp(rows: float) -> Shape:
    """Return a factor that grows by e in so many rows."""
    return lambda after: np.exp(after / rows)


def wobbly(level: float) -> Shape:
    """Return values about a level."""
    return lambda after: level * (1 + 0.02 * np.sin(after))


def gradient(factor: float | Shape) -> Spoil:
    """Multiply the gradient, and what follows it: the update and the noise."""
    return both(*(times(signal, factor) for signal in ("grad_norm", "step_norm", "noise")))


def measured(name: str, usual: float, spread: float, fault: Shape) -> Spoil:
    """Give the run a named signal of its own, with a fault in it."""

    def spoil(run: Signals, rows: slice, _after: np.ndarray) -> None:
        run[name] = usual + spread * np.random.default_rng(3).normal(size=len(run["loss"]))
        run[name][rows] = fault(run[name][rows])

    return spoil


def evaluated(run: Signals, rows: slice, after: np.ndarray) -> None:
    """Evaluate every tenth row; from the fault on the evaluation rises while the training loss falls."""
    at = np.arange(len(run["loss"]))
    run["val_loss"] = np.where(at % 10 == 9, 0.5 + 1.5 * np.exp(-at / 60) + 0.005 * np.sin(at), np.nan)
    run["val_loss"][rows] += 0.004 * after


def counted(run: Signals, rows: slice, _after: np.ndarray) -> None:
    """Count tensors that are not finite: none, then two."""
    run["bad_tensors"] = np.zeros(len(run["loss"]))
    run["bad_tensors"][rows] = 2.0


def went_back(run: Signals, rows: slice, _after: np.ndarray) -> None:
    """Go 60 steps back, to a worse model."""
    run["step"] = np.arange(len(run["loss"]), dtype=float)
    run["step"][rows] -= 60
    run["loss"][rows] *= 1.6
