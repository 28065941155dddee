"""Peers' rules, written from their published descriptions: each gives a strength a row, and rings above its line."""

from __future__ import annotations

import math
from typing import Callable, NamedTuple

import numpy as np

from anet_lite import Monitor
from failure_zoo.runs import COLUMNS, Array
from failure_zoo.score import Detector, incidents

Strength = Callable[[Array], Array]
LOSS, GRAD = COLUMNS.index("loss"), COLUMNS.index("grad_norm")


class Opponent(NamedTuple):
    """A rule, the line at which it is published, and the lines that tuning may choose from."""

    name: str
    strength: Strength
    line: float
    lines: tuple[float, ...]


_KNOWN: dict[tuple[Strength, int], Array] = {}


def once(strength: Strength) -> Strength:
    """The same, computed once for each of the runs, which live as long as the program."""

    def known(rows: Array) -> Array:
        key = (strength, id(rows))
        if key not in _KNOWN:
            with np.errstate(all="ignore"):
                _KNOWN[key] = strength(rows)
        return _KNOWN[key]

    return known


def _before(series: Array, window: int, statistic: Callable[[Array], Array]) -> Array:
    """The statistic of the `window` values before each row; NaN where there are fewer."""
    out = np.full(len(series), np.nan)
    if len(series) > window:
        views = np.lib.stride_tricks.sliding_window_view(series, window)[:-1]
        out[window:] = statistic(views)
    return out


def nonfinite(rows: Array) -> Array:
    return (~np.isfinite(rows[:, :4])).any(1).astype(float)


def lightning(rows: Array) -> Array:
    """Lightning's SpikeDetection: loss over the mean of the last 10, or not finite."""
    mean = _before(rows[:, LOSS], 10, lambda v: v.mean(1))
    return np.where(np.isfinite(rows[:, LOSS]), rows[:, LOSS] / mean, np.inf)


def olmo(rows: Array) -> Array:
    """OLMo-core's StabilityMonitor: standard deviations above the last 128, of loss or gradient norm."""
    parts = []
    for column in (LOSS, GRAD):
        x = rows[:, column]
        parts.append((x - _before(x, 128, lambda v: v.mean(1))) / _before(x, 128, lambda v: v.std(1)))
    return np.fmax(*parts)


def zclip(rows: Array) -> Array:
    """ZClip: z of the gradient norm against its exponential averages, after 25 rows; NaN stays in them for ever."""
    out, mean, square = np.full(len(rows), np.nan), 0.0, 0.0
    norms = rows[:, GRAD]
    mean, square = float(norms[:25].mean()), float(norms[:25].var())
    for row in range(25, len(rows)):
        x = float(norms[row])
        out[row] = (x - mean) / math.sqrt(square) if square > 0 else math.nan
        mean = 0.97 * mean + 0.03 * x
        square = 0.97 * square + 0.03 * (x - mean) ** 2
    return out


def llm_foundry(rows: Array) -> Array:
    """llm-foundry's loss spikes: loss over the mean of a window of at least 100, for five batches."""
    window = max(100, len(rows) // 20)
    ratio = rows[:, LOSS] / _before(rows[:, LOSS], window, lambda v: v.mean(1))
    out = np.full(len(rows), np.nan)
    out[4:] = np.lib.stride_tricks.sliding_window_view(ratio, 5).min(1)
    return out


def megatron(rows: Array) -> Array:
    """Megatron's spike detector: loss over the largest of the first 100."""
    out = rows[:, LOSS] / np.nanmax(rows[:100, LOSS])
    out[:100] = np.nan
    return out


def published_loop(rows: Array) -> Array:
    """The README's loop: theta below 0.6 or z above 2.5, each as a ratio to its line."""
    monitor, out = Monitor(), np.full(len(rows), np.nan)
    for at, row in enumerate(rows.tolist()):
        snap = monitor.update(*row[:4])
        if at >= 100:
            theta, z = snap.theta, snap.zscore
            out[at] = max(0.6 / theta if theta > 0 else math.nan, z / 2.5)
    return out


def page_hinkley(rows: Array) -> Array:
    """River's PageHinkley, upward: the statistic over its threshold, on the loss."""
    from river.drift import PageHinkley

    return _river(rows, lambda threshold: PageHinkley(threshold=threshold, mode="up"), (50, 100, 200, 500, 1000, 5000))


def adwin(rows: Array) -> Array:
    """River's ADWIN on the loss, where its mean rises."""
    from river.drift import ADWIN

    return _river(rows, lambda delta: ADWIN(delta=delta), (2e-3, 1e-4, 1e-6, 1e-9, 1e-12, 1e-20))


def _river(rows: Array, make: Callable[[float], object], settings: tuple[float, ...]) -> Array:
    """The strictest setting that rings, counted from the published one: a strength of 1 is that one."""
    out = np.zeros(len(rows))
    for place, setting in enumerate(settings):
        detector = make(setting)
        before = math.nan
        for at, x in enumerate(rows[:, LOSS].tolist()):
            if math.isfinite(x):
                detector.update(x)  # type: ignore[attr-defined]
                now = float(getattr(detector, "estimation", x))
                if detector.drift_detected and not now < before:  # type: ignore[attr-defined]
                    out[at] = max(out[at], place + 1)
                before = now
    return out


#: Those of them that keep to one false alarm per 10,000 healthy steps at their published line.
QUIET: dict[Strength, float] = {nonfinite: 0.5, llm_foundry: 2, megatron: 10, page_hinkley: 0.5, adwin: 0.5}


def quiet_five(rows: Array) -> Array:
    """The quiet rules together: the loudest of them in units of its published line."""
    return np.fmax.reduce([once(rule)(rows) / line for rule, line in QUIET.items()])


GEOMETRIC = tuple(1.25**power for power in range(40))
OPPONENTS = [
    Opponent("non-finite only", nonfinite, 0.5, (0.5,)),
    Opponent("Lightning, 3 x mean of 10", lightning, 3, GEOMETRIC),
    Opponent("OLMo-core, mean + 6 sigma of 128", olmo, 6, GEOMETRIC),
    Opponent("ZClip, z > 2.5", zclip, 2.5, GEOMETRIC),
    Opponent("llm-foundry, 2 x for 5", llm_foundry, 2, GEOMETRIC),
    Opponent("Megatron, 10 x max of first 100", megatron, 10, GEOMETRIC),
    Opponent("published loop, theta < 0.6 or z > 2.5", published_loop, 1, GEOMETRIC),
    Opponent("river PageHinkley upward", page_hinkley, 0.5, (0.5, 1.5, 2.5, 3.5, 4.5, 5.5)),
    Opponent("river ADWIN upward", adwin, 0.5, (0.5, 1.5, 2.5, 3.5, 4.5, 5.5)),
    Opponent("the five quiet ones together", quiet_five, 1, (1,)),
]


class Rule:
    """An opponent at a line, with the strength of every run computed once."""

    def __init__(self, opponent: Opponent) -> None:
        self.strength = once(opponent.strength)

    def at(self, line: float) -> Detector:
        """The detector that rings above a line."""

        def detect(rows: Array) -> list[int]:
            return incidents(self.strength(rows) > line)

        return detect
