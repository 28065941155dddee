"""What happens on the device within a step. Nothing here waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable, Protocol

import torch

from anet_lite.integrations.torch.device.buffer import Buffer, HostRow
from anet_lite.integrations.torch.measure.amp import scaling_of
from anet_lite.integrations.torch.measure.norms import gradient, local, squares
from anet_lite.integrations.torch.measure.parameters import count, watched

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from torch import Tensor, nn
    from torch.optim import Optimizer

    from anet_lite.integrations.torch.activations.hooks import Activations
    from anet_lite.integrations.torch.device.distributed import Ranks
    from anet_lite.integrations.torch.measure.amp import Scaling
    from anet_lite.integrations.torch.measure.grad_hooks import GradHooks
    from anet_lite.integrations.torch.together import Together


class Noise(Protocol):
    """Measures the gradient noise, against a running mean of the gradients."""

    def squares(
        self,
        parameters: Sequence[Tensor],
        grads: Sequence[Tensor | None],
        device: torch.device,
        scaling: Scaling | None,
    ) -> tuple[Tensor, Tensor]:
        """Take gradients in and return ||g||^2 and ||g - mean||^2 of each parameter."""
        ...

    def restart(self, parameters: Iterable[Tensor]) -> None:
        """Forget the past of these parameters."""
        ...


class Update(Protocol):
    """Measures what an optimizer changed."""

    def before(self, parameters: Sequence[Tensor]) -> None:
        """Note the parameters before a step."""
        ...

    def after(
        self, parameters: Sequence[Tensor], grads: Sequence[Tensor | None], device: torch.device
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Return ||update||^2, <gradient, update> and ||gradient||^2 of each parameter."""
        ...


