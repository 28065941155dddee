"""The picture of an upscaled series: all of it, and its middle from near."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anet_lite._internal.optional_import import need

if TYPE_CHECKING:
    from anet_lite.upscaling.upscaled import Upscaled

_SAMPLES, _POINTS, _BAND = "#9aa4ae", "#1f4e79", "#e08a00"
_NEAR = 24
"""Points of the part that is drawn from near."""


def draw(found: Upscaled, path: str) -> None:
    """Draw both into a file whose ending says its form."""
    need("matplotlib", "plot").use("Agg")
    plt = need("matplotlib.pyplot", "plot")
    count = len(found.points())
    middle = max(0, (count - _NEAR) // 2)
    figure, axes = plt.subplots(2, figsize=(11, 5), layout="constrained")
    for axis, part in zip(axes, ((0, count), (middle, min(middle + _NEAR, count)))):
        _draw_part(found, axis, *part)
    axes[0].set_title(found.support.explain(), loc="left", fontsize=8)
    axes[1].set_xlabel("sample")
    axes[1].legend(frameon=False, fontsize=8, ncols=3, loc="lower right", bbox_to_anchor=(1, 1))
    figure.savefig(path, dpi=130)
    plt.close(figure)


def _draw_part(found: Upscaled, axis: Any, first: int, last: int) -> None:
    import numpy as np

    part = slice(first * found.factor, last * found.factor)
    at = np.arange(part.start, part.stop)
    axis.plot(at, found.values[part], color=_SAMPLES, linewidth=0.8, label="samples")
    if found.band is not None:
        low, high = (end[part] for end in found.band)
        axis.fill_between(at, low, high, color=_BAND, alpha=0.25, linewidth=0, label="band")
    points = found.points()[first:last]
    if found.kind == "mean":
        edges, levels = np.append(at[:: found.factor], part.stop), np.append(points, points[-1:])
        axis.step(edges, levels, where="post", color=_POINTS, linewidth=1, label="means")
    else:
        axis.plot(at[:: found.factor], points, "o", color=_POINTS, markersize=3, label=f"every {found.factor}th sample")
    axis.margins(x=0)
    axis.spines[["top", "right"]].set_visible(False)
