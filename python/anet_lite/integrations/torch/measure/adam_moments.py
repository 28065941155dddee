"""Noise and update from the moments that Adam keeps anyway: no copy of the model.

With b1, b2, m, v, t, e as in Adam, its first moment is the running mean of gradients with ema = b1, so before the step
||g - mean|| = b1 ||g - m||. After the step the update is d = -lr (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + e), or with
r = sqrt(1 - b2^t): -lr r / (1 - b1^t) m / (sqrt(v) + r e). Decoupled weight decay adds -lr w p, where p is the
parameter before the step, (p' - d) / (1 - lr w): together (d - lr w p') / (1 - lr w). What Adam averages is g + w p
where weight decay is not decoupled, and -g where it maximizes, so that is what is compared with its mean.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

from anet_lite._native import AnetTypeError
from anet_lite.integrations.torch.device.precision import sum_dtype
from anet_lite.integrations.torch.measure.norms import chunks, local, squares
from anet_lite.integrations.torch.measure.param_copies import UpdateSums

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor
    from torch.optim import Optimizer

    from anet_lite.integrations.torch.measure.amp import Scaling
    from anet_lite.integrations.torch.together import Together


class AdamMoments:
    """Reads Adam's state. It has the methods of both `GradientEma` and `ParamCopies`.

    Raises:
        TypeError: The optimizer is not ``torch.optim.Adam`` or a subclass, such as ``AdamW``.

    """

    def __init__(self, optimizer: Optimizer | Together) -> None:
        if not isinstance(optimizer, torch.optim.Adam):
            raise AnetTypeError(f"lean needs torch.optim.Adam or AdamW, got {type(optimizer).__name__}")
        self.optimizer = optimizer

    def squares(
        self,
        parameters: Sequence[Tensor],
        grads: Sequence[Tensor | None],
        device: torch.device,
        scaling: Scaling | None = None,
    ) -> tuple[Tensor, Tensor]:
        """Return ||g||^2 and b1^2 ||g - m||^2 of each parameter, with the moments before the step."""
        groups = self._groups()
        grad_squares: list[Tensor] = []
        noise_squares: list[Tensor] = []
        for part in chunks(parameters):
            grad_squares.append(squares(grads[part], device))
            pairs = zip(parameters[part], grads[part])
            deviations = [None if grad is None else self._deviation(p, grad, groups[p], scaling) for p, grad in pairs]
            noise_squares.append(squares(deviations, device))
        return torch.cat(grad_squares), torch.cat(noise_squares)

    def restart(self, parameters: object) -> None:
        """Leave Adam's moments to Adam."""

    def before(self, parameters: Sequence[Tensor]) -> None:
        """Nothing is kept."""

    def after(
        self, parameters: Sequence[Tensor], grads: Sequence[Tensor | None], device: torch.device
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Return ||update||^2, <gradient, update> and ||gradient||^2 of each parameter, after the step."""
        groups = self._groups()
        sums = UpdateSums()
        for part in chunks(parameters):
            sums.add([self._update(p, groups[p]) for p in parameters[part]], grads[part])
        return sums.vectors(grads, device)

    def _groups(self) -> dict[Tensor, dict[str, Any]]:
        return {p: group for group in self.optimizer.param_groups for p in group["params"]}

    def _deviation(self, parameter: Tensor, grad: Tensor, group: dict[str, Any], scaling: Scaling | None) -> Tensor:
        seen = grad if scaling is None else scaling.unscaled(grad)
        seen = -seen if group["maximize"] else seen
        if group["weight_decay"] and not group["decoupled_weight_decay"]:
            seen = seen.add(local(parameter.detach()), alpha=group["weight_decay"])
        moment = self.optimizer.state.get(parameter, {}).get("exp_avg")
        deviation = seen.clone() if moment is None else seen - local(moment)
        return deviation.mul_(group["betas"][0])

    def _update(self, parameter: Tensor, group: dict[str, Any]) -> Tensor:
        state = self.optimizer.state.get(parameter)
        if parameter.grad is None or not state:
            return torch.zeros_like(local(parameter.detach()))
        first, second = group["betas"]
        step, rate, decay = state["step"], group["lr"], group["weight_decay"]
        squared = state["max_exp_avg_sq"] if group["amsgrad"] else state["exp_avg_sq"]
        root = _corrected(second, step, parameter) ** 0.5
        update = local(state["exp_avg"]) / local(squared).sqrt().add_(group["eps"] * root)
        update.mul_(-rate * root / _corrected(first, step, parameter))
        if decay and group["decoupled_weight_decay"]:
            update.sub_(local(parameter.detach()) * (rate * decay)).div_(1 - rate * decay)
        return update


def _corrected(beta: float, step: Tensor | float, parameter: Tensor) -> Tensor | float:
    """Return 1 - beta^t, beside the parameter. In single precision half of its digits would cancel."""
    if not isinstance(step, torch.Tensor):
        return 1 - beta**step
    return (1 - beta ** step.to(sum_dtype(step.device))).to(parameter.device)
