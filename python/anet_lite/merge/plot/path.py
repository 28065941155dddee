"""The picture of a way between models: the danger boundary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anet_lite._internal.one_line import one_line
from anet_lite._internal.optional_import import need

if TYPE_CHECKING:
    from anet_lite.merge.path import MergePath

_MEAN, _SETS, _SAFE, _BEST = "#1f2328", ("#1f5fa8", "#b35900", "#7a3e9d", "#2e7d32"), "#2e7d32", "#cf222e"
_LAYERS = 60
"""Layers whose names can still be read."""


def draw(found: MergePath, path: str) -> None:
    """Draw losses over the way with the safe places, and the heat map of layers below; of three models a triangle."""
    need("matplotlib", "plot").use("Agg")
    plt = need("matplotlib.pyplot", "plot")
    if found.weights.shape[1] == 3:
        figure, axis = plt.subplots(figsize=(7, 6), layout="constrained")
        _triangle(found, axis, figure)
    else:
        rows = min(len(found.layers), _LAYERS)
        heights = [3.2, 0.16 * rows + 0.8] if rows else [3.2]
        figure, axes = plt.subplots(
            len(heights), figsize=(8, sum(heights) + 1), squeeze=False, sharex=True, layout="constrained",
            height_ratios=heights,
        )  # fmt: skip
        _losses(found, axes[0, 0])
        if rows:
            _heat(found, axes[1, 0], figure)
        axes[-1, 0].set_xlabel("alpha, the weight of the second model")
    figure.savefig(path, dpi=130)
    plt.close(figure)


def _losses(found: MergePath, axis: Any) -> None:
    import numpy as np

    alphas = found.alphas
    for place, name in enumerate(found.data_sets):
        colour = _SETS[place % len(_SETS)]
        axis.plot(alphas, found.losses[:, place], color=colour, linewidth=1.1, marker=".", label=one_line(name))
        if found.base_losses is not None:
            axis.axhline(found.base_losses[place], color=colour, linewidth=0.8, linestyle="--")
    if len(found.data_sets) > 1:
        axis.plot(alphas, found.mean, color=_MEAN, linewidth=1.8, label="mean")
    edges = np.concatenate([alphas[:1], (alphas[1:] + alphas[:-1]) / 2, alphas[-1:]])
    for place in np.flatnonzero(found.safe):
        axis.axvspan(edges[place], edges[place + 1], color=_SAFE, alpha=0.12, linewidth=0)
    axis.axvline(found.best[-1], color=_BEST, linewidth=0.9, linestyle=":", label="best")
    base = "; dashed: the base" if found.base_losses is not None else ""
    axis.set_title(f"barrier {found.barrier:.3g}; green: safe{base}", loc="left", fontsize=9)
    axis.set_ylabel("loss")
    axis.spines[["top", "right"]].set_visible(False)
    axis.legend(frameon=False, fontsize=8, ncols=3, loc="lower right", bbox_to_anchor=(1, 1))


def _heat(found: MergePath, axis: Any, figure: Any) -> None:
    import numpy as np

    rows = found.layers[:_LAYERS]
    losses = found.layer_losses[: len(rows)]
    alphas = found.alphas
    edges = np.concatenate([alphas[:1], (alphas[1:] + alphas[:-1]) / 2, alphas[-1:]])
    drawn = axis.pcolormesh(edges, np.arange(len(rows) + 1) - 0.5, np.where(np.isfinite(losses), losses, np.nan))
    axis.set_yticks(range(len(rows)), [one_line(layer) for layer in rows], fontsize=7)
    axis.invert_yaxis()
    more = f" ({len(rows)} of {len(found.layers)})" if len(rows) < len(found.layers) else ""
    axis.set_title(f"mean loss with one layer moved{more}", loc="left", fontsize=9)
    figure.colorbar(drawn, ax=axis, pad=0.01)


def _triangle(found: MergePath, axis: Any, figure: Any) -> None:
    """Draw the mean loss over the triangle of three models, each at its corner."""
    import numpy as np

    x, y = found.weights[:, 1] + 0.5 * found.weights[:, 2], found.weights[:, 2]
    finite = np.isfinite(found.mean)
    drawn = axis.tripcolor(x[finite], y[finite], found.mean[finite], shading="gouraud")
    axis.plot(x[found.safe], y[found.safe], "o", color="white", markersize=3, label="safe")
    best = int(found.mean.argmin())
    axis.plot(x[best], y[best], "*", color=_BEST, markersize=12, label="best")
    for name, corner, where in zip("ABC", ((0, 0), (1, 0), (0.5, 1)), ("right", "left", "center")):
        axis.annotate(name, corner, textcoords="offset points", xytext=(0, 6), ha=where, fontweight="bold")
    axis.set_title(f"mean loss; barrier {found.barrier:.3g}", loc="left", fontsize=9)
    axis.set_axis_off()
    axis.legend(fontsize=8, loc="upper right", facecolor="#9aa4ae")
    figure.colorbar(drawn, ax=axis, shrink=0.8)
