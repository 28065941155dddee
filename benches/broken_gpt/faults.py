"""What goes wrong in step 400: each fault as what it changes in a training loop, and which causes name it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Callable

if TYPE_CHECKING:
    from broken_gpt.train import Training

#: Of torch, which is not imported here, so that recorded runs can be judged without it.
Tensor = Any


@dataclass(frozen=True)
class Fault:
    """A fault. What is not given stays as it should be."""

    what: str
    causes: frozenset[str]
    """Names of the causes that are right."""
    begin: Callable[[Training], None] | None = None
    """Called once, before the first bad step."""
    batch: Callable[[Tensor, Tensor], tuple[Tensor, Tensor]] | None = None
    """Changes inputs and targets."""
    loss: Callable[[Tensor], Tensor] | None = None
    """Changes the loss."""
    forgotten: str = ""
    """The call that is left out: `zero_grad` or `step`."""
    once: bool = False
    """Whether it is over after one step."""


def _set(name: str, factor: float, value: float, training: Training) -> None:
    group = training.optimizer.param_groups[0]
    group[name] = factor * group[name] + value


def _freeze(training: Training) -> None:
    training.model.blocks[1].requires_grad_(False)


def _drop(training: Training) -> None:
    for block in training.model.blocks:
        block.dropout.p = 0.9


def _repeat(training: Training) -> None:
    batch = training.draw()
    training.draw = lambda: batch


def _shuffle(inputs: Tensor, targets: Tensor) -> tuple[Tensor, Tensor]:
    from torch import randperm

    return inputs, targets[:, randperm(targets.shape[1])]


FAULTS: dict[str, Fault] = {
    "rate": Fault("learning rate x 30", frozenset({"rate_too_high"}), partial(_set, "lr", 30, 0)),
    "labels": Fault("targets shuffled", frozenset({"data_changed"}), batch=_shuffle),
    "decay": Fault("weight decay 20", frozenset({"weight_decay"}), partial(_set, "weight_decay", 0, 20)),
    "sign": Fault("sign of the loss flipped", frozenset({"flipped_sign", "wrong_direction"}), loss=lambda loss: -loss),
    "targets": Fault("all targets 0", frozenset({"targets_gone"}), batch=lambda x, y: (x, y * 0)),
    "leak": Fault("the target is the input", frozenset({"target_leak"}), batch=lambda x, _: (x, x)),
    "same": Fault("one batch for ever", frozenset({"repeated_data", "learnt_by_heart"}), _repeat),
    "frozen": Fault("one block without gradients", frozenset({"not_updated", "no_gradient"}), _freeze),
    "no_zero_grad": Fault("zero_grad forgotten", frozenset({"gradients_pile_up"}), forgotten="zero_grad"),
    "no_step": Fault("optimizer.step missing", frozenset({"not_updated"}), forgotten="step"),
    "nan": Fault("loss NaN once", frozenset({"bad_number"}), loss=lambda loss: loss * float("nan"), once=True),
    "dropout": Fault("dropout 0.9", frozenset({"data_changed"}), _drop),
    "healthy": Fault("nothing", frozenset()),
}
