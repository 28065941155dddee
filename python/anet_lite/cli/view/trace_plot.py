"""The picture of ``anet-lite trace``: the gaps, the detector's score, and the published one under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anet_lite.cli.view.detection_plot import SCORE, SERIES, figure_of

if TYPE_CHECKING:
    from collections.abc import Iterator

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