class Measure:
    """Fills buffers: loss and gradient norm in each step, noise and update in the last step of an interval."""

    def __init__(
        self,
        model: nn.Module,
        optimizer: Optimizer | Together,
        every: int,
        noise: Noise,
        update: Update,
        ranks: Ranks | None,
        grad_hooks: GradHooks | None = None,
        find_others: Callable[[], dict[str, Tensor]] = dict,
        activations: Activations | None = None,
    ) -> None:
        self.model: nn.Module = model
        self.optimizer: Optimizer | Together = optimizer
        self.every: int = every
        self.noise: Noise = noise
        self.update: Update = update
        self.ranks: Ranks | None = ranks
        self.grad_hooks: GradHooks | None = grad_hooks
        self.losses: int = 0
        """Losses given for the row being filled."""
        self.find_others: Callable[[], dict[str, Tensor]] = find_others
        self.others: dict[str, Tensor] = {}
        """Tensors that no gradient trains, whose numbers are looked at once an interval."""
        self.activations: Activations | None = activations
        self._samples = 0
        self._count = -1
        self.open()
        if grad_hooks is not None:
            grad_hooks.is_due = lambda: self.buffer.is_last
        if activations is not None:
            activations.is_due = lambda: self.buffer.is_last

    def open(self) -> Buffer:
        """Begin another buffer, with the parameters that the optimizer has now."""
        held = count(self.optimizer)
        if held != self._count:
            self._count = held
            self.parameters: dict[str, Tensor] = watched(self.model, self.optimizer)
            self._list = list(self.parameters.values())
            self._device = self._list[0].device if self._list else torch.device("cpu")
            self._weights = self.ranks.weights(self._list, self._device) if self.ranks else 1.0
            self._copied = self.ranks.copied(self._list, self._device) if self.ranks else 1.0
        ranks = self.ranks.size if self.ranks else 1
        self.others = self.find_others()
        activations = len(self.activations.names) if self.activations else 0
        self.buffer: Buffer = Buffer(self.every, len(self._list), self._device, ranks, activations)
        self._begin_row()
        return self.buffer

    def loss(self, loss: Tensor | float, grad_norm: Tensor | float | None, samples: int) -> None:
        """Take a loss, the norm that clipping returned, and the size of the batch."""
        value = _scalar(loss)
        self.buffer.add("loss", value)
        self.buffer.add("loss_count", 1)
        if self.ranks is not None:
            self.buffer.of_rank(self.ranks.rank, "loss", value)
            self.buffer.of_rank(self.ranks.rank, "loss_count", 1)
        self.losses += 1
        self._samples += samples
        if grad_norm is not None:
            self.buffer.add("given", _scalar(grad_norm))
            self.buffer.add("given_count", 1)
            self._given = True

    def gradients(self) -> None:
        """Measure the gradients, once a step."""
        if self._seen:
            return
        self._seen = True
        grads = [gradient(parameter) for parameter in self._list]
        if all(grad is None for grad in grads):
            return
        scaling = scaling_of(self.optimizer)
        if scaling is not None:
            self.buffer.add("skipped", scaling.skipped)
        if self._given and not self.buffer.is_last:
            return
        self._measure(grads, scaling)

    def before(self) -> None:
        """Note what the step is about to change."""
        if self.buffer.is_last and self._list:
            self.update.before(self._list)
            self._noted = True

    def after(self) -> None:
        """Measure what the step has changed."""
        if not self._noted:
            return
        if self.grad_hooks is not None:
            self.grad_hooks.put(self.buffer, self._samples, scaling_of(self.optimizer))
        grads = [gradient(parameter) for parameter in self._list]
        if self.ranks is not None:
            copies = squares([local(parameter.detach()) for parameter in self._list], self._device)
            self.buffer.of_rank(self.ranks.rank, "copies", (copies * self._copied).sum())
        sums = self.update.after(self._list, grads, self._device)
        for name, values in zip(("update", "inner", "after"), sums):
            self.buffer.put(name, values.mul_(self._weights))

    def close(self, step: int, batch_id: object, stepped: bool) -> None:
        """End the row. If the buffer is full then, `open` must follow."""
        if self.buffer.is_last and self.others:
            sums = squares(list(self.others.values()), self._device)
            self.buffer.part("spoiled", sums.isfinite().logical_not().sum())
        if self.buffer.is_last and self.activations:
            self.activations.put(self.buffer)
        rate = self._rate()
        if isinstance(rate, torch.Tensor):
            self.buffer.add("rate", rate / (self.ranks.size if self.ranks else 1))
        host_rate = None if isinstance(rate, torch.Tensor) else rate
        self.buffer.close_row(HostRow(step, host_rate, batch_id, stepped, self._noted and self._seen))
        self._begin_row()

    def _begin_row(self) -> None:
        self.losses = self._samples = 0
        self._given = self._seen = self._noted = False
        if self.grad_hooks is not None:
            self.grad_hooks.reset()

    def _measure(self, grads: list[Tensor | None], scaling: Scaling | None) -> None:
        noise = None
        if self.buffer.is_last:
            norms, noise = self.noise.squares(self._list, grads, self._device, scaling)
        else:
            norms = squares(grads, self._device)
        if scaling is not None and scaling.inverse is not None:
            norms *= scaling.inverse.to(norms).square()
        if self.ranks is not None and noise is not None:
            self.buffer.of_rank(self.ranks.rank, "grad", (norms * self._copied).sum())
        self.buffer.put_gradients(norms.mul_(self._weights))
        if noise is not None:
            self.buffer.put("noise", noise.mul_(self._weights))

    def _rate(self) -> Tensor | float:
        """Return the largest rate of the groups that train something."""
        rates = [group["lr"] for group in self.optimizer.param_groups if group["params"]]
        if any(isinstance(rate, torch.Tensor) for rate in rates):
            return torch.stack([torch.as_tensor(rate, device=self._device) for rate in rates]).max()
        return max(rates, default=0.0)


def _scalar(value: Tensor | float) -> Tensor | float:
    if not isinstance(value, torch.Tensor):
        return float(value)
    own = value.detach()
    full_tensor: Callable[[], Tensor] | None = getattr(own, "full_tensor", None)  # a DTensor's
    whole = own if full_tensor is None else full_tensor()
    return whole if whole.dim() == 0 else whole.mean()
