"""What the zoo's models learn. A task makes its data from a generator and turns a batch into a loss."""

from __future__ import annotations

from typing import Callable

import numpy as np

from failure_zoo import autograd as ag
from failure_zoo.autograd import Array, Node
from failure_zoo.models import Model, Parameters, conv_net, gru, mlp, transformer

Batch = tuple[Array, Array]


class Task:
    """A fixed set of samples, a model, and the loss of a batch."""

    #: Names of the signals that a task has beyond the five.
    named: tuple[str, ...] = ()
    #: Their values of the newest step; NaN where one was not measured.
    measured: tuple[float, ...] = ()

    def __init__(self, model: Model, x: Array, y: Array, loss: Callable[[Node, Array], Node]) -> None:
        self.model, self.x, self.y, self._loss = model, x, y, loss

    def batch(self, index: Array) -> Batch:
        return self.x[index], self.y[index]

    def gradient(self, batch: Batch) -> tuple[float, Array]:
        """Loss and flat gradient of a batch."""
        nodes = self.model.nodes()
        loss = self.loss(nodes, batch)
        value = float(loss.data)
        ag.backward(loss)
        return value, self.model.gradient(nodes)

    def loss(self, nodes: Parameters, batch: Batch) -> Node:
        return self._loss(self.model.forward(nodes, batch[0]), batch[1])


def clusters(rng: np.random.Generator, **options: object) -> Task:
    """Eight classes of three Gaussian blobs each, in ten dimensions; `noise` is the part of wrong labels."""
    noise, hidden = float(options.get("noise", 0.05)), int(options.get("hidden", 48))  # type: ignore[call-overload]
    centres = rng.normal(0, 1.4, (24, 10))
    blob = rng.integers(0, 24, 2048)
    x = (centres[blob] + rng.normal(0, 1, (2048, 10))).astype(np.float32)
    y = np.where(rng.random(2048) < noise, rng.integers(0, 8, 2048), blob % 8)
    model = Model(*mlp([10, hidden, hidden, 8], norm=str(options.get("norm", ""))), rng)
    return Task(model, x, y.astype(np.int64), ag.cross_entropy)


def separable(rng: np.random.Generator, **options: object) -> Task:
    """Two classes far apart with a hinge loss, which becomes exactly zero."""
    y = rng.choice([-1.0, 1.0], (2048, 1)).astype(np.float32)
    x = (rng.normal(0, 1, (2048, 12)) + 1.2 * y).astype(np.float32)
    return Task(Model(*mlp([12, 32, 1]), rng), x, y, ag.hinge)


def teacher(rng: np.random.Generator, **options: object) -> Task:
    """Regression on a random net's answers; `tail` adds Student noise, `size` scales loss and target."""
    tail, size = float(options.get("tail", 0)), float(options.get("size", 1))  # type: ignore[arg-type]
    x = rng.normal(0, 1, (2048, 8)).astype(np.float32)
    y = np.tanh(x @ rng.normal(0, 0.6, (8, 16))) @ rng.normal(0, 0.5, (16, 4))
    y = y + 0.1 * rng.normal(0, 1, y.shape)
    if tail:
        y = y + 0.1 * rng.standard_t(tail, y.shape)
    model = Model(*mlp([8, 40, 40, 4], "tanh", str(options.get("norm", ""))), rng)
    loss = lambda out, target: ag.scale(ag.mean_square(out, target), size)  # noqa: E731
    return Task(model, x, y.astype(np.float32), loss)


def density(rng: np.random.Generator, **options: object) -> Task:
    """Regression with a learned spread: a log-likelihood that goes below zero."""
    x = rng.normal(0, 1, (2048, 6)).astype(np.float32)
    y = np.sin(x @ rng.normal(0, 0.7, (6, 3)))
    y = y + 0.15 * np.exp(0.4 * x[:, :3]) * rng.normal(0, 1, y.shape)
    return Task(Model(*mlp([6, 40, 40, 6], "tanh"), rng), x, y.astype(np.float32), ag.gaussian)


def autoencoder(rng: np.random.Generator, **options: object) -> Task:
    """Twenty dimensions through a waist of four."""
    x = np.tanh(rng.normal(0, 1, (2048, 4)) @ rng.normal(0, 0.8, (4, 20)))
    x = (x + 0.05 * rng.normal(0, 1, x.shape)).astype(np.float32)
    return Task(Model(*mlp([20, 32, 4, 32, 20], "tanh"), rng), x, x, ag.mean_square)


def images(rng: np.random.Generator, **options: object) -> Task:
    """Six kinds of strokes on 8 x 8 images, for a convolutional net."""
    y = rng.integers(0, 6, 1024)
    x = 0.3 * rng.normal(0, 1, (1024, 8, 8, 1))
    for at, kind in enumerate(y):
        i, j = rng.integers(1, 6, 2)
        if kind in (0, 2, 4):
            x[at, i, j - 1 : j + 3 - (kind == 4), 0] += 1.5
        if kind in (1, 2, 5):
            x[at, i - 1 : i + 3 - (kind == 5), j, 0] += 1.5
        if kind == 3:
            for d in range(3):
                x[at, (i + d) % 8, (j + d) % 8, 0] += 1.5
    model = Model(*conv_net(6, 6), rng)
    return Task(model, x.astype(np.float32), y.astype(np.int64), ag.cross_entropy)


