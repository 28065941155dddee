"""Small nets that are trained, on three tasks each: a perceptron, a recurrent net and a transformer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Callable

import numpy as np

from failure_zoo import autograd as ag
from failure_zoo.models import Model, gru, mlp, transformer

Array = np.ndarray
Arrays = dict[str, Array]
Batch = tuple[Array, Array]
Task = Callable[[np.random.Generator, int], Batch]

CLASSES, FEATURES, TIME, WINDOW = 10, 24, 8, 16
_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Net:
    """An architecture with its tasks, the first of which a base is trained on."""

    name: str
    make: Callable[[np.random.Generator], Model]
    tasks: Callable[[np.random.Generator], list[Task]]
    classes: int
    steps: int


def clusters(rng: np.random.Generator) -> list[Task]:
    """Classes with a centre each; other tasks see them rotated, or named otherwise."""
    centres = rng.normal(size=(CLASSES, FEATURES))
    turn = np.linalg.qr(rng.normal(size=(FEATURES, FEATURES)))[0]
    names = rng.permutation(CLASSES)

    def task(rotation: Array, labels: Array) -> Task:
        def batch(rng: np.random.Generator, count: int) -> Batch:
            y = rng.integers(CLASSES, size=count)
            return (centres[y] + 0.9 * rng.normal(size=(count, FEATURES))) @ rotation, labels[y]

        return batch

    plain, straight = np.arange(CLASSES), np.eye(FEATURES)
    return [task(straight, plain), task(turn, plain), task(straight, names)]


def waves(rng: np.random.Generator) -> list[Task]:
    """Sequences whose class is their frequency; other tasks have other channels, or other names."""
    mixes, names = [np.eye(4), np.linalg.qr(rng.normal(size=(4, 4)))[0]], rng.permutation(CLASSES)

    def task(mix: Array, labels: Array) -> Task:
        def batch(rng: np.random.Generator, count: int) -> Batch:
            y = rng.integers(CLASSES, size=count)
            phase = rng.uniform(0, 2 * np.pi, (count, 1, 4))
            angle = (0.25 + 0.25 * y[:, None, None]) * np.arange(TIME)[None, :, None]
            return (np.sin(angle + phase) + 0.2 * rng.normal(size=(count, TIME, 4))) @ mix, labels[y]

        return batch

    plain = np.arange(CLASSES)
    return [task(mixes[0], plain), task(mixes[1], plain), task(mixes[0], names)]


def texts(_: np.random.Generator) -> list[Task]:
    """Return windows of this repository's English, Python and Rust, with the letters that come next."""

    def task(pattern: str) -> Task:
        paths = sorted(_ROOT.glob(pattern))[:40]
        codes = np.frombuffer("".join(path.read_text(encoding="utf-8") for path in paths).encode(), np.uint8)
        codes = np.clip(codes.astype(int) - 31, 0, 95)

        def batch(rng: np.random.Generator, count: int) -> Batch:
            starts = rng.integers(len(codes) - WINDOW - 1, size=count)
            windows = codes[starts[:, None] + np.arange(WINDOW + 1)]
            return windows[:, :-1], windows[:, 1:]

        return batch

    return [task("docs/*.md"), task("python/anet_lite/reader/**/*.py"), task("rust/anet-core/src/**/*.rs")]


NETS = (
    Net("perceptron", lambda rng: Model(*mlp([FEATURES, 64, 64, 64, CLASSES]), rng), clusters, CLASSES, 300),
    Net("recurrent", lambda rng: Model(*gru(4, 32, CLASSES), rng), waves, CLASSES, 400),
    Net("transformer", lambda rng: Model(*transformer(96, WINDOW, 32), rng), texts, 96, 500),
)


def loss_of(model: Model, flat: Array, batch: Batch) -> ag.Node:
    """Return the cross-entropy of a net with these parameters."""
    return loss_and_leaves(model, flat, batch)[0]


def loss_and_leaves(model: Model, flat: Array, batch: Batch) -> tuple[ag.Node, dict[str, ag.Node]]:
    leaves = model.nodes(flat)
    logits = model.forward(leaves, batch[0])
    return ag.cross_entropy(ag.reshape(logits, -1, logits.data.shape[-1]), batch[1].ravel()), leaves


def value_of(model: Model, flat: Array, batch: Batch) -> float:
    """Return the loss alone."""
    loss = float(loss_of(model, flat, batch).data)
    ag._tape.clear()
    return loss


def train(model: Model, flat: Array, task: Task, steps: int, rate: float, seed: int) -> Array:
    """Return the parameters after steps of Adam with batches of 32."""
    rng, flat = np.random.default_rng(seed), flat.copy()
    mean, square = np.zeros_like(flat), np.zeros_like(flat)
    for step in range(1, steps + 1):
        loss, leaves = loss_and_leaves(model, flat, task(rng, 32))
        ag.backward(loss)
        gradient = model.gradient(leaves)
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.99 * square + 0.01 * gradient**2
        flat -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return flat


def arrays_of(model: Model, flat: Array) -> Arrays:
    """Return parameters by name, matrices outputs by inputs, as frameworks save them."""
    found: Arrays = {}
    for name, place in model.slices().items():
        array = flat[place].reshape(model.shapes[name])
        kind = "weight" if name.startswith(("weight", "table", "gain")) else "bias"
        module = name.replace("gain", "norm").replace("bias_norm", "norm").replace("weight", "").replace("bias", "")
        is_linear = name.startswith("weight")
        found[f"{module.strip('_') or '0'}.{kind}"] = array.T.copy() if is_linear else array.copy()
    return found


def flat_of(model: Model, arrays: Arrays) -> Array:
    """Return named arrays as a net's parameters."""
    flat = np.zeros_like(model.flat)
    for place, array, (name, shape) in zip(model.slices().values(), arrays.values(), model.shapes.items()):
        flat[place] = (array.T if name.startswith("weight") else array).reshape(shape).ravel()
    return flat
