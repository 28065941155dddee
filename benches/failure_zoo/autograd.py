"""Reverse-mode differentiation on NumPy arrays: what the zoo's models need, and no more.

A function appends its node to the tape; ``backward`` walks the tape from its end.
"""

from __future__ import annotations

from typing import Callable

import numpy as np

Array = np.ndarray
_tape: list[Node] = []


class Node:
    """An array, its gradient, and how to pass that gradient on."""

    __slots__ = ("back", "data", "grad")

    def __init__(self, data: Array, back: Callable[[Array], None] | None = None) -> None:
        self.data = data
        self.grad: Array | None = None
        self.back = back
        if back is not None:
            _tape.append(self)

    def receive(self, gradient: Array) -> None:
        """Adds to the gradient, summed over the axes that broadcasting made."""
        while gradient.ndim > self.data.ndim:
            gradient = gradient.sum(0)
        for axis, size in enumerate(self.data.shape):
            if size == 1 and gradient.shape[axis] != 1:
                gradient = gradient.sum(axis, keepdims=True)
        self.grad = gradient if self.grad is None else self.grad + gradient


def backward(loss: Node) -> None:
    """Fills the gradients of everything that `loss` depends on, and empties the tape."""
    loss.grad = np.ones_like(loss.data)
    for node in reversed(_tape):
        if node.grad is not None and node.back is not None:
            node.back(node.grad)
    _tape.clear()


def constant(data: Array) -> Node:
    return Node(np.asarray(data, np.float32))


def add(a: Node, b: Node) -> Node:
    def back(g: Array) -> None:
        a.receive(g)
        b.receive(g)

    return Node(a.data + b.data, back)


def mul(a: Node, b: Node) -> Node:
    def back(g: Array) -> None:
        a.receive(g * b.data)
        b.receive(g * a.data)

    return Node(a.data * b.data, back)


def scale(a: Node, factor: float) -> Node:
    return Node(a.data * np.float32(factor), lambda g: a.receive(g * np.float32(factor)))


def matmul(a: Node, b: Node) -> Node:
    def back(g: Array) -> None:
        a.receive(g @ np.swapaxes(b.data, -1, -2))
        b.receive(np.swapaxes(a.data, -1, -2) @ g)

    return Node(a.data @ b.data, back)


def linear(x: Node, weight: Node, bias: Node) -> Node:
    flat = x.data.reshape(-1, x.data.shape[-1])

    def back(g: Array) -> None:
        rows = g.reshape(-1, g.shape[-1])
        weight.receive(flat.T @ rows)
        bias.receive(rows.sum(0))
        x.receive((rows @ weight.data.T).reshape(x.data.shape))

    return Node(x.data @ weight.data + bias.data, back)


def elementwise(x: Node, value: Array, slope: Array) -> Node:
    return Node(value, lambda g: x.receive(g * slope))


def relu(x: Node) -> Node:
    return elementwise(x, np.maximum(x.data, 0), x.data > 0)


def tanh(x: Node) -> Node:
    y = np.tanh(x.data)
    return elementwise(x, y, 1 - y * y)


def sigmoid(x: Node) -> Node:
    y = 0.5 * (np.tanh(0.5 * x.data) + 1)
    return elementwise(x, y, y * (1 - y))


def transpose(x: Node, *axes: int) -> Node:
    inverse = np.argsort(axes)
    return Node(x.data.transpose(axes), lambda g: x.receive(g.transpose(inverse)))


def reshape(x: Node, *shape: int) -> Node:
    return Node(x.data.reshape(shape), lambda g: x.receive(g.reshape(x.data.shape)))


def take(x: Node, index: int) -> Node:
    """The slice at `index` of axis 1."""

    def back(g: Array) -> None:
        whole = np.zeros_like(x.data)
        whole[:, index] = g
        x.receive(whole)

    return Node(x.data[:, index], back)


def mean_over(x: Node, axes: tuple[int, ...]) -> Node:
    count = np.prod([x.data.shape[axis] for axis in axes])

    def back(g: Array) -> None:
        x.receive(np.broadcast_to(np.expand_dims(g, axes) / np.float32(count), x.data.shape))

    return Node(x.data.mean(axes), back)