def language(rng: np.random.Generator, **options: object) -> Task:
    """Next token of a second-order Markov text of twelve letters, for a transformer."""
    table = rng.dirichlet(np.full(12, 0.25), (12, 12))
    text = [0, 1]
    for _ in range(512 * 13):
        text.append(int(rng.choice(12, p=table[text[-2], text[-1]])))
    whole = np.asarray(text[: 512 * 13]).reshape(512, 13)
    model = Model(*transformer(12, 12, 24), rng)
    return Task(model, whole[:, :-1], whole[:, 1:], ag.cross_entropy)


def sequence(rng: np.random.Generator, **options: object) -> Task:
    """The parity-like class of a sequence of eight vectors, for a recurrent net."""
    x = rng.normal(0, 1, (1024, 8, 3)).astype(np.float32)
    running = np.cumsum(np.tanh(x[:, :, 0] * 2), 1)
    y = (running[:, -1] > 0).astype(np.int64) * 2 + (np.abs(x[:, :, 1]).max(1) > 2)
    return Task(Model(*gru(3, 20, 4), rng), x, y, ag.cross_entropy)


class Adversary(Task):
    """A generator of a ring against a discriminator: one loss, the generator's part climbs it."""

    def __init__(self, rng: np.random.Generator, **options: object) -> None:
        angle = rng.uniform(0, 2 * np.pi, 2048)
        ring = np.stack([np.cos(angle), np.sin(angle)], 1) + 0.05 * rng.normal(0, 1, (2048, 2))
        (make, forward_g), (judge, forward_d) = mlp([4, 32, 2]), mlp([2, 32, 1])
        shapes = {f"{n}g": s for n, s in make.items()}
        shapes |= {f"{n}d": s for n, s in judge.items()}
        self.forward_g, self.forward_d = forward_g, forward_d
        super().__init__(Model(shapes, lambda p, x: p["biasg"], rng), ring.astype(np.float32), ring, ag.mean_square)

    def batch(self, index: Array) -> Batch:
        z = np.random.default_rng(int(index.sum()) + len(index)).normal(0, 1, (len(index), 4))
        return self.x[index], z.astype(np.float32)

    def gradient(self, batch: Batch) -> tuple[float, Array]:
        value, gradient = super().gradient(batch)
        for name, place in self.model.slices().items():
            if name.endswith("g"):
                gradient[place] *= -1
        return value, gradient

    def loss(self, nodes: Parameters, batch: Batch) -> Node:
        g = {name[:-1]: node for name, node in nodes.items() if name.endswith("g")}
        d = {name[:-1]: node for name, node in nodes.items() if name.endswith("d")}
        made = self.forward_g(g, batch[1])
        h = ag.relu(ag.linear(made, d["weight0"], d["bias0"]))
        fake = ag.linear(h, d["weight1"], d["bias1"])
        return ag.add(ag.logistic(self.forward_d(d, batch[0]), 1), ag.logistic(fake, 0))


class QLearning(Task):
    """Q-values of a random Markov chain by temporal differences against a target net renewed every 100 steps."""

    def __init__(self, rng: np.random.Generator, **options: object) -> None:
        states, actions = 24, 3
        features = rng.normal(0, 1, (states, 8)).astype(np.float32)
        follows = rng.integers(0, states, (states, actions))
        reward = (rng.random((states, actions)) < 0.15).astype(np.float32)
        s, a = rng.integers(0, states, 2048), rng.integers(0, actions, 2048)
        after = np.where(rng.random(2048) < 0.1, rng.integers(0, states, 2048), follows[s, a])
        y = np.stack([a, reward[s, a], after], 1).astype(np.float32)
        super().__init__(Model(*mlp([8, 40, actions]), rng), features[s], y, ag.mean_square)
        self.features, self.target, self.calls = features, self.model.flat.copy(), 0

    def loss(self, nodes: Parameters, batch: Batch) -> Node:
        if self.calls % 100 == 0:
            self.target = self.model.flat.copy()
        self.calls += 1
        action, reward, after = batch[1].T
        chosen = np.eye(3, dtype=np.float32)[action.astype(int)]
        frozen = self.model.forward(self.model.nodes(self.target), self.features[after.astype(int)])
        wanted = reward + 0.9 * frozen.data.max(1)
        out = self.model.forward(nodes, batch[0])
        picked = ag.mul(out, ag.constant(chosen))
        return ag.scale(ag.mean_square(picked, chosen * wanted[:, None]), 3)


TASKS: dict[str, Callable[..., Task]] = {
    "clusters": clusters,
    "separable": separable,
    "teacher": teacher,
    "density": density,
    "autoencoder": autoencoder,
    "images": images,
    "language": language,
    "sequence": sequence,
    "adversary": Adversary,
    "q_learning": QLearning,
}
