"""A small training loop, and the published loop's tap written out as plainly as possible."""

from __future__ import annotations

import os

import torch

from anet_lite.integrations.torch import attach

DEVICE = os.environ.get("ANET_DEVICE", "cpu")
"""Where the loop trains: `make gpu` says cuda."""


def net(seed: int = 0, **kind) -> torch.nn.Sequential:
    torch.manual_seed(seed)
    kind = {"device": DEVICE, **kind}
    layers = torch.nn.Linear(8, 32, **kind), torch.nn.Tanh(), torch.nn.Linear(32, 1, **kind)
    return torch.nn.Sequential(*layers)


def batches(count: int, seed: int = 1, **kind):
    source, kind = torch.Generator().manual_seed(seed), {"device": DEVICE, **kind}
    for _ in range(count):
        x = torch.randn(16, 8, generator=source)
        yield x.to(**kind), x.sum(1, keepdim=True).sin().to(**kind)


def loss_of(model, x, y):
    return torch.nn.functional.mse_loss(model(x), y)


def train(model, optimizer, steps: int, watch=None, seed: int = 1, **kind) -> None:
    for x, y in batches(steps, seed, **kind):
        loss = loss_of(model, x, y)
        optimizer.zero_grad()
        loss.backward()
        if watch is not None:
            watch.loss(loss)
        optimizer.step()


class RowLog:
    """Stands for a monitor and keeps the rows that it takes."""

    def __init__(self) -> None:
        from anet_lite import Monitor

        self.rows, self.monitor = [], Monitor()

    def update(self, **signals):
        self.rows.append(signals)
        return self.monitor.update(**signals)

    def __getattr__(self, name):
        return getattr(self.monitor, name)

    def column(self, name):
        return [row[name] for row in self.rows]


def row_log(model, optimizer, steps: int, **options) -> RowLog:
    """Train under a watch and return the rows of its monitor."""
    log = RowLog()
    watch = attach(model, optimizer, log, **options)
    train(model, optimizer, steps, watch)
    watch.detach()
    assert watch.failures == 0
    return log


class PublishedTap:
    """The published loop's tap, parameter by parameter."""

    def __init__(self, model, ema: float = 0.9) -> None:
        self.model, self.ema = model, ema
        self.m = {n: torch.zeros_like(p) for n, p in model.named_parameters() if p.requires_grad}

    def norm(self) -> float:
        total = 0.0
        for name, parameter in self.model.named_parameters():
            if not parameter.requires_grad or parameter.grad is None:
                continue
            gradient = parameter.grad.detach()
            self.m[name].mul_(self.ema).add_(gradient, alpha=1 - self.ema)
            total += float((gradient - self.m[name]).norm().cpu().item())
        return total


class Truth:
    """Every number of every step, from plain copies in double precision."""

    def __init__(self, model, ema: float = 0.9) -> None:
        self.parameters = [p for p in model.parameters() if p.requires_grad]
        self.means = [torch.zeros_like(p, dtype=torch.float64) for p in self.parameters]
        self.ema, self.rows = ema, []

    def before(self) -> None:
        self.grads = [None if p.grad is None else p.grad.double() for p in self.parameters]
        self.olds = [p.detach().double().clone() for p in self.parameters]
        noise = 0.0
        for place, grad in enumerate(self.grads):
            if grad is not None:
                self.means[place] = self.ema * self.means[place] + (1 - self.ema) * grad
                noise += float((grad - self.means[place]).norm())
        self.noise = noise

    def after(self) -> None:
        updates = [p.detach().double() - old for p, old in zip(self.parameters, self.olds)]
        pairs = [(g, u) for g, u in zip(self.grads, updates) if g is not None]
        grad_norm = sum(float((g * g).sum()) for g, _ in pairs) ** 0.5
        step_norm = sum(float((u * u).sum()) for u in updates) ** 0.5
        inner = sum(float((g * u).sum()) for g, u in pairs)
        alignment = inner / (grad_norm * step_norm)
        numbers = (grad_norm, self.noise, step_norm, alignment)
        self.rows.append(dict(zip(("grad_norm", "noise", "step_norm", "alignment"), numbers)))
