"""The pictures of cost against height and of gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib as mpl

mpl.use("agg")
import matplotlib.pyplot as plt
import numpy as np

from anet_lite.zeta import gap_law, wigner_density
from zeta_zeros.contenders import OURS, PEERS
from zeta_zeros.cost import ONE

if TYPE_CHECKING:
    from pathlib import Path

    from zeta_zeros.cost import Point
    from zeta_zeros.gaps import Sample

COLOURS = dict(zip([OURS, ONE, *PEERS], ["tab:red", "tab:orange", "tab:blue", "tab:green", "tab:purple"]))


def draw_cost(points: list[Point], path: Path) -> None:
    """Draw the cost of a zero against its ordinal, both by powers of ten."""
    figure, axes = plt.subplots(figsize=(8, 5), layout="constrained")
    for name, colour in COLOURS.items():
        mine = [point for point in points if point["contender"] == name]
        if mine:
            x, y = [10.0 ** p["power"] for p in mine], [p["seconds"] for p in mine]
            axes.loglog(x, y, "o-", color=colour, ms=4, label=name)
    ticks = {1e-7: "100 ns", 1e-6: "1 µs", 1e-5: "10 µs", 1e-4: "100 µs", 1e-3: "1 ms", 1e-2: "10 ms"}
    ticks |= {1e-1: "100 ms", 1.0: "1 s", 10.0: "10 s", 100.0: "100 s"}
    axes.set_yticks(list(ticks), list(ticks.values()))
    axes.set(xlabel="ordinal of the first zero", ylabel="processor time a zero")
    axes.set_title("True zeta zeros: a zero in a long range, and one alone; peers on small windows", fontsize=10)
    axes.grid(alpha=0.3)
    figure.legend(fontsize=9, loc="outside lower center", ncols=len(COLOURS))
    save(figure, path)


def draw_gaps(samples: list[Sample], path: Path) -> None:
    """Draw the histograms of every method beside the surmise, and what true zeros lack of the law at each height."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(12, 4.5), layout="constrained")
    newton, centred, exact, *high = samples
    places = np.linspace(0, 3.2, 400)
    left.hist(exact.gaps, bins=80, range=(0, 3.2), density=True, color="tab:red", alpha=0.45, label="exact")
    left.plot(places, wigner_density(places), color="black", lw=1.5, label="Wigner surmise (GUE)")
    for sample, colour, style in ((newton, "tab:blue", "-"), (centred, "tab:green", "--")):
        name = sample.name.split("`")[1]
        label = f"{name}: all near 1 (standard deviation {sample.statistics.std:.4f})"
        left.axvline(float(np.median(sample.gaps)), color=colour, ls=style, lw=1.5, label=label)
    left.set(xlabel="gap, in units of the mean gap", ylabel="density", ylim=(0, 1.25))
    left.set_title("100,000 gaps from the first zero on", fontsize=10)
    left.legend(fontsize=8, loc="upper right")
    law = gap_law(places)
    for index, sample in enumerate([exact, *high]):
        shares = np.searchsorted(sample.gaps, places, side="right") / sample.gaps.size
        colour = plt.get_cmap("plasma")(0.9 * index / len(high))
        right.plot(places, shares - law, color=colour, lw=1.2, label=sample.name.split(", ")[1])
    right.axhline(0, color="black", lw=0.8)
    right.set(xlabel="gap, in units of the mean gap", ylabel="share of gaps below, less the exact law")
    right.set_title("True zeros are narrower than the law, the less the higher", fontsize=10)
    right.legend(fontsize=8)
    for axes in (left, right):
        axes.grid(alpha=0.3)
    save(figure, path)


def save(figure: plt.Figure, path: Path) -> None:
    """Write the picture."""
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=110)