def embedding(table: Node, index: Array) -> Node:
    def back(g: Array) -> None:
        whole = np.zeros_like(table.data)
        np.add.at(whole, index.reshape(-1), g.reshape(-1, g.shape[-1]))
        table.receive(whole)

    return Node(table.data[index], back)


def softmax(x: Node) -> Node:
    y = np.exp(x.data - x.data.max(-1, keepdims=True))
    y /= y.sum(-1, keepdims=True)
    return Node(y, lambda g: x.receive(y * (g - (g * y).sum(-1, keepdims=True))))


def normalise(x: Node, gain: Node, bias: Node, axis: int) -> Node:
    """Layer normalisation (axis -1) or batch normalisation (axis 0)."""
    centred = x.data - x.data.mean(axis, keepdims=True)
    spread = 1 / np.sqrt((centred * centred).mean(axis, keepdims=True) + np.float32(1e-5))
    unit = centred * spread

    def back(g: Array) -> None:
        gain.receive(g * unit)
        bias.receive(g)
        d = g * gain.data
        along = d.mean(axis, keepdims=True) + unit * (d * unit).mean(axis, keepdims=True)
        x.receive(spread * (d - along))

    return Node(unit * gain.data + bias.data, back)


def patches(x: Node, size: int) -> Node:
    """Every `size` x `size` window of (batch, height, width, channels), flattened: a convolution's left factor."""
    batch, height, width, channels = x.data.shape
    rows, columns = height - size + 1, width - size + 1
    windows = np.lib.stride_tricks.sliding_window_view(x.data, (size, size), (1, 2))
    data = windows.transpose(0, 1, 2, 4, 5, 3).reshape(batch, rows, columns, -1)

    def back(g: Array) -> None:
        g = g.reshape(batch, rows, columns, size, size, channels)
        whole = np.zeros_like(x.data)
        for i in range(size):
            for j in range(size):
                whole[:, i : i + rows, j : j + columns] += g[:, :, :, i, j]
        x.receive(whole)

    return Node(np.ascontiguousarray(data), back)


# --- losses, each a scalar ---


def cross_entropy(logits: Node, target: Array) -> Node:
    """Mean over all but the last axis; `target` holds classes or probabilities."""
    z = logits.data.reshape(-1, logits.data.shape[-1])
    wanted = np.eye(z.shape[1], dtype=np.float32)[target.reshape(-1)] if target.dtype.kind == "i" else target
    shifted = z - z.max(1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(1, keepdims=True))
    slope = (np.exp(log_p) * wanted.sum(1, keepdims=True) - wanted) / np.float32(len(z))
    value = -(wanted * log_p).sum() / np.float32(len(z))
    return Node(value, lambda g: logits.receive((g * slope).reshape(logits.data.shape)))


def mean_square(x: Node, target: Array) -> Node:
    error = x.data - target
    return Node((error * error).mean(), lambda g: x.receive(g * error * np.float32(2 / error.size)))


def hinge(x: Node, target: Array) -> Node:
    """Mean of max(0, 1 - target * x), `target` of -1 and 1."""
    margin = 1 - target * x.data
    slope = np.where(margin > 0, -target, 0).astype(np.float32) / np.float32(margin.size)
    return Node(np.maximum(margin, 0).mean(), lambda g: x.receive(g * slope))


def logistic(x: Node, label: float) -> Node:
    """Mean binary cross-entropy against one label."""
    value = (np.logaddexp(0, x.data) - label * x.data).mean()
    slope = (0.5 * (np.tanh(0.5 * x.data) + 1) - label) / np.float32(x.data.size)
    return Node(value, lambda g: x.receive(g * slope.astype(np.float32)))


def gaussian(x: Node, target: Array) -> Node:
    """Negative log-likelihood under mean x[:, :d] and log-deviation x[:, d:]; it may be negative."""
    half = x.data.shape[1] // 2
    centre, log_s = x.data[:, :half], np.clip(x.data[:, half:], -6, 6)
    unit = (target - centre) * np.exp(-log_s)
    slope = np.concatenate([-unit * np.exp(-log_s), 1 - unit * unit], 1) / np.float32(unit.size)
    return Node((0.5 * unit * unit + log_s).mean(), lambda g: x.receive(g * slope))
