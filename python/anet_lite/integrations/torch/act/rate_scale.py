"""A part of the scheduled learning rate, under whatever scheduler sets it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor
    from torch.optim import Optimizer

    from anet_lite.integrations.torch.together import Together


class RateScale:
    """Lets each step of an optimizer use a part of its rate.

    The rate is multiplied when a step begins and put back when it ends: schedulers, many of which compute a rate from
    the one before, and logs find the scheduled rate. A rate that is a tensor is changed in place, as compiled and
    captured steps want it.
    """

    def __init__(self, optimizer: Optimizer | Together, factor: Callable[[], float]) -> None:
        self._optimizer, self._factor = optimizer, factor
        self._scheduled: list[tuple[dict[str, Any], Any]] = []

    @torch.no_grad()
    def apply(self) -> None:
        """Multiply the rates. A step that failed may have left those of the step before."""
        self.restore()
        factor = self._factor()
        if factor == 1.0:
            return
        shared: set[Tensor] = set()
        for group in self._optimizer.param_groups:
            rate = group.get("lr")
            if isinstance(rate, torch.Tensor):
                if rate not in shared:
                    shared.add(rate)
                    self._scheduled.append((group, rate.clone()))
                    rate.mul_(factor)
            elif rate is not None:
                self._scheduled.append((group, rate))
                group["lr"] = rate * factor

    @torch.no_grad()
    def restore(self) -> None:
        """Put the scheduled rates back."""
        for group, rate in self._scheduled:
            if isinstance(rate, torch.Tensor):
                group["lr"].copy_(rate)
            else:
                group["lr"] = rate
        self._scheduled.clear()
