"""A sum of each module's output, and of the gradient that reaches it: not finite where one of its numbers is not.

A sum reads the numbers once and writes one; of half precision it is kept in float32, where 65,504 is far from infinity.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, cast

import torch

from anet_lite._native import AnetValueError
from anet_lite.integrations.torch.device.async_copy import DelayedReader
from anet_lite.integrations.torch.measure.norms import HALF, local
from anet_lite.integrations.torch.measure.parameters import bare

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torch import Tensor, nn

    from anet_lite._internal.log_once import LogOnce

#: Modules that pass numbers on: what they give is finite where what they take is, but for half precision, which a
#: dropout's factor may overflow. In a transformer they would be two fifths of the cost.
_PASSING = (torch.nn.modules.dropout._DropoutNd, torch.nn.Identity)  # pyright: ignore[reportPrivateUsage]
#: Sums that wait for a step at most: forward passes that no step follows must not fill the memory.
_MOST = 1 << 16


class Sum(NamedTuple):
    """What was measured of one module in one pass."""

    kind: str
    """``input`` of the whole model, ``output`` of a module, or ``grad``, the gradient that reaches its output."""
    module: str
    value: float


class StepSums:
    """The sums of one interval, step by step. As for named values, call `rows` once, after `send`."""

    def __init__(self) -> None:
        self._keys: list[tuple[int, str, str]] = []
        self._sums: list[Tensor] = []
        self._reader: DelayedReader[None] = DelayedReader()

    def close(self, row: int, keys: list[tuple[str, str]], sums: list[Tensor]) -> None:
        """Take the sums of a step that is over."""
        self._keys += [(row, *key) for key in keys]
        self._sums += sums

    def send(self) -> None:
        """Start their copy to the host."""
        if self._sums:
            device = self._sums[0].device
            self._reader.put(torch.stack([value.to(device) for value in self._sums]), None)

    def rows(self) -> dict[int, list[Sum]]:
        """Return the sums of each step in the order in which they were measured."""
        values = [value for _, arrived in self._reader.take() for value in arrived]
        found: dict[int, list[Sum]] = {}
        for (row, kind, module), value in zip(self._keys, values):
            found.setdefault(row, []).append(Sum(kind, module, value))
        return found


class ModuleSums:
    """Hooks on the innermost modules, while they train.

    Raises:
        ValueError: The model, or a part of it, is compiled: it has no modules any more that could be looked at.

    """

    def __init__(self, model: nn.Module, log_once: LogOnce) -> None:
        if any(hasattr(module, "_orig_mod") for module in model.modules()):
            raise AnetValueError("locate must be False for a compiled model: its modules are not called any more")
        self._log_once = log_once
        self._interval = StepSums()
        self._keys: list[tuple[str, str]] = []
        self._sums: list[Tensor] = []
        self._handles: list[Any] = [model.register_forward_pre_hook(self._before, with_kwargs=True)]
        modules = dict(cast("Iterator[tuple[str, nn.Module]]", model.named_modules()))
        for name, module in modules.items():
            if _is_innermost(module):
                self._handles.append(module.register_forward_hook(self._hook(bare(name) or type(module).__name__)))

    def close(self, row: int) -> None:
        """End a step."""
        self._interval.close(row, self._keys, self._sums)
        self._forget()

    def take(self) -> StepSums:
        """Return the sums of the interval that is over, under way to the host, and begin another one."""
        interval, self._interval = self._interval, StepSums()
        interval.send()
        return interval

    def remove(self) -> None:
        """Take the hooks off."""
        for handle in self._handles:
            handle.remove()
        self._handles.clear()

    def _forget(self) -> None:
        self._keys, self._sums = [], []

    def _before(self, module: nn.Module, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        with self._log_once:
            if len(self._sums) > _MOST:
                self._forget()
            if module.training:
                for tensor in _floats((args, kwargs)):
                    self._add("input", "", tensor)

    def _hook(self, name: str) -> Any:
        def after(module: nn.Module, _: Any, output: Any) -> None:
            with self._log_once:
                if not module.training:
                    return
                for tensor in _floats(output):
                    if isinstance(module, _PASSING) and tensor.dtype not in HALF:
                        continue
                    self._add("output", name, tensor)
                    if tensor.requires_grad:
                        tensor.register_hook(reached)  # pyright: ignore[reportUnknownMemberType]  # torch: untyped

        def reached(gradient: Tensor) -> None:
            with self._log_once:
                self._add("grad", name, gradient)

        return after

    def _add(self, kind: str, name: str, tensor: Tensor) -> None:
        own = local(tensor.detach())
        self._keys.append((kind, name))
        self._sums.append(own.sum(dtype=torch.float32) if own.dtype in HALF else own.sum())


def _is_innermost(module: nn.Module) -> bool:
    """Whether no other module is called within it: attention never calls its child, whose weights it takes."""
    return isinstance(module, torch.nn.MultiheadAttention) or not any(True for _ in module.children())


def _floats(value: Any) -> Iterator[Tensor]:
    """Give the tensors of floats in what a module takes or gives."""
    if isinstance(value, torch.Tensor):
        if value.is_floating_point():
            yield value
    elif isinstance(value, dict):
        for part in value.values():  # pyright: ignore[reportUnknownVariableType]
            yield from _floats(part)
    elif isinstance(value, (list, tuple)):
        for part in value:  # pyright: ignore[reportUnknownVariableType]
            yield from _floats(part)
