"""Hooks on the reduction of gradients: sums of squares before and after averaging, for the noise scale.

DDP calls a communication hook with each bucket. FSDP2 lets its reduce-scatter be replaced, through a class that PyTorch
keeps private. Nothing is measured, and one warning says so, where that class has changed, where the reduction is not a
plain average, or where a model is both sharded and replicated.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Callable

import torch
import torch.distributed as dist

from anet_lite._internal.log_once import LogOnce
from anet_lite.integrations.torch.device.distributed import data_parallel, process_group_of
from anet_lite.integrations.torch.measure.norms import squares

if TYPE_CHECKING:
    from torch import Tensor, nn

    from anet_lite.integrations.torch.device.buffer import Buffer
    from anet_lite.integrations.torch.measure.amp import Scaling

_logger = logging.getLogger("anet_lite")


class GradHooks:
    """Adds up, over one step, squares of this rank's gradient and of its share of the average."""

    def __init__(self) -> None:
        self.is_due: Callable[[], bool] = bool
        """Whether this step is to be measured: never, until it is set."""
        self.log_once: LogOnce = LogOnce("measuring the noise scale")
        self.undo: list[Callable[[], object]] = []
        self.reset()

    def reset(self) -> None:
        """Begin another step."""
        self._small: list[Tensor] = []
        self._big: list[Tensor] = []
        self._sources: set[object] = set()
        self._again = False

    def before(self, source: object, gradient: Tensor, factor: float = 1.0) -> None:
        """Take a piece of this rank's own gradient. The same piece twice in a step leaves nothing to compare."""
        self._again |= source in self._sources
        self._sources.add(source)
        self._small.append(squares([gradient], gradient.device).mul_(factor))

    def after(self, average: Tensor, factor: float = 1.0) -> None:
        """Take this rank's share of the average of that piece."""
        self._big.append(squares([average], average.device).mul_(factor))

    def put(self, buffer: Buffer, samples: int, scaling: Scaling | None) -> None:
        """Enter the sums of a step, unless it was reduced more than once."""
        if not self._small or len(self._small) != len(self._big) or self._again or samples < 1:
            return
        unscale = None if scaling is None or scaling.inverse is None else scaling.inverse.square()
        for name, pieces in (("small", self._small), ("big", self._big)):
            total = torch.cat([piece.to(buffer.device) for piece in pieces]).sum()
            buffer.part(name, total if unscale is None else total * unscale.to(total))
        buffer.part("inverse_samples", 1 / samples)
        buffer.part("samples", samples)
        buffer.part("ranks", 1)

    def remove(self) -> None:
        """Take the hooks off."""
        self.is_due = bool
        for undo in self.undo:
            undo()
        self.undo.clear()


def hook_reductions(model: nn.Module) -> GradHooks | None:
    """Put hooks on the reductions of a model's gradients; None, and a warning, where that cannot be done."""
    hooks = GradHooks()
    try:
        wrapped = data_parallel(model)
        if wrapped is not None:
            _hook_buckets(wrapped, hooks)
            return hooks
        if _hook_shards(model, hooks):
            return hooks
        reason = "the model is neither DistributedDataParallel nor sharded by FSDP2 alone"
    except (ImportError, AttributeError, RuntimeError, ValueError) as error:
        reason = str(error)
    hooks.remove()
    _logger.warning("the noise scale cannot be measured: %s", reason)
    return None


def _hook_buckets(model: torch.nn.parallel.DistributedDataParallel, hooks: GradHooks) -> None:
    from torch.distributed.algorithms.ddp_comm_hooks.default_hooks import allreduce_hook

    group = process_group_of(model)
    share = 1 / dist.get_world_size(group)

    def hook(_: object, bucket: Any) -> Any:
        if not hooks.is_due():
            return allreduce_hook(group, bucket)
        with hooks.log_once, torch.no_grad():
            hooks.before(bucket.index(), bucket.buffer())
        return allreduce_hook(group, bucket).then(averaged)

    def averaged(future: torch.futures.Future[Tensor]) -> Tensor:
        average = future.value()
        with hooks.log_once, torch.no_grad():
            hooks.after(average, share)  # every rank has all of it
        return average

    hook.__annotations__ = {}  # DDP reads them, and takes none that are strings.
    model.register_comm_hook(None, hook)  # pyright: ignore[reportUnknownMemberType]  # torch: untyped


def _hook_shards(model: nn.Module, hooks: GradHooks) -> bool:
    """Replace the reduce-scatter of every sharded module by one that is measured."""
    from torch.distributed.fsdp import FSDPModule

    seen = False
    for module in model.modules():
        if isinstance(module, FSDPModule):
            for group in _sharded_groups(module):
                if group.mesh_info.mesh.ndim != 1 or group.gradient_divide_factor is not None:
                    return False
                _replace(module, group, hooks)
                seen = True
    return seen


def _sharded_groups(module: Any) -> list[Any]:
    """Return the groups of parameters that FSDP2 reduces together; PyTorch keeps them private."""
    return module._get_fsdp_state()._fsdp_param_groups


def _replace(module: Any, group: Any, hooks: GradHooks) -> None:
    from torch.distributed.fsdp._fully_shard._fsdp_api import ReduceScatter

    plain: Any = group._reduce_scatter_comm

    class Hooked(ReduceScatter):
        """The same reduction, measured before and after."""

        def allocate(self, *args: Any, **kwargs: Any) -> Tensor:
            return plain.allocate(*args, **kwargs)

        def __call__(
            self, output_tensor: Tensor, input_tensor: Tensor, group: Any, op: Any, async_op: bool = False
        ) -> Any:
            factors = _factors(op, dist.get_world_size(group)) if hooks.is_due() and not async_op else None
            if factors is not None:
                with hooks.log_once, torch.no_grad():
                    hooks.before(self, input_tensor, factors[0])
            work = plain(output_tensor=output_tensor, input_tensor=input_tensor, group=group, op=op, async_op=async_op)
            if factors is not None:
                with hooks.log_once, torch.no_grad():
                    hooks.after(output_tensor, factors[1])
            return work

    module.set_custom_reduce_scatter(Hooked())
    hooks.undo.append(lambda: module.set_custom_reduce_scatter(plain))


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
