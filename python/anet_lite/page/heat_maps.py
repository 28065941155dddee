"""Quantities of groups of layers over the steps: a row for each group, a shade for each part of the run.

A quantity without a scale of its own, such as a norm, is shaded by how many times its group's own median it is; a share
by how large it is.
"""

from __future__ import annotations

import re
from math import inf, isfinite, log2
from typing import TYPE_CHECKING, Any

from anet_lite._internal.group_quantities import SCALES, SHARES, is_of_group
from anet_lite.page.heat_words import HEAT, TITLES

if TYPE_CHECKING:
    from numpy import bool_, float64, intp
    from numpy.typing import NDArray

    from anet_lite.page.run import Run

COLUMNS = 240
"""Parts of the run, at most: a phone shows no more."""
DOUBLINGS = 4.0
"""So often doubled or halved a value has the full shade."""
FULL, NOT_FINITE = 100, 101
"""Shades: -100 to 100, and one of its own."""

_SCRIPTED = ("cell", "ratio", "missing", "infinite", "keys", "table", "columns", "all", "choose")
"""Words that the script of the page says."""


def heat_maps(run: Run, lang: str) -> list[dict[str, Any]]:
    """Return a map for each quantity that groups of a run have, as plain types."""
    of = {quantity: list[str]() for quantity in (*SCALES, *SHARES)}
    for name in sorted(filter(is_of_group, run.curves), key=_natural):
        of[name.rpartition("/")[2]].append(name)
    return [_map(run, quantity, names, lang) for quantity, names in of.items() if names]


def _natural(name: str) -> list[tuple[int, str]]:
    """Sort layers.2 before layers.10."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d+)", name)]


def _map(run: Run, quantity: str, names: list[str], lang: str) -> dict[str, Any]:
    import numpy as np

    measured = max(int(run.curves[name][1].sum()) for name in names)
    first, last = float(run.steps[0]), float(run.steps[-1])
    edges: NDArray[float64] = np.linspace(first, last if last > first else first + 1, min(COLUMNS, measured) + 1)
    columns = len(edges) - 1
    column: NDArray[intp] = np.clip(np.searchsorted(edges, run.steps, side="right") - 1, 0, columns - 1)
    rows = [_row(*run.curves[name], column, columns) for name in names]
    largest = max((value for values, _ in rows for value in values if value is not None and isfinite(value)), default=0)
    kind, words = "scale" if quantity in SCALES else "share", HEAT[lang]
    return {
        "title": TITLES[lang][quantity],
        "groups": [name.rpartition("/")[0] for name in names],
        "edges": [float(f"{edge:.9g}") for edge in edges.tolist()],
        "values": [[_short(value) for value in values] for values, _ in rows],
        "usual": [_short(usual) if kind == "scale" else None for _, usual in rows],
        "shades": [
            [_shade(value, usual if kind == "scale" else None, largest) for value in row] for row, usual in rows
        ],
        "legend": words[f"legend {kind}"],
        "words": {key: words[key] for key in _SCRIPTED},
    }


def _row(
    values: NDArray[float64], given: NDArray[bool_], column: NDArray[intp], columns: int
) -> tuple[list[float | None], float]:
    """Return the mean of each part, infinity where a value is not finite, None where there is none; and the median."""
    import numpy as np

    finite = given & np.isfinite(values)
    count = np.bincount(column[finite], minlength=columns)
    total = np.bincount(column[finite], weights=values[finite], minlength=columns)
    lost = np.bincount(column[given & ~finite], minlength=columns)
    parts = zip(lost.tolist(), total.tolist(), count.tolist())
    means = [inf if bad else whole / some if some else None for bad, whole, some in parts]
    return means, float(np.median(values[finite])) if finite.any() else 0.0


def _shade(value: float | None, usual: float | None, largest: float) -> int | None:
    if value is None or not isfinite(value):
        return None if value is None else NOT_FINITE
    part = value / max(1.0, largest) if usual is None else _doublings(value, usual) / DOUBLINGS
    return round(FULL * max(-1.0, min(1.0, part)))


def _doublings(value: float, usual: float) -> float:
    """Return how often a value is its usual doubled; one that fell to zero is as low as can be shown."""
    if usual <= 0.0:
        return DOUBLINGS if value > 0.0 else 0.0
    return log2(value / usual) if value > 0.0 else -DOUBLINGS


def _short(value: float | None) -> float | None:
    """Return four digits; None for what is not finite, which has a shade of its own."""
    return None if value is None or not isfinite(value) else float(f"{value:.4g}")
