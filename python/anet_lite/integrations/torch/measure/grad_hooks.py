"""See each rank's own gradient before it is averaged: sums of squares before and after, for the noise scale.

DDP lets a communication hook see each bucket. FSDP2 lets its reduce-scatter be replaced, by way of a class that PyTorch
keeps private: where that has changed, where the reduction is not a plain average, or where a model is both sharded and
replicated, nothing is measured and one warning says so.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Callable

import torch
import torch.distributed as dist

from anet_lite._internal.log_once import LogOnce
from anet_lite.integrations.torch.measure.norms import squares

if TYPE_CHECKING:
    from torch import Tensor, nn

    from anet_lite.integrations.torch.device.buffer import Packet
    from anet_lite.integrations.torch.measure.amp import Scaling

_logger = logging.getLogger("anet_lite")


class Spy:
    """Adds up, over one step, squares of this rank's gradient and of its share of the average."""

    def __init__(self) -> None:
        self.is_due: Callable[[], bool] = bool
        """Whether this step is to be measured; never, until somebody asks."""
        self.quiet: LogOnce = LogOnce("measuring the noise scale")
        self.undo: list[Callable[[], object]] = []
        self.reset()

    def reset(self) -> None:
        """Begin another step."""
        self._small: list[Tensor] = []
        self._big: list[Tensor] = []
        self._sources: set[object] = set()
        self._again = False

    def before(self, source: object, gradient: Tensor, factor: float = 1.0) -> None:
        """See a piece of this rank's own gradient. The same piece twice in a step leaves nothing to compare."""
        self._again |= source in self._sources
        self._sources.add(source)
        self._small.append(squares([gradient], gradient.device).mul_(factor))

    def after(self, average: Tensor, factor: float = 1.0) -> None:
        """See this rank's share of the average of that piece."""
        self._big.append(squares([average], average.device).mul_(factor))

    def put(self, packet: Packet, samples: int, scaling: Scaling | None) -> None:
        """Enter the sums of a step, unless it was reduced more than once."""
        if not self._small or len(self._small) != len(self._big) or self._again or samples < 1:
            return
        unscale = None if scaling is None or scaling.inverse is None else scaling.inverse.square()
        for name, pieces in (("small", self._small), ("big", self._big)):
            total = torch.cat([piece.to(packet.device) for piece in pieces]).sum()
            packet.part(name, total if unscale is None else total * unscale.to(total))
        packet.part("inverse_samples", 1 / samples)
        packet.part("samples", samples)
        packet.part("ranks", 1)

    def remove(self) -> None:
        """See nothing more."""
        self.is_due = bool
        for undo in self.undo:
            undo()
        self.undo.clear()


def spy_on(model: nn.Module) -> Spy | None:
    """Return a spy on a model's reductions; None, and a warning, where there is nothing that it can see."""
    spy = Spy()
    try:
        wrapped = [m for m in model.modules() if isinstance(m, torch.nn.parallel.DistributedDataParallel)]
        if wrapped:
            _watch_buckets(wrapped[0], spy)
            return spy
        if _watch_shards(model, spy):
            return spy
        reason = "the model is neither DistributedDataParallel nor sharded by FSDP2 alone"
    except (ImportError, AttributeError, RuntimeError, ValueError) as error:
        reason = str(error)
    spy.remove()
    _logger.warning("the noise scale cannot be measured: %s", reason)
    return None


def _watch_buckets(model: torch.nn.parallel.DistributedDataParallel, spy: Spy) -> None:
    from torch.distributed.algorithms.ddp_comm_hooks.default_hooks import allreduce_hook

    group = model.process_group
    share = 1 / dist.get_world_size(group)

    def hook(_, bucket):  # type: ignore[no-untyped-def]  # DDP reads annotations, and takes none that are strings
        if not spy.is_due():
            return allreduce_hook(group, bucket)
        with spy.quiet, torch.no_grad():
            spy.before(bucket.index(), bucket.buffer())
        return allreduce_hook(group, bucket).then(averaged)

    def averaged(future: torch.futures.Future[Tensor]) -> Tensor:
        average = future.value()
        with spy.quiet, torch.no_grad():
            spy.after(average, share)  # every rank has all of it
        return average

    model.register_comm_hook(None, hook)


def _watch_shards(model: nn.Module, spy: Spy) -> bool:
    """Replace the reduce-scatter of every sharded module by one that is watched."""
    from torch.distributed.fsdp import FSDPModule

    seen = False
    for module in model.modules():
        if isinstance(module, FSDPModule):
            for group in module._get_fsdp_state()._fsdp_param_groups:
                if group.mesh_info.mesh.ndim != 1 or group.gradient_divide_factor is not None:
                    return False
                _replace(module, group, spy)
                seen = True
    return seen


def _replace(module: Any, group: Any, spy: Spy) -> None:
    from torch.distributed.fsdp._fully_shard._fsdp_api import ReduceScatter

    plain: Any = group._reduce_scatter_comm

    class Watched(ReduceScatter):
        """The same reduction, seen from both sides."""

        def allocate(self, *args: Any, **kwargs: Any) -> Tensor:
            return plain.allocate(*args, **kwargs)

        def __call__(
            self, output_tensor: Tensor, input_tensor: Tensor, group: Any, op: Any, async_op: bool = False
        ) -> Any:
            factors = _factors(op, dist.get_world_size(group)) if spy.is_due() and not async_op else None
            if factors is not None:
                with spy.quiet, torch.no_grad():
                    spy.before(self, input_tensor, factors[0])
            work = plain(output_tensor=output_tensor, input_tensor=input_tensor, group=group, op=op, async_op=async_op)
            if factors is not None:
                with spy.quiet, torch.no_grad():
                    spy.after(output_tensor, factors[1])
            return work

    module.set_custom_reduce_scatter(Watched())
    spy.undo.append(lambda: module.set_custom_reduce_scatter(plain))


def _factors(op: Any, ranks: int) -> tuple[float, float] | None:
    """Return what makes squares of input and output those of this rank's gradient and of the average."""
    if op == dist.ReduceOp.AVG:
        return 1.0, 1.0
    if op != dist.ReduceOp.SUM:
        return None
    # FSDP2 divides before it adds, by the power of two about the root of the number of ranks.
    divided = 1
    while ranks % divided == 0 and ranks / divided > divided:
        divided *= 2
    return float(divided**2), (divided / ranks) ** 2
