"""The picture of docs/detection.md: one event of each kind, and the p-value under it."""

from __future__ import annotations

import numpy as np

from anet_lite import StreamDetector
from detection.series import synth


def draw(path: str) -> None:
    """Draw one event of each kind with the p-value under it."""
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(4, 4, figsize=(13, 7), layout="constrained", height_ratios=[3, 2] * 2)
    for place, one in enumerate(synth(3)):
        p_value = StreamDetector().push_many(one.x, parts=False).p_value
        first = int(np.flatnonzero(one.labels)[0])
        last = first + int(np.argmin(one.labels[first:])) - 1
        shown = slice(first - 150, first + 250)
        row, column = 2 * (place // 4), place % 4
        above, below = axes[row, column], axes[row + 1, column]
        above.plot(np.arange(shown.start, shown.stop), one.x[shown], color="#1f4e79", linewidth=0.8)
        below.plot(np.arange(shown.start, shown.stop), p_value[shown], color="#2e7d32", linewidth=1)
        below.axhline(1e-4, color="#d32f2f", linewidth=0.8, linestyle="--")
        below.set_yscale("log")
        below.set_ylim(1e-12, 2)
        above.set_title(one.name)
        for each in (above, below):
            each.axvspan(first, last, color="#f9a825", alpha=0.3, linewidth=0)
            each.set_xticks([])
            each.spines[["top", "right"]].set_visible(False)
    axes[0, 0].set_ylabel("series")
    axes[1, 0].set_ylabel("p-value")
    figure.savefig(path, dpi=120)
