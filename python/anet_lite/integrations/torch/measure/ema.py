"""Running means of the gradients, which cost a model's memory and work for every optimizer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from anet_lite._native import AnetTypeError, AnetValueError
from anet_lite.integrations.torch.measure import foreach
from anet_lite.integrations.torch.measure.norms import chunks, fill_missing, norms, squares

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from torch import Tensor

    from anet_lite.integrations.torch.measure.amp import Scaling


class GradientEma:
    """m <- ema m + (1 - ema) g, one m a parameter, made with its first gradient."""

    def __init__(self, ema: float) -> None:
        self.ema = ema
        self._means: dict[Tensor, Tensor] = {}

    def __contains__(self, parameter: Tensor) -> bool:
        return parameter in self._means

    def __getitem__(self, parameter: Tensor) -> Tensor:
        return self._means[parameter]

    def squares(
        self,
        parameters: Sequence[Tensor],
        grads: Sequence[Tensor | None],
        device: torch.device,
        scaling: Scaling | None = None,
    ) -> tuple[Tensor, Tensor]:
        """Take gradients in and return ||g||^2 and ||g - m||^2 of each parameter, vectors on the device."""
        means = [None if grad is None else self._mean(p, grad) for p, grad in zip(parameters, grads)]
        if scaling is not None:
            return squares(grads, device), squares(self._gated(means, grads, scaling), device)
        present, own_means = [grad for grad in grads if grad is not None], [mean for mean in means if mean is not None]
        grad_norms, deviation_norms = self._take_in(own_means, present)
        found = fill_missing(grads, grad_norms, device), fill_missing(grads, deviation_norms, device).mul_(self.ema)
        return found[0].square_(), found[1].square_()

    def _take_in(self, means: Sequence[Tensor], grads: Sequence[Tensor]) -> tuple[list[Tensor], list[Tensor]]:
        """Take gradients in: m becomes m - g, which is measured beside g, and then g + ema (m - g)."""
        grad_norms: list[Tensor] = []
        deviation_norms: list[Tensor] = []
        for part in chunks(grads):
            grad_norms += norms(grads[part])
            foreach.subtract(means[part], grads[part])
            deviation_norms += norms(means[part])
            foreach.scale(means[part], self.ema)
            foreach.add(means[part], grads[part])
        return grad_norms, deviation_norms

    def restart(self, parameters: Iterable[Tensor]) -> None:
        """Start the means of these parameters again at zero."""
        for parameter in parameters:
            if parameter in self._means:
                self._means[parameter].zero_()

    def _mean(self, parameter: Tensor, grad: Tensor) -> Tensor:
        if parameter not in self._means:
            self._means[parameter] = torch.zeros_like(grad)
        return self._means[parameter]

    def _gated(
        self, means: Sequence[Tensor | None], grads: Sequence[Tensor | None], scaling: Scaling
    ) -> list[Tensor | None]:
        """Return g - m of unscaled gradients; in a step that is skipped the means stay as they are."""
        return [
            None if mean is None or grad is None else self._one(mean, scaling.unscaled(grad), scaling.skipped)
            for mean, grad in zip(means, grads)
        ]

    def _one(self, mean: Tensor, grad: Tensor, skipped: Tensor) -> Tensor:
        following = torch.lerp(mean, grad, 1 - self.ema)
        mean.copy_(torch.where(skipped.to(mean.device), mean, following))
        return following.sub_(grad)


def checked_ema(ema: float) -> float:
    """Return the share of the past if it is a number from 0 up to, not including, 1."""
    if not isinstance(ema, (int, float)):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise AnetTypeError(f"ema must be a real number, got {type(ema).__name__}")
    if not 0 <= ema < 1:
        raise AnetValueError(f"ema must be at least 0 and below 1, got {ema}")
    return float(ema)
