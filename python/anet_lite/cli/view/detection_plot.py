"""The picture of ``anet-lite detect``: series, score and p-value above each other, alarms across all three."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Generator

    from anet_lite import Episode
    from anet_lite.cli.rows.detection import Sample

SERIES, SCORE, P_VALUE, ALARM = "#1f4e79", "#7a3e9d", "#2e7d32", "#d32f2f"


@contextmanager
def figure_of(path: str) -> Generator[Any, None, None]:
    """Give three axes to draw into, one above the other, and save them into a file whose ending says its form."""
    try:
        import matplotlib as mpl
    except ModuleNotFoundError:
        raise typer.BadParameter("needs matplotlib: pip install 'anet-lite[plot]'", param_hint="plot") from None
    mpl.use("Agg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(3, figsize=(11, 6), sharex=True, layout="constrained")
    for each in axes:
        each.margins(x=0)
        each.spines[["top", "right"]].set_visible(False)
    yield axes
    figure.savefig(path, dpi=130)  # pyright: ignore[reportUnknownMemberType]
    plt.close(figure)


def draw(samples: list[Sample], episodes: list[Episode], threshold: float, path: str) -> None:
    """Draw the samples and the alarms on them."""
    with figure_of(path) as (series, score, p_value):
        series.plot([sample.value for sample in samples], color=SERIES, linewidth=0.8)
        series.set_ylabel("value")
        score.plot([sample.score for sample in samples], color=SCORE, linewidth=0.8)
        score.set_yscale("symlog", linthresh=10)
        score.set_ylabel("score")
        p_value.plot([max(sample.p_value, 1e-30) for sample in samples], color=P_VALUE, linewidth=0.8)
        p_value.axhline(threshold, color=ALARM, linewidth=0.8, linestyle="--")
        p_value.set_yscale("log")
        p_value.set_ylabel("p-value")
        p_value.set_xlabel("sample")
        for episode in episodes:
            last = episode.start if episode.end is None else episode.end
            for axes in (series, score, p_value):
                axes.axvspan(episode.start - 0.5, last + 0.5, color=ALARM, alpha=0.2, linewidth=0)
