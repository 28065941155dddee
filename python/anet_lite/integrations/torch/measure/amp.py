"""Loss scales: fused optimizers take a scaler's decisions themselves, and ours must be the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import torch

if TYPE_CHECKING:
    from torch import Tensor
    from torch.optim import Optimizer

    from anet_lite.integrations.torch.together import Together


class Scaling(NamedTuple):
    """What a `GradScaler` gives a fused optimizer in a step. Both stay on the device."""

    inverse: Tensor | None
    """What gradients are to be multiplied by; None where they are unscaled already."""
    skipped: Tensor
    """Whether the optimizer will skip this step."""

    def unscaled(self, grad: Tensor) -> Tensor:
        """Return the gradient of the loss itself."""
        return grad if self.inverse is None else grad * self.inverse.to(grad.device, grad.dtype)


def scaling_of(optimizer: Optimizer | Together) -> Scaling | None:
    """Return the scaling of the step under way, None where there is none.

    A scaler calls a plain optimizer with unscaled gradients or not at all; a fused one always, with these attributes.
    """
    found: Tensor | None = getattr(optimizer, "found_inf", None)
    if not isinstance(found, torch.Tensor):
        return None
    scale: Tensor | None = getattr(optimizer, "grad_scale", None)
    return Scaling(None if scale is None else scale.reciprocal(), found.bool().reshape(()))
