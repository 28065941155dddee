"""The hooks that look at a model while it is called, in the last step of each interval alone."""

from __future__ import annotations

from threading import get_ident
from typing import TYPE_CHECKING, Any, Callable

import torch

from anet_lite._internal.log_once import LogOnce
from anet_lite.integrations.torch.activations.attention import entropy_of_scores, entropy_of_weights
from anet_lite.integrations.torch.activations.dead_units import DeadUnits
from anet_lite.integrations.torch.activations.moments import moments
from anet_lite.integrations.torch.activations.routing import routing
from anet_lite.integrations.torch.measure.norms import local

if TYPE_CHECKING:
    from torch import Tensor, nn

    from anet_lite.integrations.torch.activations.targets import Target, Targets
    from anet_lite.integrations.torch.device.buffer import Buffer

#: Numbers that wait for a step at most: forward passes that no step follows must not fill the memory.
_MOST = 1 << 16


class Activations:
    """Measures what the layers give out.

    Args:
        model: What is called in a step.
        targets: What is looked at in it.

    """

    def __init__(self, model: nn.Module, targets: Targets) -> None:
        self.names: list[str] = targets.names()
        self.log_once: LogOnce = LogOnce("measuring activations")
        self._places = {name: at for at, name in enumerate(self.names)}
        self.is_due: Callable[[], bool] = bool
        """Whether this step is measured."""
        self._found: list[tuple[int, Tensor]] = []
        self._group = ""
        self._attention = _AttentionCalls(self._take_attention)
        self._is_on = False
        self._handles: list[Any] = [
            model.register_forward_pre_hook(self._begin),
            model.register_forward_hook(self._end, always_call=True),
        ]
        self._hook(targets)

    def put(self, buffer: Buffer) -> None:
        """Put what was measured into the buffer whose interval ends."""
        found, self._found = self._found, []
        if found:
            places = torch.tensor([at for at, _ in found]).to(buffer.device)
            buffer.add_activations(places, torch.stack([value.to(buffer.values) for _, value in found]))

    def remove(self) -> None:
        """Take the hooks off."""
        self._attention.stop()
        for handle in self._handles:
            handle.remove()
        self._handles.clear()

    def _hook(self, targets: Targets) -> None:
        for each in targets.layers:
            self._handles.append(each.module.register_forward_pre_hook(self._enter(each.group)))
            self._after(each, moments)
        for each in targets.relus:
            self._after(each, _of_units(DeadUnits()))
        for each in targets.fed:
            share = _of_units(DeadUnits())
            self._handles.append(each.module.register_forward_pre_hook(self._before(each.group, share)))
        for each in targets.routers:
            self._after(each, routing)
        for each in targets.attentions:
            self._handles.append(each.module.register_forward_hook(self._weights(each.group)))

    def _begin(self, module: nn.Module, _: object) -> None:
        self._is_on = module.training and self.is_due()
        if self._is_on:
            if len(self._found) > _MOST:
                self._found = []
            self._attention.start()

    def _end(self, *_: object) -> None:
        self._is_on, self._group = False, ""  # what checkpointing computes again, in backward, is not looked at
        self._attention.stop()

    def _enter(self, group: str) -> Callable[..., None]:
        def before(*_: object) -> None:
            self._group = group

        return before

    def _before(self, group: str, measured: Callable[[Tensor], dict[str, Tensor]]) -> Callable[..., None]:
        def before(_: object, args: tuple[Any, ...]) -> None:
            self._take(group, measured, args)

        return before

    def _after(self, target: Target, measured: Callable[[Tensor], dict[str, Tensor]]) -> None:
        def after(_: object, __: object, output: Any) -> None:
            self._take(target.group, measured, output)

        self._handles.append(target.module.register_forward_hook(after))

    def _weights(self, group: str) -> Callable[..., None]:
        def after(_: object, __: object, output: Any) -> None:
            if isinstance(output, tuple) and len(output) > 1 and _is_matrix(output[1]):  # pyright: ignore[reportUnknownArgumentType]
                self._take(group, _of_weights, output[1])

        return after

    @torch.no_grad()
    def _take(self, group: str, measured: Callable[[Tensor], dict[str, Tensor]], output: Any) -> None:
        if not self._is_on:
            return
        with self.log_once:
            tensor = _first(output)
            if tensor is not None:
                self._add(group, measured(local(tensor.detach())))

    @torch.no_grad()
    def _take_attention(self, *given: Any) -> None:
        with self.log_once:
            self._add(self._group, {"attention_entropy": entropy_of_scores(*given)})

    def _add(self, group: str, values: dict[str, Tensor]) -> None:
        for quantity, value in values.items():
            at = self._places.get(f"{group}/{quantity}")
            if at is not None:
                self._found.append((at, value))


class _AttentionCalls:
    """Sees what `scaled_dot_product_attention` is given, as it gives no weights: stands in its place for one pass."""

    def __init__(self, take: Callable[..., None]) -> None:
        self._take = take
        self._own: Any = None
        self._thread = 0

    def start(self) -> None:
        if self._own is None:
            self._own, self._thread = torch.nn.functional.scaled_dot_product_attention, get_ident()
            torch.nn.functional.scaled_dot_product_attention = self._seen

    def stop(self) -> None:
        if self._own is not None:
            torch.nn.functional.scaled_dot_product_attention = self._own
            self._own = None

    def _seen(self, query: Any, key: Any, value: Any, *args: Any, **kwargs: Any) -> Any:
        if get_ident() == self._thread:
            mask = kwargs.get("attn_mask", args[0] if args else None)
            is_causal = kwargs.get("is_causal", args[2] if len(args) > 2 else False)
            self._take(query, key, mask, is_causal, kwargs.get("scale"))
        return self._own(query, key, value, *args, **kwargs)


def _of_units(units: DeadUnits) -> Callable[[Tensor], dict[str, Tensor]]:
    def measured(output: Tensor) -> dict[str, Tensor]:
        share = units.share(output)
        return {} if share is None else {"dead_share": share}

    return measured


def _of_weights(weights: Tensor) -> dict[str, Tensor]:
    return {"attention_entropy": entropy_of_weights(weights)}


def _is_matrix(value: object) -> bool:
    return isinstance(value, torch.Tensor) and value.is_floating_point() and value.dim() >= 3


def _first(value: Any) -> Tensor | None:
    """Return the first tensor of floats in what a module gives, which is its output by custom."""
    if isinstance(value, torch.Tensor):
        return value if value.is_floating_point() and value.numel() else None
    parts: Any = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else ()  # pyright: ignore[reportUnknownVariableType]
    return next((found for part in parts if (found := _first(part)) is not None), None)
