"""The picture of the page: the truth, its means, and what comes of them."""

from __future__ import annotations

import matplotlib as mpl
import numpy as np

from upscale.methods import METHODS
from upscale.series import by_formula
from upscale.texture import FACTOR

SHOWN = 240
"""Samples that are drawn."""
_TRUTH, _MADE, _POINTS = "#8a8a8a", "#1f4e79", "#e08a00"


def draw(path: str) -> None:
    """Draw a loss with red noise: the truth, fragments, spectral, and a cubic spline."""
    mpl.use("Agg")
    from matplotlib import pyplot as plt

    truth = dict(by_formula())["red .5 0"]
    reference, truth = truth[: len(truth) // 2], truth[len(truth) // 2 :]
    points = truth.reshape(-1, FACTOR).mean(1)
    panels = {"the truth": truth}
    for name in ("**fragments**", "**spectral**", "cubic"):
        panels[name.strip("*")] = METHODS[name](points, FACTOR, reference)
    figure, axes = plt.subplots(len(panels), figsize=(11, 6), sharex=True, sharey=True, layout="constrained")
    for axis, (name, samples) in zip(axes, panels.items()):
        axis.plot(samples[:SHOWN], color=_TRUTH if name == "the truth" else _MADE, linewidth=0.9)
        axis.step(np.arange(0, SHOWN, FACTOR), points[: SHOWN // FACTOR], where="post", color=_POINTS, linewidth=0.8)
        axis.set_title(name, loc="left", fontsize=9)
        axis.margins(x=0)
        axis.spines[["top", "right"]].set_visible(False)
    axes[-1].set_xlabel("sample; orange: what the log kept, means of 10")
    figure.savefig(path, dpi=110)
    plt.close(figure)
