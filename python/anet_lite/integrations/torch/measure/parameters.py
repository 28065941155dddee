"""Which parameters are watched, and what they are called."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from torch import Tensor, nn
    from torch.optim import Optimizer

    from anet_lite.integrations.torch.together import Together

_WRAPPERS = ("_orig_mod.", "module.", "_fsdp_wrapped_module.")


def watched(model: nn.Module, optimizer: Optimizer | Together) -> dict[str, Tensor]:
    """Return the optimizer's parameters that are trained, by their names in the model; a shared one has its first name.

    Names are those of the bare model, without what compilation and parallel wrappers put before them. Parameters that
    are the optimizer's alone are called ``parameter_0`` and so on.
    """
    own = {p: f"parameter_{index}" for index, p in enumerate(_parameters(optimizer))}
    named: dict[str, Tensor] = {bare(name): p for name, p in model.named_parameters() if p in own}
    strangers = own.keys() - set(named.values())
    named.update((name, p) for p, name in own.items() if p in strangers)
    return {name: p for name, p in named.items() if p.requires_grad}


def count(optimizer: Optimizer | Together) -> int:
    """Return how many parameters an optimizer holds that are trained: cheap, to notice groups that were added."""
    return sum(p.requires_grad for p in _parameters(optimizer))


def _parameters(optimizer: Optimizer | Together) -> list[Tensor]:
    return [p for group in optimizer.param_groups for p in group["params"]]


def bare(name: str) -> str:
    """Return the name of a parameter in the bare model."""
    for wrapper in _WRAPPERS:
        name = name.replace(wrapper, "") if wrapper != "module." else name.removeprefix(wrapper)
    return name


def optimizers_of(optimizer: Optimizer | Together) -> tuple[Optimizer, ...]:
    """Return the optimizers of several together, or the one."""
    return getattr(optimizer, "optimizers", (cast("Optimizer", optimizer),))
