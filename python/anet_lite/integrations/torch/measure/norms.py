"""Sums of squares and of products of many tensors, left on the device.

Sums are float64, and float32 where a device has no float64. A missing tensor counts as zero: a vector then has
one place for every parameter, whichever of them had no gradient in a step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Callable

import torch

from anet_lite.integrations.torch.device.precision import sum_dtype
from anet_lite.integrations.torch.measure import foreach

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from torch import Tensor

HALF = (torch.float16, torch.bfloat16)
#: Elements worked on at a time: on a CPU what its cache holds (1 MB of float32); elsewhere enough to keep a GPU busy,
#: and far less than a copy of a model. Chosen by `make bench-torch`.
CHUNK_CPU, CHUNK = 1 << 18, 1 << 22


def local(tensor: Tensor) -> Tensor:
    """Return this rank's own part of a distributed tensor, any other tensor as it is."""
    to_local: Callable[[], Tensor] | None = getattr(tensor, "to_local", None)
    return tensor if to_local is None else to_local()


def gradient(parameter: Tensor) -> Tensor | None:
    """Return this rank's gradient of a parameter, as a dense tensor."""
    if parameter.grad is None:
        return None
    grad = local(parameter.grad.detach())
    return grad.to_dense() if grad.is_sparse else grad


def squares(tensors: Sequence[Tensor | None], device: torch.device) -> Tensor:
    """Return the sum of squares of each tensor, a vector on the device."""
    present = [tensor for tensor in tensors if tensor is not None]
    return fill_missing(tensors, norms(present), device).square_()


def norms(tensors: Sequence[Tensor]) -> Sequence[Tensor]:
    """Return the norm of each tensor."""
    if not tensors:
        return []
    # In their own type, norms of half precision overflow at 65504.
    narrow = any(tensor.dtype in HALF for tensor in tensors)
    return foreach.norm(tensors, torch.float32 if narrow else None)


def product(one: Tensor, other: Tensor) -> Tensor:
    """Return the inner product of two tensors."""
    return torch.dot(_flat(one), _flat(other))


def fill_missing(tensors: Sequence[Tensor | None], values: Iterable[Tensor], device: torch.device) -> Tensor:
    """Return one number for each tensor, zero for a missing one."""
    if not tensors:
        return torch.zeros(0, dtype=sum_dtype(device), device=device)
    following, zero = iter(values), torch.zeros((), device=device)
    numbers = [zero if tensor is None else next(following).to(device) for tensor in tensors]
    return torch.stack(numbers).to(sum_dtype(device))


def _flat(tensor: Tensor) -> Tensor:
    """Return the elements in a row, precise enough to add up."""
    elements = torch.view_as_real(tensor).flatten() if tensor.is_complex() else tensor.flatten()
    return elements.float() if elements.dtype in HALF else elements


def chunks(tensors: Sequence[Tensor]) -> Iterator[slice]:
    """Cut a list into pieces of at most `CHUNK` or `CHUNK_CPU` elements; a larger tensor is a piece of its own."""
    start = total = 0
    for index, tensor in enumerate(tensors):
        most = CHUNK if tensor.is_cuda else CHUNK_CPU
        if index > start and total + tensor.numel() > most:
            yield slice(start, index)
            start, total = index, 0
        total += tensor.numel()
    if start < len(tensors):
        yield slice(start, len(tensors))
