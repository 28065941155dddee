"""How like the truth upscaled series are: the second half of each, by the first as reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from anet_lite import theta_consistency

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from upscale.methods import Floats, Method

FACTOR = 10
WINDOW, PEERS = 64, 16
"""Samples of a window whose ϑ is taken, and windows of the truth that it is compared with."""


def theta(samples: Floats, truth: Floats) -> float:
    """Return the median ϑ of windows to windows of the truth elsewhere."""
    starts = np.arange(0, len(truth) - WINDOW + 1, WINDOW)
    found = []
    for start in starts:
        far = starts[np.abs(starts - start) >= WINDOW]
        peers = far[np.linspace(0, len(far) - 1, PEERS).astype(int)]
        window = samples[start : start + WINDOW]
        found.append(np.median([theta_consistency(window, truth[peer : peer + WINDOW]) for peer in peers]))
    return float(np.median(found))


def power_above(samples: Floats, truth: Floats) -> float:
    """Return the power above the coarse series' band over that of the truth, in decibels."""
    first = len(truth) // (2 * FACTOR)
    powers = [(np.abs(np.fft.rfft(x - x.mean())) ** 2)[first:].sum() for x in (samples, truth)]
    return float(10 * np.log10(powers[0] / powers[1]))


def measures(samples: Floats, truth: Floats) -> dict[str, float]:
    """Return ϑ, power, size of steps, the error, and how far means are off."""
    step = np.diff(truth).std()
    means = np.abs((samples - truth).reshape(-1, FACTOR).mean(1)).max()
    return {
        "ϑ with the truth": theta(samples, truth),
        "power above the coarse band, dB": power_above(samples, truth),
        "size of steps over the truth's": float(np.diff(samples).std() / step),
        "RMSE, sd of steps": float(np.sqrt(((samples - truth) ** 2).mean()) / step),
        "largest error of a mean, sd of steps": float(means / step),
    }


def table(series: Sequence[Floats], methods: dict[str, Method]) -> Iterator[str]:
    """Yield the table of medians over series."""
    halves = [(x[: len(x) // 2], x[len(x) // 2 :]) for x in (x[: len(x) // 20 * 20] for x in series)]
    rows = {"(the truth with itself)": [measures(truth, truth) for _, truth in halves]}
    for name, method in methods.items():
        made = (method(truth.reshape(-1, FACTOR).mean(1), FACTOR, reference) for reference, truth in halves)
        rows[name] = [measures(samples, truth) for samples, (_, truth) in zip(made, halves)]
    heads = list(next(iter(rows.values()))[0])
    yield f"| means of {FACTOR} | {' | '.join(heads)} |"
    yield "|---|" + "---|" * len(heads)
    for name, found in rows.items():
        cells = [float(np.median([each[head] for each in found])) for head in heads]
        yield f"| {name} | {' | '.join(f'{cell:.3f}' if abs(cell) >= 5e-4 else f'{cell:.0e}' for cell in cells)} |"
