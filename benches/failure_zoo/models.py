"""The models of the zoo: functions of a flat parameter vector, so that norms are one call."""

from __future__ import annotations

from typing import Callable

import numpy as np

from failure_zoo import autograd as ag
from failure_zoo.autograd import Array, Node

Parameters = dict[str, Node]
Forward = Callable[[Parameters, Array], Node]
Shapes = dict[str, tuple[int, ...]]


class Model:
    """Named views into one flat vector of parameters."""

    def __init__(self, shapes: Shapes, forward: Forward, rng: np.random.Generator) -> None:
        self.shapes, self.forward = shapes, forward
        self.flat = np.concatenate([_initial(name, shape, rng) for name, shape in shapes.items()])
        self.flat = self.flat.astype(np.float32)

    def slices(self) -> dict[str, slice]:
        """Where each parameter lies in the flat vector."""
        places, start = {}, 0
        for name, shape in self.shapes.items():
            size = int(np.prod(shape))
            places[name] = slice(start, start + size)
            start += size
        return places

    def nodes(self, flat: Array | None = None) -> Parameters:
        """Fresh leaves over the parameters."""
        flat = self.flat if flat is None else flat
        places = self.slices()
        return {name: Node(flat[places[name]].reshape(shape)) for name, shape in self.shapes.items()}

    def gradient(self, nodes: Parameters) -> Array:
        """The gradients of the leaves as one flat vector."""
        parts = [np.zeros(n.data.size, np.float32) if n.grad is None else n.grad.ravel() for n in nodes.values()]
        return np.concatenate(parts).astype(np.float32)


def _initial(name: str, shape: tuple[int, ...], rng: np.random.Generator) -> Array:
    if name.startswith("gain"):
        return np.ones(np.prod(shape))
    if name.startswith("bias"):
        return np.zeros(np.prod(shape))
    fan = shape[0] if not name.startswith("table") else 25
    return rng.normal(0, np.sqrt(1.6 / fan), int(np.prod(shape)))


def mlp(sizes: list[int], activation: str = "relu", norm: str = "") -> tuple[Shapes, Forward]:
    """Fully connected, with `norm` "batch", "layer" or none before each activation."""
    shapes: Shapes = {}
    act = {"relu": ag.relu, "tanh": ag.tanh}[activation]
    for at, (left, right) in enumerate(zip(sizes, sizes[1:])):
        shapes[f"weight{at}"], shapes[f"bias{at}"] = (left, right), (right,)
        if norm and at < len(sizes) - 2:
            shapes[f"gain_n{at}"], shapes[f"bias_n{at}"] = (right,), (right,)

    def forward(p: Parameters, x: Array) -> Node:
        h = ag.constant(x)
        for at in range(len(sizes) - 1):
            h = ag.linear(h, p[f"weight{at}"], p[f"bias{at}"])
            if at < len(sizes) - 2:
                if norm:
                    h = ag.normalise(h, p[f"gain_n{at}"], p[f"bias_n{at}"], 0 if norm == "batch" else -1)
                h = act(h)
        return h

    return shapes, forward


def conv_net(channels: int, classes: int) -> tuple[Shapes, Forward]:
    """Two 3 x 3 convolutions on 8 x 8 images, mean over the image, one linear layer."""
    shapes: Shapes = {
        "weight0": (9, channels),
        "bias0": (channels,),
        "weight1": (9 * channels, channels),
        "bias1": (channels,),
        "weight2": (channels, classes),
        "bias2": (classes,),
    }

    def forward(p: Parameters, x: Array) -> Node:
        h = ag.constant(x)
        for at in range(2):
            h = ag.relu(ag.linear(ag.patches(h, 3), p[f"weight{at}"], p[f"bias{at}"]))
        return ag.linear(ag.mean_over(h, (1, 2)), p["weight2"], p["bias2"])

    return shapes, forward


def transformer(vocabulary: int, length: int, width: int) -> tuple[Shapes, Forward]:
    """One causal block with one head, pre-norm, and a head of its own."""
    shapes: Shapes = {"table": (vocabulary, width), "table_place": (length, width)}
    for name, right in (("qkv", 3 * width), ("out", width), ("up", 2 * width)):
        shapes[f"weight_{name}"], shapes[f"bias_{name}"] = (width, right), (right,)
    shapes["weight_down"], shapes["bias_down"] = (2 * width, width), (width,)
    shapes["weight_head"], shapes["bias_head"] = (width, vocabulary), (vocabulary,)
    for at in range(3):
        shapes[f"gain{at}"], shapes[f"bias_norm{at}"] = (width,), (width,)
    mask = ag.constant(np.triu(np.full((length, length), -1e9), 1))

    def attend(p: Parameters, h: Node) -> Node:
        batch = h.data.shape[0]
        qkv = ag.reshape(ag.linear(h, p["weight_qkv"], p["bias_qkv"]), batch, length, 3, width)
        parts = ag.transpose(qkv, 0, 2, 1, 3)
        q, k, v = (ag.take(parts, at) for at in range(3))
        weights = ag.scale(ag.matmul(q, ag.transpose(k, 0, 2, 1)), width**-0.5)
        return ag.linear(ag.matmul(ag.softmax(ag.add(weights, mask)), v), p["weight_out"], p["bias_out"])

    def forward(p: Parameters, x: Array) -> Node:
        h = ag.add(ag.embedding(p["table"], x), p["table_place"])
        h = ag.add(h, attend(p, ag.normalise(h, p["gain0"], p["bias_norm0"], -1)))
        m = ag.linear(ag.normalise(h, p["gain1"], p["bias_norm1"], -1), p["weight_up"], p["bias_up"])
        h = ag.add(h, ag.linear(ag.relu(m), p["weight_down"], p["bias_down"]))
        return ag.linear(ag.normalise(h, p["gain2"], p["bias_norm2"], -1), p["weight_head"], p["bias_head"])

    return shapes, forward


def gru(inputs: int, width: int, outputs: int) -> tuple[Shapes, Forward]:
    """A gated recurrent net that reads (batch, time, inputs) and answers from its last state."""
    shapes: Shapes = {}
    for gate in ("r", "z", "n"):
        shapes[f"weight_x{gate}"], shapes[f"bias_x{gate}"] = (inputs, width), (width,)
        shapes[f"weight_h{gate}"], shapes[f"bias_h{gate}"] = (width, width), (width,)
    shapes["weight_o"], shapes["bias_o"] = (width, outputs), (outputs,)

    def forward(p: Parameters, x: Array) -> Node:
        h = ag.constant(np.zeros((x.shape[0], width)))
        for step in range(x.shape[1]):
            now = ag.constant(x[:, step])
            side = {
                g: (
                    ag.linear(now, p[f"weight_x{g}"], p[f"bias_x{g}"]),
                    ag.linear(h, p[f"weight_h{g}"], p[f"bias_h{g}"]),
                )
                for g in "rzn"
            }
            r, z = (ag.sigmoid(ag.add(*side[g])) for g in "rz")
            new = ag.tanh(ag.add(side["n"][0], ag.mul(r, side["n"][1])))
            h = ag.add(h, ag.mul(z, ag.add(new, ag.scale(h, -1))))
        return ag.linear(h, p["weight_o"], p["bias_o"])

    return shapes, forward
