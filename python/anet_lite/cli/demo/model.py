"""A small network in NumPy, trained by gradient descent with momentum until its learning rate breaks it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count, islice
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy import float64
    from numpy.typing import NDArray

    _Array = NDArray[float64]

INPUTS, HIDDEN, BATCH = 8, 32, 32
RATE, GROWTH, MOMENTUM = 0.05, 1.01, 0.9
CALM_UNTIL = 400
"""Up to this step the learning rate stands; from then on every step raises it by one per cent."""
BROKEN_BEYOND = 1000.0
"""Times the loss of the untrained network at which the run ends."""
SMOOTHING = 0.9
"""Memory of the running mean that the gradient's noise is measured against."""


@dataclass(frozen=True)
class TrainingLog:
    """What a training loop can log without effort: one value a step."""

    loss: _Array
    grad_norm: _Array
    step_norm: _Array
    noise: _Array
    rate: _Array

    def steps(self) -> Iterator[tuple[float, ...]]:
        """Give the five values of each step, in the order of the fields."""
        return zip(*(x.tolist() for x in (self.loss, self.grad_norm, self.step_norm, self.noise, self.rate)))


def train(seed: int, growth: float = GROWTH, steps: int = 10 * CALM_UNTIL) -> TrainingLog:
    """Train until broken, for ``steps`` steps at most; the same seed gives the same data and the same start."""
    with np.errstate(over="ignore", invalid="ignore"):
        return TrainingLog(*np.array(list(islice(_steps(np.random.default_rng(seed), growth), steps))).T)


def _steps(random: np.random.Generator, growth: float) -> Iterator[tuple[float, float, float, float, float]]:
    teacher = random.normal(size=INPUTS) / INPUTS**0.5
    weights = [random.normal(size=(INPUTS, HIDDEN)) / INPUTS**0.5, np.zeros(HIDDEN)]
    weights += [random.normal(size=HIDDEN) / HIDDEN**0.5, np.zeros(1)]
    velocity = [np.zeros_like(w) for w in weights]
    mean = [np.zeros_like(w) for w in weights]
    rate, untrained = RATE, np.inf
    for step in count(1):
        x = random.normal(size=(BATCH, INPUTS))
        loss, gradient = loss_and_gradient(weights, x, np.sin(x @ teacher) + 0.1 * random.normal(size=BATCH))
        mean = [SMOOTHING * m + (1 - SMOOTHING) * g for m, g in zip(mean, gradient)]
        velocity = [MOMENTUM * v - rate * g for v, g in zip(velocity, gradient)]
        weights = [w + v for w, v in zip(weights, velocity)]
        noise = sum(_norm([g - m]) for g, m in zip(gradient, mean))
        yield loss, _norm(gradient), _norm(velocity), noise, rate
        untrained = loss if step == 1 else untrained
        if not loss <= BROKEN_BEYOND * untrained:
            return
        rate *= growth if step >= CALM_UNTIL else 1.0


def loss_and_gradient(weights: list[_Array], x: _Array, y: _Array) -> tuple[float, list[_Array]]:
    """Mean squared error of ``tanh(x W + b) v + c``, and its gradient."""
    into, bias, out, shift = weights
    hidden = np.tanh(x @ into + bias)
    error: _Array = hidden @ out + shift[0] - y
    by_output = 2 * error / len(y)
    by_hidden = np.outer(by_output, out) * (1 - hidden**2)
    gradient = [x.T @ by_hidden, by_hidden.sum(axis=0), hidden.T @ by_output, np.array([by_output.sum()])]
    return float(np.mean(error**2)), gradient


def _norm(parts: list[_Array]) -> float:
    return float(np.sqrt(sum(float(np.sum(part**2)) for part in parts)))
