"""Turn the figures of run.py into the tables between the markers of README.md, and into a picture."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from anet_lite import StreamDetector
from detection.series import synth

if TYPE_CHECKING:
    from collections.abc import Iterator

MARKERS = ("<!-- detection:begin -->", "<!-- detection:end -->")


def main(figures_path: str, readme: str, picture: str) -> None:
    """Write both."""
    figures = json.loads(Path(figures_path).read_text())
    text = "\n".join([MARKERS[0], *tables(figures), MARKERS[1]])
    path = Path(readme)
    old = path.read_text()
    pattern = "(?s)" + re.escape(MARKERS[0]) + ".*?" + re.escape(MARKERS[1])
    new = re.sub(pattern, lambda _: text, old) if MARKERS[0] in old else old.rstrip() + "\n\n" + text + "\n"
    path.write_text(new)
    draw(picture)


def tables(figures: dict) -> Iterator[str]:
    """Quality of all, false alarms, alarms."""
    sets = list(next(iter(figures["vus"].values())))
    yield "| mean VUS-PR (95 % interval) | " + " | ".join(sets) + " | NAB's own score | µs a point |"
    yield "|---" * (len(sets) + 3) + "|"
    for row, values in figures["vus"].items():
        cells = [_interval(values[name]) if name in values else "" for name in sets]
        nab, us = figures["nab"].get(row), figures["us"].get(row)
        cells += ["" if nab is None else f"{nab:.1f}", "" if us is None else f"{us:.1f}"]
        yield f"| {row} | " + " | ".join(cells) + " |"
    for name, reason in figures.get("missing", {}).items():
        yield f"\nNot measured: {name} ({reason})."
    yield ""
    yield "| p <= 1e-4 | events found | false alarms in 10,000 points |"
    yield "|---|---|---|"
    for name, found in figures["alarms"].items():
        rate = 1e4 * found["false"] / found["points"]
        yield f"| {name} | {found['found']} of {found['events']} | {rate:.2f} |"
    for name, rate in figures["false"].items():
        yield f"| {name} | | {rate:.2f} |"


def _interval(values: list[float]) -> str:
    mean, low, high = values
    return f"{mean:.3f} ({low:.2f} to {high:.2f})"


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


if __name__ == "__main__":
    main(*sys.argv[1:])
