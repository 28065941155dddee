"""Copies of the parameters, which cost a model's memory and work for every optimizer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from anet_lite.integrations.torch.measure import foreach
from anet_lite.integrations.torch.measure.norms import chunks, fill_missing, local, norms, product

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor


class UpdateSums:
    """Norms of updates and gradients and their products, gathered piece by piece while they are in the cache."""

    def __init__(self) -> None:
        self._updates: list[Tensor] = []
        self._products: list[Tensor] = []
        self._grads: list[Tensor] = []

    def add(self, updates: Sequence[Tensor], grads: Sequence[Tensor | None]) -> None:
        """Take a piece."""
        self._updates += norms(updates)
        present = [(update, grad) for update, grad in zip(updates, grads) if grad is not None]
        self._products += (product(update, grad) for update, grad in present)
        self._grads += norms([grad for _, grad in present])

    def vectors(self, grads: Sequence[Tensor | None], device: torch.device) -> tuple[Tensor, Tensor, Tensor]:
        """Return ||update||^2, <gradient, update> and ||gradient||^2 of each parameter."""
        return (
            fill_missing(self._updates, self._updates, device).square_(),
            fill_missing(grads, self._products, device),
            fill_missing(grads, self._grads, device).square_(),
        )


class ParamCopies:
    """The parameters before a step: update = after - before."""

    def __init__(self) -> None:
        self._before: dict[Tensor, Tensor] = {}

    def before(self, parameters: Sequence[Tensor]) -> None:
        """Keep the parameters as they are now."""
        own = [local(parameter.detach()) for parameter in parameters]
        for parameter, part in zip(parameters, own):
            if parameter not in self._before:
                self._before[parameter] = torch.empty_like(part)
        foreach.copy([self._before[parameter] for parameter in parameters], own)

    def after(
        self, parameters: Sequence[Tensor], grads: Sequence[Tensor | None], device: torch.device
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Return ||update||^2, <gradient, update> and ||gradient||^2 of each parameter."""
        own = [local(parameter.detach()) for parameter in parameters]
        backwards = [self._before[parameter] for parameter in parameters]
        sums = UpdateSums()
        for part in chunks(own):
            foreach.subtract(backwards[part], own[part])
            sums.add(backwards[part], grads[part])
        update, inner, after = sums.vectors(grads, device)
        return update, inner.neg_(), after
