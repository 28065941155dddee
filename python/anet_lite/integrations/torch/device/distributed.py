"""Makes every rank see the same numbers: weighted sums of squares and one small all-reduce an interval.

A number that W ranks hold in S different parts is added up with the weight S / W: a replicated gradient counts once, a
shard counts once, and a shard that several ranks hold counts once. All ranks then read the same bits, so all decide
alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import torch
import torch.distributed as dist

from anet_lite.integrations.torch.measure.norms import wide

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

    def weights(self, parameters: Sequence[Tensor], device: torch.device) -> Tensor:
        """Return for each parameter the weight of one rank's part of it."""
        weights = [shards(parameter) / self.size for parameter in parameters]
        return torch.tensor(weights, dtype=wide(device), device=device)

    def sum(self, values: Tensor) -> Pending | None:
        """Add the vectors of all ranks up, in place. On a CUDA device the sum is ready in the stream's order."""
        work = dist.all_reduce(values, group=self.group, async_op=True)
        if work is not None and values.is_cuda:
            work.wait()
            return None
        return work


def ranks_of(model: nn.Module, group: dist.ProcessGroup | None = None) -> Ranks | None:
    """Return the ranks that train a model together; None where it is trained by one process alone.

    A group that is given decides; otherwise ``DistributedDataParallel`` does, or parameters that are distributed.
    """
    if not (dist.is_available() and dist.is_initialized()):
        return None
    if group is not None:
        return Ranks(group)
    wrapped = next((m for m in model.modules() if isinstance(m, torch.nn.parallel.DistributedDataParallel)), None)
    if wrapped is not None:
        return Ranks(wrapped.process_group)
    return Ranks() if any(hasattr(p, "device_mesh") for p in model.parameters()) else None


def shards(parameter: Tensor) -> int:
    """Return into how many different parts a parameter is divided."""
    parts = 1
    for dimension, placement in enumerate(getattr(parameter, "placements", ())):
        parts *= parameter.device_mesh.size(dimension) if placement.is_shard() else 1
    return parts
