"""Whether a loss that fell as no training lets it fall has stayed where it fell to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy import bool_, float64
    from numpy.typing import NDArray

    from anet_lite.verdict.verdict import Verdict

_FALLEN, _BEFORE = 8, 64
"""Losses whose median is the level after the fall, and before it: what the monitor's rule compares."""


def by_collapse(found: Verdict, loss: tuple[NDArray[float64], NDArray[bool_]], collapses: Sequence[int]) -> Verdict:
    """Return ``collapsed`` where the run ends below the middle of a fall that the monitor told, else what was found."""
    import numpy as np

    rows = np.flatnonzero(loss[1] & np.isfinite(loss[0]))
    values = loss[0][rows]
    for row in collapses:
        at = int(np.searchsorted(rows, row, "right"))
        fallen, before = values[at - _FALLEN : at], values[max(0, at - _FALLEN - _BEFORE) : at - _FALLEN]
        end = float(np.median(values[-_BEFORE:]))
        if len(before) and end <= (np.median(before) + np.median(fallen)) / 2:
            evidence = {**found.evidence, "before": float(np.median(before)), "end": end}
            return replace(found, kind="collapsed", reason="collapse", since=row, evidence=evidence)
    return found
