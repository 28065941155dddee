"""Statistics of the tensors that a call returned, on their device."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from anet_lite.integrations.torch.device.precision import sum_dtype

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor

VALUES = ("judged", "mean", "spread", "nonfinite")
"""What the vector of a call's tensors holds."""


@torch.no_grad()
def tensor_sums(tensors: Sequence[Tensor]) -> Tensor:
    """Return the sums of the statistics of tensors, in the order of ``VALUES``; all on the device of the first."""
    device = tensors[0].device
    found = [_moments(tensor).to(device) for tensor in tensors if tensor.numel()]
    return torch.stack(found).sum(0) if found else torch.zeros(len(VALUES), dtype=sum_dtype(device), device=device)


def _moments(tensor: Tensor) -> Tensor:
    values = tensor.detach().to(sum_dtype(tensor.device))
    bad = (~values.isfinite()).sum().to(values.dtype)
    mean, spread = values.mean(), values.std(correction=0)
    finite = mean.isfinite() & spread.isfinite()
    kept = torch.stack([torch.ones_like(mean), mean, spread])
    return torch.cat([torch.where(finite, kept, 0), bad[None]])
