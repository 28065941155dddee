"""Sums of squares and of products of many tensors, left on the device.

Sums are float64, and float32 where a device has no float64. A tensor that is missing counts as zero, so that a vector
has one place for every parameter whatever was missing in a step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from torch import Tensor

HALF = (torch.float16, torch.bfloat16)
#: Elements worked on at a time: on a CPU what its cache holds; elsewhere enough to be fast, and no copy of a model.
CHUNK_CPU, CHUNK = 1 << 18, 1 << 22


def wide(device: torch.device) -> torch.dtype:
    """Return the type that sums are kept in."""
    return torch.float32 if device.type == "mps" else torch.float64


def local(tensor: Tensor) -> Tensor:
    """Return this rank's own part of a distributed tensor, any other tensor as it is."""
    return tensor.to_local() if hasattr(tensor, "to_local") else tensor


def gradient(parameter: Tensor) -> Tensor | None:
    """Return this rank's gradient of a parameter, as a dense tensor."""
    if parameter.grad is None:
        return None
    grad = local(parameter.grad.detach())
    return grad.to_dense() if grad.is_sparse else grad


def squares(tensors: Sequence[Tensor | None], device: torch.device) -> Tensor:
    """Return the sum of squares of each tensor, a vector on the device."""
    there = [tensor for tensor in tensors if tensor is not None]
    return in_places(tensors, norms(there), device).square_()


def norms(tensors: Sequence[Tensor]) -> Sequence[Tensor]:
    """Return the norm of each tensor."""
    if not tensors:
        return []
    # In their own type, norms of half precision overflow at 65504.
    narrow = any(tensor.dtype in HALF for tensor in tensors)
    return torch._foreach_norm(tensors, 2, dtype=torch.float32) if narrow else torch._foreach_norm(tensors, 2)


def product(one: Tensor, other: Tensor) -> Tensor:
    """Return the inner product of two tensors."""
    return torch.dot(_flat(one), _flat(other))


def in_places(tensors: Sequence[Tensor | None], values: Iterable[Tensor], device: torch.device) -> Tensor:
    """Return one number for each tensor, zero for a missing one."""
    if not tensors:
        return torch.zeros(0, dtype=wide(device), device=device)
    following, zero = iter(values), torch.zeros((), device=device)
    numbers = [zero if tensor is None else next(following).to(device) for tensor in tensors]
    return torch.stack(numbers).to(wide(device))


def _flat(tensor: Tensor) -> Tensor:
    """Return the elements in a row, precise enough to add up."""
    elements = torch.view_as_real(tensor).flatten() if tensor.is_complex() else tensor.flatten()
    return elements.float() if elements.dtype in HALF else elements


def chunks(tensors: Sequence[Tensor]) -> Iterator[slice]:
    """Cut a list into pieces of so many elements at most; a larger tensor is a piece of its own."""
    start = total = 0
    for place, tensor in enumerate(tensors):
        most = CHUNK if tensor.is_cuda else CHUNK_CPU
        if place > start and total + tensor.numel() > most:
            yield slice(start, place)
            start, total = place, 0
        total += tensor.numel()
    if start < len(tensors):
        yield slice(start, len(tensors))
