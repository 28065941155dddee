"""Running means of the gradients and copies of the parameters: what costs a model's memory each, and works for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from anet_lite.integrations.torch.norms import chunks, in_places, local, norms, product, squares

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from torch import Tensor

    from anet_lite.integrations.torch.scaling import Scaling


class Means:
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
        there, known = [grad for grad in grads if grad is not None], [mean for mean in means if mean is not None]
        sizes, apart = self._take_in(known, there)
        found = in_places(grads, sizes, device), in_places(grads, apart, device).mul_(self.ema)
        return found[0].square_(), found[1].square_()

    def _take_in(self, means: Sequence[Tensor], grads: Sequence[Tensor]) -> tuple[list[Tensor], list[Tensor]]:
        """Take gradients in: m becomes m - g, which is measured beside g, and then g + ema (m - g)."""
        sizes: list[Tensor] = []
        apart: list[Tensor] = []
        for part in chunks(grads):
            sizes += norms(grads[part])
            torch._foreach_sub_(means[part], grads[part])
            apart += norms(means[part])
            torch._foreach_mul_(means[part], self.ema)
            torch._foreach_add_(means[part], grads[part])
        return sizes, apart

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


class Sums:
    """Norms of updates and gradients and their products, gathered piece by piece while they are in the cache."""

    def __init__(self) -> None:
        self._updates: list[Tensor] = []
        self._products: list[Tensor] = []
        self._grads: list[Tensor] = []

    def add(self, updates: Sequence[Tensor], grads: Sequence[Tensor | None]) -> None:
        """Take a piece."""
        self._updates += norms(updates)
        there = [(update, grad) for update, grad in zip(updates, grads) if grad is not None]
        self._products += (product(update, grad) for update, grad in there)
        self._grads += norms([grad for _, grad in there])

    def vectors(self, grads: Sequence[Tensor | None], device: torch.device) -> tuple[Tensor, Tensor, Tensor]:
        """Return ||update||^2, <gradient, update> and ||gradient||^2 of each parameter."""
        return (
            in_places(self._updates, self._updates, device).square_(),
            in_places(grads, self._products, device),
            in_places(grads, self._grads, device).square_(),
        )


class Copies:
    """The parameters before a step: update = after - before."""

    def __init__(self) -> None:
        self._before: dict[Tensor, Tensor] = {}

    def before(self, parameters: Sequence[Tensor]) -> None:
        """Keep the parameters as they are now."""
        own = [local(parameter.detach()) for parameter in parameters]
        for parameter, part in zip(parameters, own):
            if parameter not in self._before:
                self._before[parameter] = torch.empty_like(part)
        torch._foreach_copy_([self._before[parameter] for parameter in parameters], own)

    def after(
        self, parameters: Sequence[Tensor], grads: Sequence[Tensor | None], device: torch.device
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Return ||update||^2, <gradient, update> and ||gradient||^2 of each parameter."""
        own = [local(parameter.detach()) for parameter in parameters]
        backwards = [self._before[parameter] for parameter in parameters]
        sums = Sums()
        for part in chunks(own):
            torch._foreach_sub_(backwards[part], own[part])
            sums.add(backwards[part], grads[part])
        update, inner, after = sums.vectors(grads, device)
        return update, inner.neg_(), after
