"""Makes every rank see the same numbers: weighted sums of squares and one small all-reduce an interval.

A number that W ranks hold in S different parts is added up with the weight S / W. So a replicated gradient counts once,
a shard counts once, and a shard that several ranks hold counts once. All ranks then read the same bits, so they decide
alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, cast

import torch
import torch.distributed as dist

from anet_lite.integrations.torch.device.precision import sum_dtype

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torch import Tensor, nn


class Pending(Protocol):
    """A reduction under way."""

    def wait(self) -> object:
        """Return when the numbers are there."""
        ...


class Ranks:
    """The ranks that train one model."""

    def __init__(self, group: dist.ProcessGroup | None = None) -> None:
        self.group = group
        self.size: int = dist.get_world_size(group)
        self.rank: int = dist.get_rank(group)
        self.is_first: bool = self.rank == 0
        self.replicas: bool = True
        """Whether ranks must hold the same where a parameter is not sharded."""

    def weights(self, parameters: Sequence[Tensor], device: torch.device) -> Tensor:
        """Return for each parameter the weight of one rank's part of it."""
        weights = [shards(parameter) / self.size for parameter in parameters]
        return torch.tensor(weights, dtype=sum_dtype(device), device=device)

    def copied(self, parameters: Sequence[Tensor], device: torch.device) -> Tensor:
        """Return for each parameter 1 where every rank holds the whole of it, else 0."""
        copies = [float(self.replicas and shards(parameter) == 1) for parameter in parameters]
        return torch.tensor(copies, dtype=sum_dtype(device), device=device)

    def sum(self, values: Tensor) -> Pending | None:
        """Add the vectors of all ranks up, in place. On a CUDA device the sum is ready in the stream's order."""
        work: Any = dist.all_reduce(values, group=self.group, async_op=True)  # None on a rank outside of the group.
        if work is not None and values.is_cuda:
            work.wait()
            return None
        pending: Pending | None = work
        return pending


def ranks_of(model: nn.Module, group: dist.ProcessGroup | None = None) -> Ranks | None:
    """Return the ranks that train a model together; None where it is trained by one process alone.

    A group that is given decides; otherwise ``DistributedDataParallel`` does, or parameters that are distributed.
    """
    if not (dist.is_available() and dist.is_initialized()):
        return None
    if group is not None:
        return Ranks(group)
    wrapped = data_parallel(model)
    if wrapped is not None:
        return Ranks(process_group_of(wrapped))
    return Ranks() if any(hasattr(p, "device_mesh") for p in model.parameters()) else None


def data_parallel(model: nn.Module) -> nn.parallel.DistributedDataParallel | None:
    """Return the first ``DistributedDataParallel`` of a model, None where there is none."""
    return next((m for m in model.modules() if isinstance(m, torch.nn.parallel.DistributedDataParallel)), None)


def process_group_of(wrapped: nn.parallel.DistributedDataParallel) -> dist.ProcessGroup:
    """Return the ranks that average their gradients."""
    return cast("dist.ProcessGroup", wrapped.process_group)  # pyright: ignore[reportUnknownMemberType]  # torch: untyped


def shards(parameter: Tensor) -> int:
    """Return the number of different parts that a parameter is divided into."""
    distributed: Any = parameter  # A DTensor, where it has placements.
    parts = 1
    for dimension, placement in enumerate(getattr(parameter, "placements", ())):
        parts *= int(distributed.device_mesh.size(dimension)) if placement.is_shard() else 1
    return parts
