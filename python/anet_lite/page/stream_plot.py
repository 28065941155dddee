"""The picture of streams: each in a panel of its own, on a common axis of time, with its alarms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from anet_lite._internal.one_line import one_line
from anet_lite._internal.optional_import import need
from anet_lite.page.downsample import downsample

if TYPE_CHECKING:
    from collections.abc import Sequence

    from anet_lite.stream import Found, Scores, StreamAlarm
    from anet_lite.stream.band import Band

SERIES, SCORE, P_VALUE, ALARM, QUIET = "#1f4e79", "#7a3e9d", "#2e7d32", "#d32f2f", "#8a8a8a"
EXPECTED = "#e08a00"
MOST_PANELS = 8
_LOWEST_P = 1e-30
_HIGH = 100.0
"""A score above which the others would not be seen on a linear axis."""


def draw(found: Found, strangest: Sequence[StreamAlarm], threshold: float, path: str, title: str = "") -> None:
    """Draw series and their alarms into a file whose ending says its form.

    A single series has its score and its p-value below it. Of many those with alarms come first.
    """
    need("matplotlib", "plot").use("Agg")
    plt = need("matplotlib.pyplot", "plot")
    names = found.names()[:MOST_PANELS]
    alone = len(names) == 1
    heights = [2.0, 1.0, 1.0] if alone else [1.0] * len(names)
    figure, axes = plt.subplots(
        len(heights), figsize=(11, 5 if alone else 1.6 * len(names) + 1), sharex=True, squeeze=False,
        layout="constrained", height_ratios=heights,
    )  # fmt: skip
    timed = all(found.scores[name].samples.times is not None for name in names)
    for name, axis in zip(names, axes[:, 0]):
        _values(found.scores[name], axis, timed)
        _expected(found.band(name, timed), axis, timed)
        _alarms([each for each in found.alarms if each.name == name], axis, timed)
        _strangest([each for each in strangest if each.name == name], axis, timed)
        axis.set_title(one_line(name), loc="left", fontsize=9, fontweight="bold")
    if alone:
        _judged(found.scores[names[0]], threshold, axes[1:, 0], timed)
    _finish(
        figure,
        axes[:, 0],
        timed,
        f"{title}: {len(names)} of {len(found.scores)} streams" if len(names) < len(found.scores) else title,
    )
    figure.savefig(path, dpi=130)
    plt.close(figure)


def _values(scores: Scores, axis: Any, timed: bool) -> None:
    import numpy as np

    values, given = scores.samples.values, np.isfinite(scores.samples.values)
    xs, ys, _ = downsample(scores.samples.places(timed), np.where(given, values, 0.0), given)
    axis.plot(_axis(xs, timed), [np.nan if y is None else y for y in ys], color=SERIES, linewidth=0.8, label="value")
    missing = scores.samples.places(timed)[~given]
    if len(missing):
        shown = missing[np.unique(np.linspace(0, len(missing) - 1, 2000).astype(int))]
        bottom = axis.get_xaxis_transform()
        axis.plot(
            _axis(shown, timed), np.full(len(shown), 0.015), "|", color=QUIET, markersize=5, transform=bottom,
            label="missing",
        )  # fmt: skip


def _expected(band: Band | None, axis: Any, timed: bool) -> None:
    """Draw what was expected near alarms, and what would not have alarmed, where the axis reaches."""
    if band is None:
        return
    axis.margins(y=0.1)
    limits, x = axis.get_ylim(), _axis(band.places, timed)
    axis.fill_between(x, band.low, band.high, color=EXPECTED, alpha=0.18, linewidth=0, label="quiet, at p > 1e-4")
    axis.plot(x, band.expected, color=EXPECTED, linewidth=0.8, label="expected")
    axis.set_ylim(limits)


def _alarms(alarms: list[StreamAlarm], axis: Any, timed: bool) -> None:
    """Mark each alarm: a band while it lasts, and at its value a mark whose size does not depend on the axis."""
    for alarm in alarms:
        ends = (alarm.start, alarm.end if alarm.end is not None else alarm.start)
        times = (alarm.start_time or 0.0, alarm.end_time or alarm.start_time or 0.0)
        first, last = _axis(times if timed else ends, timed)
        axis.axvspan(first, last, color=ALARM, alpha=0.15, linewidth=0)
    peaks = [(alarm.value_time or 0.0) if timed else alarm.value_row for alarm in alarms]
    if peaks:
        axis.plot(
            _axis(peaks, timed), [alarm.value for alarm in alarms], "v", color=ALARM, markersize=7, linestyle="none",
            label=f"alarm, at its most unusual value ({len(peaks)})",
        )  # fmt: skip


def _strangest(moments: list[StreamAlarm], axis: Any, timed: bool) -> None:
    at = [(each.value_time or 0.0) if timed else each.value_row for each in moments]
    if at:
        axis.plot(
            _axis(at, timed), [each.value for each in moments], "o", color=ALARM, fillstyle="none", markersize=8,
            linestyle="none", label="strangest, no alarm",
        )  # fmt: skip


def _judged(scores: Scores, threshold: float, axes: Any, timed: bool) -> None:
    import numpy as np

    x = scores.samples.places(timed)
    p_values = np.maximum(scores.p_value, _LOWEST_P)
    for axis, values, colour, name in (
        (axes[0], scores.score, SCORE, "score"),
        (axes[1], p_values, P_VALUE, "p-value"),
    ):
        xs, ys, _ = downsample(x, values, np.isfinite(values))
        axis.plot(_axis(xs, timed), [np.nan if y is None else y for y in ys], color=colour, linewidth=0.8)
        axis.set_ylabel(name)
    if np.nanmax(np.where(np.isfinite(scores.score), scores.score, 0.0), initial=0.0) > _HIGH:
        axes[0].set_yscale("symlog", linthresh=10)
    axes[1].set_yscale("log")
    axes[1].axhline(threshold, color=ALARM, linewidth=0.8, linestyle="--", label=f"alarms below {threshold:.3g}")
    axes[1].legend(frameon=False, fontsize=8, loc="lower left")


def _finish(figure: Any, axes: Any, timed: bool, title: str) -> None:
    if timed:
        dates = need("matplotlib.dates", "plot")
        locator = dates.AutoDateLocator()
        axes[-1].xaxis.set_major_locator(locator)
        axes[-1].xaxis.set_major_formatter(dates.ConciseDateFormatter(locator))
    axes[-1].set_xlabel("time" if timed else "row")
    for axis in axes:
        axis.margins(x=0.01)
        axis.spines[["top", "right"]].set_visible(False)
        handles, _ = axis.get_legend_handles_labels()
        if len(handles) > 1:
            axis.legend(frameon=False, fontsize=8, ncols=4, loc="lower right", bbox_to_anchor=(1, 1))
    figure.suptitle(one_line(title), fontsize=10, x=0.01, ha="left")


def _axis(x: Any, timed: bool) -> Any:
    import numpy as np

    return (np.asarray(x, dtype=float) * 1000).astype("datetime64[ms]") if timed else np.asarray(x, dtype=float)
