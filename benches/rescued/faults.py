"""What goes wrong in step 400, and stays wrong: what each changes in a loop that somebody else runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

if TYPE_CHECKING:
    from torch import Tensor, nn

STEPS, ONSET = 700, 400

FAULTS = ("rate", "labels", "decay", "sign", "targets", "same", "nan", "dropout")
"""Names. `nan` is over after one step, as where one batch is bad."""


class Broken:
    """One fault, asked at each step. It knows the loop's step, so that it comes again where a run goes back."""

    def __init__(self, fault: str) -> None:
        self.fault = fault
        self._batch: tuple[Tensor, Tensor] | None = None

    def is_on(self, step: int) -> bool:
        """Whether it is under way."""
        return step >= ONSET and (self.fault != "nan" or step == ONSET)

    def settings(self, step: int, optimizer: Any, model: nn.Module, rate: float) -> None:
        """Set rate, decay and dropout of a step."""
        on = self.is_on(step)
        for group in optimizer.param_groups:
            group["lr"] = rate * (30 if on and self.fault == "rate" else 1)
            group["weight_decay"] = 20.0 if on and self.fault == "decay" else 0.01
        for module in model.modules():
            if isinstance(module, torch.nn.Dropout):
                module.p = 0.9 if on and self.fault == "dropout" else 0.0

    def batch(self, step: int, inputs: Tensor, targets: Tensor) -> tuple[Tensor, Tensor]:
        """Return the batch as the loop gets it."""
        if not self.is_on(step):
            return inputs, targets
        if self.fault == "same":
            self._batch = self._batch or (inputs, targets)
            return self._batch
        if self.fault == "labels":
            return inputs, targets.flatten()[torch.randperm(targets.numel())].view_as(targets)
        return inputs, targets * 0 if self.fault == "targets" else targets

    def loss(self, step: int, loss: Tensor) -> Tensor:
        """Return the loss as the loop gets it."""
        if not self.is_on(step):
            return loss
        return {"sign": -loss, "nan": loss * float("nan")}.get(self.fault, loss)
