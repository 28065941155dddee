"""The picture of ``anet-lite plot``: a panel for each kind of curve, alarms across all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anet_lite._internal.optional_import import need
from anet_lite.page.downsample import downsample
from anet_lite.page.panels import PANELS

if TYPE_CHECKING:
    from anet_lite.page.run import Run

_COLOURS = ("#1f5fa8", "#b35900", "#7a3e9d")
_ALARM = "#cf222e"


def draw(run: Run, path: str) -> None:
    """Draw a run into a file whose ending says its form."""
    need("matplotlib", "plot").use("Agg")
    plt = need("matplotlib.pyplot", "plot")
    panels = [(title, [name for name in names if name in run.curves]) for title, names in PANELS]
    panels = [(title, names) for title, names in panels if names]
    figure, axes = plt.subplots(
        len(panels), figsize=(10, 1.6 * len(panels) + 0.4), sharex=True, squeeze=False, layout="constrained"
    )
    for (title, names), axis in zip(panels, axes[:, 0]):
        _panel(run, title, names, axis)
    axes[-1, 0].set_xlabel(run.axis)
    figure.savefig(path, dpi=130)
    plt.close(figure)


def _panel(run: Run, title: str, names: list[str], axis: Any) -> None:
    lowest, highest = list[float](), list[float]()
    for name, colour in zip(names, _COLOURS):
        x, y, bad = downsample(run.steps, *run.curves[name])
        finite = [value for value in y if value is not None]
        lowest.append(min(finite, default=0.0))
        highest.append(max(finite, default=0.0))
        axis.plot(x, [float("nan") if value is None else value for value in y], color=colour, linewidth=0.9, label=name)
        axis.plot(bad, [0.03] * len(bad), "^", color=_ALARM, markersize=4, transform=axis.get_xaxis_transform())
    if min(lowest) > 0 and max(highest) > 100 * min(lowest):
        axis.set_yscale("log")
    for event in run.alarms:
        axis.axvline(run.steps[event.row], color=_ALARM, linewidth=0.8, linestyle=":")
    if run.verdict is not None and run.verdict.since is not None:
        axis.axvline(run.steps[run.verdict.since], color=_ALARM, linewidth=0.9)
    axis.set_title(title, loc="left", fontsize=9, fontweight="bold")
    axis.margins(x=0)
    axis.spines[["top", "right"]].set_visible(False)
    if len(names) > 1:
        axis.legend(frameon=False, fontsize=8, ncols=len(names), loc="upper right", bbox_to_anchor=(1, 1.25))
