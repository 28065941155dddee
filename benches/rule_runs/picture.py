"""The picture of a fault: the signal that shows it, where it begins, and where its rule fires first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from PIL import Image

from rule_runs.healthy import healthy

if TYPE_CHECKING:
    from pathlib import Path

    from rule_runs.faults import Fault
    from rule_runs.fired import Fired

INK, PALE, RED = "#24344d", "#b9c4d6", "#c2410c"


def draw(fault: Fault, fired: Fired, path: Path) -> None:
    """Write the picture: dark is the run, pale its healthy twin where it has one."""
    figure, axes = plt.subplots(figsize=(6.4, 1.9), dpi=100, layout="constrained")
    end = min(len(fired.run["loss"]), fired.row + 60)
    at, values = np.arange(end), fired.run[fault.signal][:end]
    if fault.signal in (twin := healthy()):
        axes.plot(at, twin[fault.signal][:end], color=PALE, lw=0.8)
    shown = ~np.isnan(values)
    axes.plot(at[shown], values[shown], color=INK, lw=0.9)
    axes.axvline(fault.row, color="0.35", ls=":", lw=1.2)
    axes.axvline(fired.row, color=RED, lw=1.4)
    axes.set_title(
        f"fault from row {fault.row} (dotted), {fault.rule} in row {fired.row} (red)", fontsize=9, loc="left"
    )
    axes.set_ylabel(fault.signal, fontsize=9)
    axes.tick_params(labelsize=8)
    axes.margins(x=0.01)
    if fault.logarithmic:
        axes.set_yscale("log")
    figure.canvas.draw()
    Image.fromarray(np.asarray(figure.canvas.buffer_rgba())[..., :3]).quantize(32).save(path, optimize=True)
    plt.close(figure)
