"""The picture of ``anet-lite trace``: the gaps, the detector's score, and the published one under it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from anet_lite._internal.optional_import import need
from anet_lite.page.stream_plot import SCORE, SERIES

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from numpy import float64
    from numpy.typing import NDArray

    from anet_lite.cli.rows.value import Value

SEED = "#8d6e63"


def draw(rows: Iterator[dict[str, Value]], gaps: NDArray[float64], path: str) -> Iterator[dict[str, Value]]:
    """Draw the rows into a file, and pass them on."""
    kept = list(rows)
    newest = [int(row["index"]) - 1 for row in kept]
    with figure_of(path) as (plot, detector, seed):
        plot.plot(newest, gaps[newest], color=SERIES, linewidth=0.8)
        plot.set_ylabel("gap")
        detector.plot(newest, [row["detector"] for row in kept], color=SCORE, linewidth=0.8)
        detector.set_ylabel("StreamDetector")
        seed.plot(newest, [row["combined"] for row in kept], color=SEED, linewidth=0.8)
        seed.set_ylabel("the published score")
        seed.set_xlabel("gap number")
    return iter(kept)


@contextmanager
def figure_of(path: str) -> Generator[Any, None, None]:
    """Give three axes to draw into, one above the other, and save them into a file whose ending says its form."""
    need("matplotlib", "plot").use("Agg")
    plt = need("matplotlib.pyplot", "plot")
    figure, axes = plt.subplots(3, figsize=(11, 6), sharex=True, layout="constrained")
    for each in axes:
        each.margins(x=0)
        each.spines[["top", "right"]].set_visible(False)
    yield axes
    figure.savefig(path, dpi=130)
    plt.close(figure)
