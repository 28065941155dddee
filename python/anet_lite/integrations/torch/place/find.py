"""Reads the sums of a step: where, in the order of the passes, a number first was not finite."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from anet_lite.integrations.torch.place.module_sums import Sum


class Place(NamedTuple):
    """Where it began."""

    kind: str
    """``input``, ``output``, ``loss``, ``grad`` of a module, or ``parameters``."""
    names: tuple[str, ...]
    """The module; or the parameters whose gradient is not finite."""
    before: int
    """Modules, in the order of the pass, that were finite before it; of parameters, all that were measured."""


def place_of(sums: Sequence[Sum], loss: float | None, parameters: Sequence[str], measured: int) -> Place | None:
    """Return the first place; None where nothing was measured that tells.

    Args:
        sums: The sums of the step, in order; none without ``locate``.
        loss: Its loss.
        parameters: Those whose gradient is not finite.
        measured: How many parameters have a gradient that was measured.

    """
    forward = [entry for entry in sums if entry.kind != "grad"]
    for before, entry in enumerate(forward):
        if not isfinite(entry.value):
            outputs = sum(earlier.kind == "output" for earlier in forward[:before])
            return Place(entry.kind, (entry.module,), outputs)
    if forward and loss is not None and not isfinite(loss):
        return Place("loss", (), sum(entry.kind == "output" for entry in forward))
    backward = [entry for entry in sums if entry.kind == "grad"]
    for before, entry in enumerate(backward):
        if not isfinite(entry.value):
            return Place("grad", (entry.module,), before)
    return Place("parameters", tuple(parameters), measured) if parameters else None
