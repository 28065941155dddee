"""Ways from means back to samples: ours, and what a user would take instead."""

from __future__ import annotations

import warnings
from typing import Callable

import numpy as np
from numpy.typing import NDArray

from anet_lite._native import upscale_series

Floats = NDArray[np.float64]
Method = Callable[[Floats, int, Floats], Floats]
PIECE = 100
"""Points that Denton is given at once: it solves dense equations."""


def _ours(method: str) -> Method:
    return lambda points, factor, reference: upscale_series(points, factor, reference, "mean", method)[0]


def _centres(points: Floats, factor: int) -> tuple[Floats, Floats]:
    """Where the points stand, and where samples are wanted."""
    return np.arange(len(points)) * factor + (factor - 1) / 2, np.arange(len(points) * factor, dtype=float)


def linear(points: Floats, factor: int, _: Floats) -> Floats:
    """Interpolate with lines."""
    centres, samples = _centres(points, factor)
    return np.interp(samples, centres, points)


def cubic(points: Floats, factor: int, _: Floats) -> Floats:
    """Interpolate with a cubic spline."""
    from scipy.interpolate import CubicSpline

    centres, samples = _centres(points, factor)
    return CubicSpline(centres, points)(samples)


def resample(points: Floats, factor: int, _: Floats) -> Floats:
    """Pad the spectrum with zeros."""
    from scipy.signal import resample

    return np.roll(resample(points, len(points) * factor), factor // 2)


def denton(points: Floats, factor: int, _: Floats) -> Floats:
    """Take the smoothest series with these means (tempdisagg), piece by piece."""
    import pandas
    from tempdisagg import TempDisaggModel

    made = []
    for first in range(0, len(points), PIECE):
        piece = points[first : first + PIECE]
        grain = np.tile(np.arange(1, factor + 1), len(piece))
        frame = pandas.DataFrame({"Index": np.repeat(np.arange(len(piece)), factor), "Grain": grain,
                                  "y": np.repeat(piece, factor), "X": 1.0})  # fmt: skip
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model = TempDisaggModel(method="denton", conversion="average")
            model.fit(frame)
            made.append(np.asarray(model.predict()).ravel())
    return np.concatenate(made)


METHODS: dict[str, Method] = {
    "**fragments**": _ours("fragments"),
    "**spectral**": _ours("spectral"),
    "linear": linear,
    "cubic": cubic,
    "scipy.signal.resample": resample,
    "Denton (tempdisagg)": denton,
}


def available() -> dict[str, Method]:
    """Return those whose packages are there."""
    found = {}
    for name, method in METHODS.items():
        try:
            method(np.sin(np.arange(40.0)), 4, np.cos(np.arange(400.0) ** 1.1))
        except ImportError:
            continue
        found[name] = method
    return found
