"""Which curves a picture of a run shows, and which of them share a plot."""

from __future__ import annotations

from anet_lite._internal.group_quantities import is_of_group
from anet_lite._internal.schema import SIGNALS

PANELS = (
    ("Loss", ("loss",)),
    ("Norms", ("grad_norm", "step_norm", "noise")),
    ("Learning rate", ("lr",)),
    ("ϑ, consistency of the noise", ("theta",)),
    ("F_Total", ("f_total",)),
    ("Precursor z", ("zscore",)),
)
"""Title and curves of each plot, from the top."""

METRICS = tuple(name for _, names in PANELS for name in names if name not in SIGNALS)
"""The metrics that are drawn."""


def panels(signals: list[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Return title and curves of each plot; a named signal has one below the loss. Groups have heat maps instead."""
    own = [name for name in signals if not is_of_group(name)]
    return [PANELS[0], *((name, (name,)) for name in own), *PANELS[1:]]
