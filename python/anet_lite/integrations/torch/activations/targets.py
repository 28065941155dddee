"""Which modules are looked at, and to which group of layers each belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

import torch

from anet_lite._native import AnetValueError
from anet_lite.integrations.torch.measure.groups import Grouping
from anet_lite.integrations.torch.measure.parameters import bare

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from torch import nn

#: The layers of a model whose groups nobody named: what has a number in a list or a sequence, the outermost.
LAYERS = r"^(?:[^.]+\.)*?\d+(?=\.|$)"
WHOLE = "model"
"""The one group of a model without such layers."""
ROUTERS = ("gate", "router")
_CONTAINERS = (torch.nn.ModuleList, torch.nn.ModuleDict)
_RELUS = (torch.nn.ReLU, torch.nn.ReLU6, torch.nn.Threshold)


class Target(NamedTuple):
    """A module that is looked at."""

    group: str
    name: str
    module: nn.Module


class Targets(NamedTuple):
    """All of them, by what is measured."""

    layers: list[Target]
    """The outermost modules of each group, whose outputs have the scale."""
    relus: list[Target]
    fed: list[Target]
    """Layers that are fed by a ReLU which is a function and no module: their input has its zeros."""
    routers: list[Target]
    attentions: list[Target]

    def names(self) -> list[str]:
        """Return the names of all that can be measured, as a record has them."""
        found = [(each.group, of) for each in self.layers for of in ("activation_scale", "activation_kurtosis")]
        found += [(each.group, "dead_share") for each in (*self.relus, *self.fed)]
        of_router = ("expert_share", "expert_entropy", "router_entropy")
        found += [(each.group, of) for each in self.routers for of in of_router]
        found += [(each.group, "attention_entropy") for each in self.attentions]
        return list(dict.fromkeys(f"{group}/{quantity}" for group, quantity in found))


def targets_of(model: nn.Module, layers: str | None, routers: str | None) -> Targets:
    """Return what is looked at.

    Raises:
        ValueError: ``layers`` or ``routers`` finds no module, or the model or a part of it is compiled.

    """
    found = dict(cast("Iterator[tuple[str, nn.Module]]", model.named_modules()))
    if any(hasattr(module, "_orig_mod") for module in found.values()):
        raise AnetValueError("activations must be False for a compiled model: its modules are not called any more")
    modules = {bare(name): module for name, module in found.items()}
    names = list(modules)
    groups = Grouping(LAYERS if layers is None else layers).groups(names)
    if not groups and layers is not None:
        raise AnetValueError(f"layers must find the name of a module where activations are measured, got {layers!r}")
    groups = groups or {WHOLE: list(range(len(names)))}
    members = [Target(group, names[at], modules[names[at]]) for group, indices in groups.items() for at in indices]
    chosen = _routers(members, modules, routers)
    return Targets(
        [each for group in groups for each in _outermost(each for each in members if each.group == group)],
        [each for each in members if isinstance(each.module, _RELUS)],
        [each for each in members if _is_fed_by_relu(each.name, modules)],
        chosen,
        [each for each in members if "att" in _last(each.name).lower() or "Attention" in type(each.module).__name__],
    )


def _outermost(members: Iterable[Target]) -> list[Target]:
    """Return the modules that are called and lie in no other of the group."""
    outer: list[Target] = []
    for each in members:  # a module comes before what it holds
        inside = any(not one.name or each.name.startswith(f"{one.name}.") for one in outer)
        if not inside and not isinstance(each.module, _CONTAINERS):
            outer.append(each)
    return outer


def _routers(members: list[Target], modules: dict[str, nn.Module], expression: str | None) -> list[Target]:
    if expression is None:
        return [each for each in members if _last(each.name) in ROUTERS and _has_experts(each.name, modules)]
    named = Grouping(expression, "routers").groups([each.name for each in members])
    found = [members[at] for indices in named.values() for at in indices]
    if not found:
        raise AnetValueError(f"routers must find the name of a module within the layers, got {expression!r}")
    return found


def _has_experts(name: str, modules: dict[str, nn.Module]) -> bool:
    """Whether what holds a module holds experts too: a gate of other kinds does not choose one."""
    parent = modules.get(name.rpartition(".")[0])
    return parent is not None and any("expert" in child for child, _ in parent.named_children())


def _is_fed_by_relu(name: str, modules: dict[str, nn.Module]) -> bool:
    parent = modules.get(name.rpartition(".")[0])
    return _last(name) == "linear2" and getattr(parent, "activation", None) is torch.nn.functional.relu


def _last(name: str) -> str:
    return name.rpartition(".")[2]
