"""Which tensors of a model hold a number that is not finite."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

import torch

from anet_lite._native import AnetTypeError
from anet_lite.integrations.torch.device.async_copy import host_list
from anet_lite.integrations.torch.measure.norms import local, squares
from anet_lite.integrations.torch.measure.parameters import bare

if TYPE_CHECKING:
    from torch import Tensor, nn

    from anet_lite.integrations.torch.device.distributed import Ranks

NARROW = 1
"""Bytes of an element below which a type has no norm: eight-bit floats."""


def tensors_of(model: nn.Module, prefix: str = "") -> dict[str, Tensor]:
    """Return parameters and buffers of floating type by the names of the bare model, trained or not."""
    named = (*model.named_parameters(), *model.named_buffers())
    return {prefix + bare(name): local(tensor.detach()) for name, tensor in named if _can_be_checked(tensor)}


def untrained_tensors(model: nn.Module, also: Mapping[str, nn.Module | Mapping[str, Tensor]]) -> dict[str, Tensor]:
    """Return the buffers of a model, and the tensors of copies of it, such as an average of its weights."""
    found = {bare(name): local(buffer.detach()) for name, buffer in model.named_buffers() if _can_be_checked(buffer)}
    for name, copy in also.items():
        if isinstance(copy, torch.nn.Module):
            found.update(tensors_of(copy, f"{name}."))
        else:
            found.update(
                {f"{name}.{key}": local(value.detach()) for key, value in copy.items() if _can_be_checked(value)}
            )
    return found


def checked_copies(also: object) -> dict[str, nn.Module | Mapping[str, Tensor]]:
    """Return what was given by ``also``, if it is a mapping of modules and of mappings of tensors.

    Raises:
        TypeError: It is something else.

    """
    if also is None:
        return {}
    wanted = 'also must be a mapping such as {"ema": ema}, of modules or of tensors by name'
    if not isinstance(also, Mapping):
        raise AnetTypeError(f"{wanted}, got {type(also).__name__}")
    copies = dict(cast("Mapping[str, Any]", also))
    for name, copy in copies.items():
        if not isinstance(copy, torch.nn.Module) and not _holds_tensors(copy):
            raise AnetTypeError(f"{wanted}, got {type(copy).__name__} for {name!r:.80}")
    return copies


def _holds_tensors(copy: Any) -> bool:
    values = cast("Mapping[str, Any]", copy).values() if isinstance(copy, Mapping) else (None,)
    return all(isinstance(value, torch.Tensor) for value in values)


def sums_of_squares(tensors: Mapping[str, Tensor], device: torch.device) -> Tensor:
    """Return a sum of squares of each tensor, a vector on the device: it is not finite where the tensor is not."""
    return squares(list(tensors.values()), device)


def not_finite(tensors: Mapping[str, Tensor], ranks: Ranks | None = None) -> list[str]:
    """Return the names of tensors that are not finite, on any rank. It waits for the device, once where all are."""
    if not tensors:
        return []
    device = next(iter(tensors.values())).device
    suspect = ~sums_of_squares(tensors, device).isfinite()
    if suspect.any():
        # A square may overflow where its number does not.
        for index, tensor in enumerate(tensors.values()):
            suspect[index] = ~tensor.isfinite().all()
    flags = suspect.double() if device.type != "mps" else suspect.float()
    if ranks is not None:
        pending = ranks.sum(flags)
        if pending is not None:
            pending.wait()
    return [name for name, flag in zip(tensors, host_list(flags)) if flag]


def _can_be_checked(tensor: Tensor) -> bool:
    dense = tensor.layout == torch.strided and tensor.device.type != "meta"
    number = tensor.is_floating_point() or tensor.is_complex()
    return dense and number and tensor.numel() > 0 and tensor.element_size() > NARROW
