"""The published tap: how far the gradients lie from their running means."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

import torch

from anet_lite.integrations.torch.device.async_copy import host_list
from anet_lite.integrations.torch.measure.ema import GradientEma, checked_ema
from anet_lite.integrations.torch.measure.norms import gradient

if TYPE_CHECKING:
    from torch import Tensor, nn


class GradNoiseTap:
    """Measures gradient noise: sum over the parameters of ||g - m||, where m <- ema m + (1 - ema) g.

    Each m starts at zero, as one more tensor of its parameter's shape and type, when the first gradient comes. The
    numbers are the published loop's, up to rounding; they are read once a call instead of once a parameter. A gradient
    that is not finite gives a result that is not finite and starts that parameter's mean again, where the published
    loop would return NaN ever after. Of a distributed parameter it sees this rank's part.

    Args:
        model: Any module. Parameters that need no gradient, or have none in a step, are left out of that step.
        ema: Share of the past in the running mean, from 0 up to, not including, 1.

    Raises:
        TypeError: ``ema`` is not a real number.
        ValueError: ``ema`` is outside its range.

    Example:
        >>> import torch
        >>> from anet_lite.integrations.torch import GradNoiseTap
        >>> model = torch.nn.Linear(2, 1, bias=False)
        >>> model.weight.grad = torch.tensor([[3.0, 4.0]])
        >>> tap = GradNoiseTap(model)
        >>> round(tap.norm(), 6), round(tap.norm(), 6)  # 0.9 and 0.81 of the gradient's norm
        (4.5, 4.05)

    """

    def __init__(self, model: nn.Module, ema: float = 0.9) -> None:
        self.model = model
        self.ema: float = checked_ema(ema)
        self._gradient_ema = GradientEma(self.ema)

    @property
    def m(self) -> dict[str, Tensor]:
        """The running means by parameter name, for parameters that have had a gradient."""
        named = self.model.named_parameters()
        return {name: self._gradient_ema[parameter] for name, parameter in named if parameter in self._gradient_ema}

    @torch.no_grad()
    def norm(self) -> float:
        """Take the gradients in and return the noise; 0.0 where there is none. This waits for the device, once."""
        trained = [parameter for parameter in self.model.parameters() if parameter.requires_grad]
        grads = [gradient(parameter) for parameter in trained]
        device = next((grad.device for grad in grads if grad is not None), None)
        if device is None:
            return 0.0
        squares = host_list(self._gradient_ema.squares(trained, grads, device)[1])
        self._gradient_ema.restart(parameter for parameter, square in zip(trained, squares) if not isfinite(square))
        return sum(square**0.5 for square in squares)
