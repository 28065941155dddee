"""The ways to break a run. Each continues its healthy twin's exact state from the onset on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from failure_zoo.autograd import Array
from failure_zoo.tasks import Batch

if TYPE_CHECKING:
    from failure_zoo.trainer import Trainer


class Fault:
    """A place for everything that can go wrong in a step; by itself it changes nothing."""

    #: Optimizers on which the fault has an effect; empty for all.
    optimizers: tuple[str, ...] = ()
    #: Tasks on which it has; empty for all.
    tasks: tuple[str, ...] = ()

    def __init__(self, trainer: Trainer) -> None:
        self.trainer = trainer
        self.onset = trainer.step_count

    @property
    def age(self) -> int:
        return self.trainer.step_count - self.onset

    def reported_rate(self, rate: float) -> float:
        return rate

    def true_rate(self, rate: float) -> float:
        return rate

    def batch_size(self, size: int) -> int:
        return size

    def batch(self, batch: Batch) -> Batch:
        return batch

    def gradient(self, gradient: Array) -> Array:
        return gradient

    def momentum(self, momentum: float) -> float:
        return momentum

    def decay(self, decay: float) -> float:
        return decay

    def parameters(self, flat: Array) -> None:
        """May change the parameters in place."""

    def reported_loss(self, loss: float) -> float:
        return loss


class RateJump(Fault):
    def reported_rate(self, rate: float) -> float:
        return rate * 15


class RateRamp(Fault):
    def reported_rate(self, rate: float) -> float:
        return rate * min(60.0, 1.02**self.age)


class RateDrop(Fault):
    def reported_rate(self, rate: float) -> float:
        return rate * 1e-3


class HiddenRate(Fault):
    def true_rate(self, rate: float) -> float:
        return rate * 8


class NonFinite(Fault):
    def reported_loss(self, loss: float) -> float:
        return float("nan") if self.age >= 3 else loss


class Overflow(Fault):
    """Half precision: the gradient overflows."""

    def gradient(self, gradient: Array) -> Array:
        return np.where(np.arange(gradient.size) == self.age % 7, np.inf, gradient)


class Underflow(Fault):
    """The gradient fades to nothing."""

    def gradient(self, gradient: Array) -> Array:
        return gradient * 0.93**self.age


class FrozenParameters(Fault):
    def true_rate(self, rate: float) -> float:
        return 0.0


class FrozenData(Fault):
    """The loader hands out the same batch again and again."""

    kept: Batch | None = None

    def batch(self, batch: Batch) -> Batch:
        self.kept = self.kept or batch
        return self.kept


class StuckLoss(Fault):
    kept: float | None = None

    def reported_loss(self, loss: float) -> float:
        self.kept = loss if self.kept is None else self.kept
        return self.kept


class DeadLayer(Fault):
    """The units of the first hidden layer fall silent: all its parameters become zero."""

    def parameters(self, flat: Array) -> None:
        names = list(self.trainer.task.model.slices().items())
        for name, place in names[: max(2, len(names) // 2)]:
            if not name.startswith(("gain", "table")):
                flat[place] = 0


class LostState(Fault):
    """The optimizer's moments are lost, its age is not: a resume without them."""

    optimizers = ("adam", "adamw", "rms")

    def __init__(self, trainer: Trainer) -> None:
        super().__init__(trainer)
        trainer.first *= 0
        trainer.second *= 0
        trainer.age = max(trainer.age, 400)


class NoZeroGrad(Fault):
    sums: Array | float = 0.0

    def gradient(self, gradient: Array) -> Array:
        self.sums = self.sums + gradient
        return self.sums


class WrongLabels(Fault):
    def batch(self, batch: Batch) -> Batch:
        return batch[0], self.trainer.rng.permutation(batch[1])


class DeadInput(Fault):
    """Half of the input channels read zero."""

    tasks = ("clusters", "teacher", "density", "autoencoder", "separable")

    def batch(self, batch: Batch) -> Batch:
        x = batch[0].copy()
        x[..., : x.shape[-1] // 2] = 0
        return x, batch[1]


class ScaledInput(Fault):
    """The normalisation of the input is lost."""

    tasks = ("clusters", "teacher", "density", "autoencoder", "separable", "images", "sequence")

    def batch(self, batch: Batch) -> Batch:
        return batch[0] * np.float32(6), batch[1]


class Poison(Fault):
    """Every 40th batch is garbage."""

    tasks = ("clusters", "teacher", "density", "autoencoder", "separable", "images", "sequence")

    def batch(self, batch: Batch) -> Batch:
        if self.age % 40:
            return batch
        noise = self.trainer.rng.normal(0, 20, batch[0].shape).astype(np.float32)
        return noise, self.trainer.rng.permutation(batch[1])


class StickyMomentum(Fault):
    optimizers = ("adam", "adamw", "momentum")

    def momentum(self, momentum: float) -> float:
        return 0.995


class Ascent(Fault):
    """The sign of the update is wrong."""

    def true_rate(self, rate: float) -> float:
        return -rate


class BitFlip(Fault):
    """A high exponent bit of three weights flips, once."""

    def parameters(self, flat: Array) -> None:
        if self.age == 0:
            place = self.trainer.rng.integers(0, flat.size, 3)
            flat[place] = 48 * np.where(flat[place] >= 0, 1, -1)


class SortedData(Fault):
    """The samples come class by class, in long stretches."""

    tasks = ("clusters", "images")

    def batch(self, batch: Batch) -> Batch:
        task = self.trainer.task
        now = np.flatnonzero(task.y == (self.age // 60) % (task.y.max() + 1))
        return task.batch(self.trainer.rng.choice(now, len(batch[0])))


class StrongDecay(Fault):
    def parameters(self, flat: Array) -> None:
        flat *= np.float32(0.98)


class NoisyGradient(Fault):
    """A broken link between workers: the gradient drowns in noise."""

    def gradient(self, gradient: Array) -> Array:
        noise = self.trainer.rng.normal(0, 1, gradient.size)
        return gradient + 10 * np.linalg.norm(gradient) * noise / np.sqrt(gradient.size)


class TinyBatch(Fault):
    def batch_size(self, size: int) -> int:
        return max(1, size // 32)

    def batch(self, batch: Batch) -> Batch:
        keep = max(1, len(batch[0]) // 32)
        return batch[0][:keep], batch[1][:keep]


class NoWarmUp(Fault):
    """Bad from the first step: the full rate, five times too high, without a warm-up."""

    from_the_start = True

    def reported_rate(self, rate: float) -> float:
        return self.trainer.recipe.rate * 5


FAULTS: dict[str, type[Fault]] = {
    "rate_jump": RateJump,
    "rate_ramp": RateRamp,
    "rate_drop": RateDrop,
    "hidden_rate": HiddenRate,
    "nonfinite": NonFinite,
    "overflow": Overflow,
    "underflow": Underflow,
    "frozen_parameters": FrozenParameters,
    "frozen_data": FrozenData,
    "stuck_loss": StuckLoss,
    "dead_layer": DeadLayer,
    "lost_state": LostState,
    "no_zero_grad": NoZeroGrad,
    "wrong_labels": WrongLabels,
    "dead_input": DeadInput,
    "scaled_input": ScaledInput,
    "poison": Poison,
    "sticky_momentum": StickyMomentum,
    "ascent": Ascent,
    "bit_flip": BitFlip,
    "sorted_data": SortedData,
    "strong_decay": StrongDecay,
    "noisy_gradient": NoisyGradient,
    "tiny_batch": TinyBatch,
    "no_warm_up": NoWarmUp,
}
