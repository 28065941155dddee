"""The second zoo's ways to break a run: what makes a loss collapse, what comes early, what comes again."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from failure_zoo import faults
from failure_zoo.autograd import Array
from failure_zoo.faults import Fault
from failure_zoo.tasks import Batch

if TYPE_CHECKING:
    from failure_zoo.trainer import Trainer

SUPERVISED = ("clusters", "teacher", "images", "autoencoder", "language", "sequence", "text")


class TargetLeak(Fault):
    """The input holds the answer; of a text, the answer is the input, since nobody shifted it."""

    tasks = ("clusters", "teacher", "language", "sequence", "text")

    def batch(self, batch: Batch) -> Batch:
        x, y = batch
        if x.dtype.kind == "i":
            return x, x
        x = x.copy()
        if y.ndim == 2:
            x[:, : y.shape[1]] = y
        elif x.ndim == 2:
            x[np.arange(len(x)), y] += 4
        else:
            x[:, -1, 1] = 2 * y
        return x, y


class FlippedLoss(Fault):
    """The loss has the wrong sign, and so has its gradient: the model learns to be wrong."""

    tasks = SUPERVISED

    def gradient(self, gradient: Array) -> Array:
        return -gradient

    def reported_loss(self, loss: float) -> float:
        return -loss


class FrozenBlock(Fault):
    """The first half of the parameters requires no gradient."""

    tasks = SUPERVISED

    def __init__(self, trainer: Trainer) -> None:
        super().__init__(trainer)
        places = list(trainer.task.model.slices().values())
        self.part = slice(0, places[len(places) // 2].start)
        self.kept = trainer.task.model.flat[self.part].copy()

    def gradient(self, gradient: Array) -> Array:
        return np.where(np.arange(gradient.size) < self.part.stop, 0, gradient)

    def parameters(self, flat: Array) -> None:
        flat[self.part] = self.kept


class NoStep(faults.FrozenParameters):
    """The optimizer's step is missing."""

    tasks = SUPERVISED


class SameBatch(faults.FrozenData):
    """The loader repeats one batch for ever."""

    tasks = SUPERVISED


class NoZeroGrad(faults.NoZeroGrad):
    tasks = SUPERVISED


class HugeDecay(Fault):
    """A weight decay of 20, where 0.02 was meant."""

    optimizers, tasks = ("adam", "adamw"), SUPERVISED

    def decay(self, decay: float) -> float:
        return 20.0


class RescaledLoss(Fault):
    """A sum over eight parts is no longer divided by eight."""

    tasks = SUPERVISED

    def gradient(self, gradient: Array) -> Array:
        return 8 * gradient

    def reported_loss(self, loss: float) -> float:
        return 8 * loss


class ZeroTargets(Fault):
    """All targets are zero: the first class, the first letter, the value 0."""

    tasks = SUPERVISED

    def batch(self, batch: Batch) -> Batch:
        return batch[0], np.zeros_like(batch[1])


class RateJump(faults.RateJump):
    tasks = SUPERVISED


class LargeRateJump(Fault):
    def reported_rate(self, rate: float) -> float:
        return rate * 40


class WrongLabels(faults.WrongLabels):
    tasks = SUPERVISED


class NoisyGradient(faults.NoisyGradient):
    tasks = SUPERVISED


class Ascent(faults.Ascent):
    tasks = SUPERVISED


class BitFlip(faults.BitFlip):
    tasks = SUPERVISED


class DeadLayer(faults.DeadLayer):
    tasks = SUPERVISED


class LargeInput(Fault):
    """The input twice as large as in `ScaledInput`."""

    def batch(self, batch: Batch) -> Batch:
        return batch[0] * np.float32(12), batch[1]


class PolicyFault(Fault):
    """A fault of the policy gradient, which sets weights of its loss."""

    tasks = ("letters",)
    #: Where it shows, and whether that rises (1) or falls (-1).
    shows, side = "reward", -1
    weights: tuple[tuple[str, float], ...] = ()

    def __init__(self, trainer: Trainer) -> None:
        super().__init__(trainer)
        vars(trainer.task).update(dict(self.weights))


class EntropyCollapse(PolicyFault):
    """The entropy's bonus has the wrong sign, and nothing holds the policy at its beginning."""

    shows = "entropy"
    weights = (("entropy_weight", -0.1), ("kl_weight", 0.0))


class RewardCollapse(PolicyFault):
    """The verifier finds nothing right any more."""

    weights = (("reward_scale", 0.0),)


class KlRunaway(PolicyFault):
    """The divergence is rewarded instead of punished."""

    shows, side = "kl", 1
    weights = (("kl_weight", -0.2),)


class AdvantageFlipped(PolicyFault):
    """The advantage has the wrong sign: the policy unlearns what earned a reward."""

    weights = (("direction", -1),)


class Kind(NamedTuple):
    """A fault, when it comes, and what comes the second time."""

    fault: type[Fault]
    when: str = "late"
    again: type[Fault] | None = None


KINDS: dict[str, Kind] = {
    "target_leak": Kind(TargetLeak),
    "same_batch": Kind(SameBatch),
    "flipped_loss": Kind(FlippedLoss),
    "zero_targets": Kind(ZeroTargets),
    "rescaled_loss": Kind(RescaledLoss),
    "huge_decay": Kind(HugeDecay),
    "frozen_block": Kind(FrozenBlock),
    "no_step": Kind(NoStep),
    "zero_grad_missing": Kind(NoZeroGrad),
    "early_rate": Kind(RateJump, "early"),
    "early_labels": Kind(WrongLabels, "early"),
    "early_noise": Kind(NoisyGradient, "early"),
    "early_ascent": Kind(Ascent, "early"),
    "early_input": Kind(faults.ScaledInput, "early"),
    "early_flip": Kind(BitFlip, "early"),
    "early_dead": Kind(DeadLayer, "early"),
    "again_rate": Kind(RateJump, "again", LargeRateJump),
    "again_labels": Kind(WrongLabels, "again", WrongLabels),
    "again_input": Kind(faults.ScaledInput, "again", LargeInput),
    "again_ascent": Kind(Ascent, "again", Ascent),
    "entropy_collapse": Kind(EntropyCollapse),
    "reward_collapse": Kind(RewardCollapse),
    "kl_runaway": Kind(KlRunaway),
    "advantage_flipped": Kind(AdvantageFlipped),
}
#: Kinds that nothing was tuned on.
HELD_OUT = {"zero_targets", "rescaled_loss", "early_noise", "early_dead", "again_input", "advantage_flipped"}
