"""The names under which a record has the numbers of groups, each with its direction: ``GROUP/QUANTITY``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from anet_lite._native import known_signal
from anet_lite.integrations.torch.activations.targets import targets_of
from anet_lite.integrations.torch.measure.groups import Grouping, GroupNorms
from anet_lite.integrations.torch.measure.parameters import bare

if TYPE_CHECKING:
    from collections.abc import Iterable

    from torch import nn


def recorded_signals(
    model: nn.Module, layers: str | None = None, activations: bool = True, routers: str | None = None
) -> dict[str, str]:
    """Return the named signals that `attach` gives of groups of layers, for a monitor of your own.

    Args:
        model: The model, as `attach` takes it.
        layers: As `attach` takes it; with it the groups' norms are recorded too.
        activations: As `attach` takes it.
        routers: As `attach` takes it.

    Returns:
        The direction of each by its name, such as ``{"layers.3/activation_scale": "rises"}``, as ``Monitor(signals=)``
        takes them.

    Raises:
        TypeError: ``layers`` or ``routers`` is no text.
        ValueError: It is no regular expression or finds no module, or the model is compiled.

    Example:
        >>> import torch
        >>> from anet_lite.integrations.torch import recorded_signals
        >>> recorded_signals(torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.ReLU()))["1/dead_share"]
        'rises'

    """
    groups = Grouping(layers).groups([bare(name) for name, p in model.named_parameters() if p.requires_grad])
    names = targets_of(model, layers, routers).names() if activations else []
    found = {f"{group}/{of}": "recorded" for group in groups for of in GroupNorms._fields}
    return {**found, **{name: known[0] for name in names if (known := known_signal(name))}}


def with_directions(
    signals: Mapping[str, str] | Iterable[str] | None, more: dict[str, str]
) -> Mapping[str, str] | Iterable[str] | None:
    """Return the signals of a user and more; what a monitor would refuse as it came."""
    if not more or isinstance(signals, str):
        return signals
    if isinstance(signals, Mapping):
        return {**more, **cast("Mapping[str, str]", signals)}
    names = list(signals or ())
    known = {name: direction for name in names if (direction := known_signal(name))}
    return (
        {**more, **{name: direction for name, (direction, _) in known.items()}} if len(known) == len(names) else names
    )
