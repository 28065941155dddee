"""Merges two small nets: is warned, undoes a permutation, and finds the weight at which the merge is best.

A base is trained on ten classes and then further, once on the first five and once on the last five. Somebody's tool
writes the hidden units of the second net in another order: it computes the same, and an average with it is worse.

    python examples/merge_two_nets.py
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from anet_lite import merge

if TYPE_CHECKING:
    from collections.abc import Sequence

Net = dict[str, np.ndarray]

RANDOM = np.random.default_rng(0)
CENTRES = RANDOM.normal(size=(10, 24))


def examples(classes: Sequence[int], count: int) -> tuple[np.ndarray, np.ndarray]:
    """Return inputs of some classes, and the class of each."""
    labels = RANDOM.choice(classes, count)
    return CENTRES[labels] + 1.2 * RANDOM.normal(size=(count, 24)), labels


def probabilities(net: Net, inputs: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the hidden units, and the probability of each class."""
    hidden = np.maximum(inputs @ net["up.weight"].T + net["up.bias"], 0)
    scores = hidden @ net["down.weight"].T + net["down.bias"]
    scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    return hidden, scores / scores.sum(axis=1, keepdims=True)


def loss(net: Net, data: tuple[np.ndarray, np.ndarray]) -> float:
    """Return the mean cross-entropy."""
    inputs, labels = data
    return float(-np.log(probabilities(net, inputs)[1][np.arange(len(labels)), labels] + 1e-12).mean())


def trained(net: Net, classes: Sequence[int], steps: int) -> Net:
    """Return the net after steps of gradient descent."""
    net = {name: array.copy() for name, array in net.items()}
    for _ in range(steps):
        inputs, labels = examples(classes, 64)
        hidden, found = probabilities(net, inputs)
        error = found.copy()
        error[np.arange(64), labels] -= 1
        back = (error @ net["down.weight"]) * (hidden > 0)
        gradients = {"up.weight": back.T @ inputs, "up.bias": back.sum(axis=0),
                     "down.weight": error.T @ hidden, "down.bias": error.sum(axis=0)}  # fmt: skip
        for name, gradient in gradients.items():
            net[name] -= 0.1 / 64 * gradient
    return net


def main() -> None:
    """Train, compare, align, and walk from one net to the other."""
    start = {"up.weight": RANDOM.normal(size=(64, 24)) / 5, "up.bias": np.zeros(64),
             "down.weight": RANDOM.normal(size=(10, 64)) / 8, "down.bias": np.zeros(10)}  # fmt: skip
    base = trained(start, range(10), 300)
    first, second = trained(base, range(5), 200), trained(base, range(5, 10), 200)
    order = RANDOM.permutation(64)
    second |= {"up.weight": second["up.weight"][order], "up.bias": second["up.bias"][order],
               "down.weight": second["down.weight"][:, order]}  # fmt: skip

    with tempfile.TemporaryDirectory() as folder:
        paths = [str(Path(folder) / f"{name}.safetensors") for name in ("first", "second", "base")]
        for path, net in zip(paths, (first, second, base)):
            merge.save(path, net)
        print(merge.compare(paths[:2], paths[2]))

    aligned = merge.align(first, second)
    print(aligned)
    tests = {"the first five": examples(range(5), 500), "the last five": examples(range(5, 10), 500)}
    for name, other in (("as it is", second), ("aligned", aligned.tensors)):
        way = merge.path([first, other], lambda net: {task: loss(net, data) for task, data in tests.items()})
        print(
            f"{name}: mean loss {way.mean[5]:.2f} at 1/2, {way.mean.min():.2f} at its best, alpha = {way.best[-1]:.1f}"
        )


if __name__ == "__main__":
    main()
