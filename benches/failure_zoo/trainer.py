"""One training run, step by step, with the five signals that a monitor wants."""

from __future__ import annotations

import copy
from typing import NamedTuple

import numpy as np

from failure_zoo.autograd import Array
from failure_zoo.faults import Fault
from failure_zoo.recipes import STEPS, Recipe
from failure_zoo.second import tasks as second
from failure_zoo.tasks import TASKS, Batch

#: loss, grad_norm, step_norm, noise, lr, step
Signals = tuple[float, float, float, float, float, float]
EMA = 0.9


class Proposal(NamedTuple):
    """What a step knows before the optimizer moves."""

    loss: float
    norm: float
    noise: float
    rate: float
    gradient: Array


class Trainer:
    """A recipe on its way; `copy.deepcopy` of it continues as it would."""

    def __init__(self, recipe: Recipe, seed: int) -> None:
        self.recipe = recipe
        self.rng = np.random.default_rng([seed, *recipe.name.encode()])
        self.task = {**TASKS, **second.TASKS}[recipe.task](self.rng, **recipe.options)
        self.step_count = 0
        self.order = np.arange(len(self.task.x))
        self.place = 0
        size = self.task.model.flat.size
        self.first, self.second, self.age = np.zeros(size), np.zeros(size), 0
        self.average = np.zeros(size)
        self.fault: Fault | None = None

    def resumed(self) -> Trainer:
        """A copy whose data come in another order from here on, as after a resume."""
        other = copy.deepcopy(self)
        other.rng = np.random.default_rng([1, self.step_count])
        other.place = 0
        return other

    def step(self) -> Signals:
        """One step."""
        return self.apply(self.propose())

    def propose(self, scale: float = 1.0) -> Proposal:
        """The first half of a step: loss, gradient and rate, before anything moves."""
        fault = self.fault or Fault(self)
        rate = fault.reported_rate(scale * self.recipe.rate_at(self.step_count))
        loss, gradient = self._loss_and_gradient(fault)
        gradient = fault.gradient(gradient)
        norm = float(np.linalg.norm(gradient))
        self.average += (1 - EMA) * (gradient - self.average)
        return Proposal(fault.reported_loss(self._log(loss)), norm, self._noise(gradient), rate, gradient)

    def apply(self, proposal: Proposal, skip: bool = False) -> Signals:
        """The second half: the optimizer's step, unless it is skipped."""
        fault = self.fault or Fault(self)
        loss, norm, noise, rate, gradient = proposal
        flat = self.task.model.flat
        before = flat.copy()
        if not skip:
            flat += self._update(self._clipped(gradient, norm), fault.true_rate(rate), fault).astype(np.float32)
        fault.parameters(flat)
        moved = float(np.linalg.norm((flat - before).astype(np.float64)))
        self.step_count += 1
        return loss, norm, moved, noise, rate, self.step_count - 1

    def _loss_and_gradient(self, fault: Fault) -> tuple[float, Array]:
        parts = 4 if self.recipe.twist == "accumulate" else 1
        results = [self.task.gradient(fault.batch(self._batch(fault))) for _ in range(parts)]
        loss = sum(value for value, _ in results) / parts
        return loss, np.sum([gradient for _, gradient in results], 0, dtype=np.float64) / parts

    def _noise(self, gradient: Array) -> float:
        gap = gradient - self.average
        return float(sum(np.linalg.norm(gap[place]) for place in self.task.model.slices().values()))

    def _clipped(self, gradient: Array, norm: float) -> Array:
        clip = self.recipe.clip
        return gradient * (clip / norm) if clip and norm > clip else gradient

    def _update(self, gradient: Array, rate: float, fault: Fault) -> Array:
        kind, flat = self.recipe.optimizer, self.task.model.flat
        self.age += 1
        if kind in ("adam", "adamw"):
            b1, b2 = fault.momentum(0.9), 0.999
            self.first = b1 * self.first + (1 - b1) * gradient
            self.second = b2 * self.second + (1 - b2) * gradient**2
            mean = self.first / (1 - 0.9**self.age)
            move = mean / (np.sqrt(self.second / (1 - b2**self.age)) + 1e-8)
        elif kind == "momentum":
            self.first = fault.momentum(0.9) * self.first + gradient
            move = self.first
        elif kind == "rms":
            self.second = 0.99 * self.second + 0.01 * gradient**2
            move = gradient / (np.sqrt(self.second / (1 - 0.99**self.age)) + 1e-8)
        else:
            move = np.sign(gradient) if kind == "sign" else gradient
        return -rate * (move + fault.decay(self.recipe.decay) * flat)

    def _batch(self, fault: Fault) -> Batch:
        batch = self.task.batch(self._index(fault.batch_size(self._batch_size())))
        if self.recipe.twist == "mixup":
            other = self.task.batch(self.rng.permutation(self._index(len(batch[0]))))
            part = np.float32(self.rng.beta(0.4, 0.4))
            eye = np.eye(8, dtype=np.float32)
            return part * batch[0] + (1 - part) * other[0], part * eye[batch[1]] + (1 - part) * eye[other[1]]
        return batch

    def _batch_size(self) -> int:
        late = self.step_count >= STEPS * 0.55
        factor = {"batch_up": 4.0, "batch_down": 0.25}.get(self.recipe.twist, 1.0) if late else 1.0
        return int(self.recipe.batch * factor)

    def _index(self, size: int) -> Array:
        pool = self._pool()
        if self.recipe.order == "full":
            return pool[::4]
        if self.recipe.order == "replacement" or self.recipe.twist in ("curriculum", "mix_shift"):
            return self.rng.choice(pool, size)
        if self.place + size > len(self.order):
            self.place = 0
        if self.place == 0 and self.recipe.order != "unshuffled":
            self.rng.shuffle(self.order)
        self.place += size
        return self.order[self.place - size : self.place]

    def _pool(self) -> Array:
        """The samples that the curriculum or the mix allows now."""
        y = self.task.y
        if self.recipe.twist == "curriculum":
            return np.flatnonzero(y < (3, 5, 8)[min(2, 3 * self.step_count // STEPS)])
        if self.recipe.twist == "mix_shift" and self.step_count >= STEPS // 2:
            return np.concatenate([self.order] + 3 * [np.flatnonzero(y % 2 == 0)])
        return self.order

    def _log(self, loss: float) -> float:
        if self.recipe.twist != "bf16_log" or not np.isfinite(loss):
            return loss
        bits = np.float32(loss).view(np.uint32) + np.uint32(0x8000)
        return float((bits & np.uint32(0xFFFF0000)).view(np.float32))
