"""The picture of cost and memory against size."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


def draw(points: list[dict[str, Any]], titles: dict[str, str], path: Path) -> None:
    """Draw cost above and memory below, one column an axis."""
    import matplotlib as mpl

    mpl.use("agg")
    from matplotlib import pyplot as plt
    from matplotlib.ticker import LogLocator, NullFormatter

    figure, cells = plt.subplots(2, 3, figsize=(11, 5.5), sharex="col", sharey="row", layout="constrained")
    for column, (axis, title) in enumerate(titles.items()):
        mine = [p for p in points if p["axis"] == axis]
        values = [p["value"] for p in mine]
        cost, memory = cells[:, column]
        cost.loglog(values, [p["seconds"] * 1e6 for p in mine], "o-", color="tab:blue")
        memory.loglog(values, [max(p["bytes"], 1) / 1e6 for p in mine], "o-", color="tab:orange")
        cost.set_title(title, fontsize=10)
        memory.set_xlabel(axis)
    cells[0, 0].set_ylabel("µs per point")
    cells[1, 0].set_ylabel("peak memory, MB")
    for cell in cells.flat:
        cell.grid(alpha=0.3)
        cell.xaxis.set_major_formatter("{x:,.0f}")
        cell.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        cell.yaxis.set_major_formatter("{x:,g}")
        cell.yaxis.set_minor_formatter(NullFormatter())
    figure.suptitle("Cost of one streamed point, rings full, dimension 4,096, 128 positions")
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=110)
