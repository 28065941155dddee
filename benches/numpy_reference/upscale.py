"""The naive twin of ``anet_lite.upscale``: as the formulas stand, one block after another."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
MASK = 2**64 - 1


def uniform(seed: int, places: NDArray[np.uint64]) -> Floats:
    """SplitMix64's numbers at these places, in [0, 1)."""
    with np.errstate(over="ignore"):
        word = np.uint64(seed) + np.uint64(0x9E3779B97F4A7C15) * (places.astype(np.uint64) + np.uint64(1))
        word = (word ^ (word >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        word = (word ^ (word >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return ((word ^ (word >> np.uint64(31))) >> np.uint64(11)).astype(float) * 2.0**-53


def coarse(samples: Floats, factor: int, kind: str, offset: int = 0) -> Floats:
    blocks = samples[offset : offset + (len(samples) - offset) // factor * factor].reshape(-1, factor)
    if kind == "sample":
        return blocks[:, 0].copy()
    means = np.zeros(len(blocks))
    for j in range(factor):
        means += blocks[:, j]
    return means / factor


def size(steps: Floats) -> float:
    """Return the root mean square of the steps that are there, added up in order."""
    total, count = 0.0, 0
    for step in steps[np.isfinite(steps)].tolist():
        total, count = total + step * step, count + 1
    return math.sqrt(total / max(count, 1))


class Moves:
    """The steps of a coarse series, and how large they are around each point."""

    def __init__(self, values: Floats, plain: bool = False) -> None:
        self.values, self.plain = values, plain
        self.steps = np.diff(values)
        self.whole = size(self.steps)

    def step(self, i: int) -> float:
        """Return the step to point i; 0 beyond the ends."""
        return float(self.steps[i - 1]) if 1 <= i < len(self.values) else 0.0

    def scale(self, i: int) -> float:
        """Return the local size of steps."""
        if self.plain:
            return 1.0
        return max(size(self.steps[max(i - 32, 1) - 1 : i + 32]), 0.01 * self.whole)

    def context(self, i: int, kind: str) -> list[float]:
        """Return the steps around point i, over their size."""
        scale = self.scale(i)
        steps = [self.step(i), self.step(i + 1), self.step(i + 2) if kind == "sample" else 0.0]
        return [step / scale if math.isfinite(step) and scale > 0 else 0.0 for step in steps]

    def base(self, i: int, kind: str, factor: int) -> Floats:
        """Return what a shape is added to."""
        step = self.step(i + 1) if kind == "sample" else 0.0
        return self.values[i] + (step / factor if math.isfinite(step) else 0.0) * np.arange(factor)


def is_still(reference: Floats, factor: int, kind: str) -> bool:
    return Moves(coarse(reference, factor, kind)).whole <= 1e-9 * (np.nanmax(reference) - np.nanmin(reference))


def library(reference: Floats, factor: int, kind: str, plain: bool) -> list[tuple[list[float], Floats, float]]:
    """Context, shape and join of each block."""
    found = []
    for offset in range(0, factor, max(1, factor // 4)):
        moves = Moves(coarse(reference, factor, kind, offset), plain)
        for i in range(2, len(moves.values) - 3):
            first = offset + i * factor
            around = moves.values[i - 1 : i + (3 if kind == "sample" else 2)]
            if not (np.isfinite(reference[first - 1 : first + factor]).all() and np.isfinite(around).all()):
                continue
            block, scale = reference[first : first + factor], moves.scale(i)
            shape = (block - moves.base(i, kind, factor)) / scale
            found.append((moves.context(i, kind), shape, (block[0] - reference[first - 1]) / scale))
    count = min(len(found), 4096)
    return [found[n * len(found) // count] for n in range(count)]


def fragments(series: Floats, factor: int, reference: Floats, kind: str, seed: int) -> Floats:
    plain = is_still(reference, factor, kind)
    blocks, moves = library(reference, factor, kind, plain), Moves(series, plain)
    contexts = np.array([context for context, _, _ in blocks])
    draws = uniform(seed, np.arange(len(series)))
    made: list[Floats] = []
    for i, point in enumerate(series.tolist()):
        if not math.isfinite(point):
            made.append(np.full(factor, np.nan))
            continue
        scale, apart = moves.scale(i), contexts - np.array(moves.context(i, kind))
        far = apart[:, 0] * apart[:, 0] + apart[:, 1] * apart[:, 1] + apart[:, 2] * apart[:, 2]
        near = np.argsort(far, kind="stable")[:16].tolist()
        if kind == "mean" and made and not np.isnan(last := made[-1][-1]):
            near = sorted(near, key=lambda b: abs(point + blocks[b][1][0] * scale - last - blocks[b][2] * scale))[:4]
        shape = blocks[near[int(draws[i] * len(near))]][1]
        made.append(moves.base(i, kind, factor) + shape * scale)
    return fitted(np.concatenate(made), series, factor, kind)


def fitted(values: Floats, series: Floats, factor: int, kind: str) -> Floats:
    blocks = values.reshape(-1, factor).copy()
    blocks[~np.isfinite(series)] = np.nan
    if kind == "mean":
        return (blocks + (series - blocks.mean(1))[:, None]).ravel()
    blocks[:, 0] = series
    return blocks.ravel()


def filled(series: Floats) -> Floats:
    there = np.flatnonzero(np.isfinite(series))
    return np.interp(np.arange(len(series)), there, series[there])


def density(reference: Floats, length: int) -> Floats:
    """S at the frequencies 0 to length - 1, over length."""
    series = filled(reference) - filled(reference).mean()
    mirrored = np.concatenate([series, series[::-1]])
    power = np.abs(np.fft.rfft(mirrored)[:-1]) ** 2 / len(mirrored) / np.isfinite(reference).mean()
    bins: dict[int, list[int]] = {}
    for k in range(1, len(power)):
        bins.setdefault(math.floor(6 * math.log2(k)), []).append(k)
    floor = 1e-9 * power.mean()
    centre = [np.mean(np.log(np.array(each) / len(mirrored))) for each in bins.values()]
    level = [np.log(max(power[each].mean(), floor)) for each in bins.values()]
    k = np.arange(length)
    frequency = np.maximum(np.minimum(k, length - k), 1) / length
    return np.exp(np.interp(np.log(frequency), centre, level))


def spectral(series: Floats, factor: int, reference: Floats, kind: str, seed: int) -> Floats:
    plain = is_still(reference, factor, kind)
    points, length = 2 * len(series), 2 * len(series) * factor
    whole = 1.0 if plain else Moves(coarse(reference, factor, kind)).whole
    moves = Moves(series, plain)
    ratio = np.array([moves.scale(i) / whole for i in range(len(series))])
    power = density(reference, length)
    half = np.arange(length // 2 + 1)
    first, second = uniform(seed, 2 * half), uniform(seed, 2 * half + 1)
    white = np.sqrt(-2 * np.log(1 - first)) * np.exp(2j * np.pi * second) * np.sqrt(length / 2)
    white[[0, -1]] = white[[0, -1]].real * np.sqrt(2)
    noise = np.fft.irfft(np.sqrt(power[half]) * white, length)
    noise *= np.repeat(np.concatenate([ratio, ratio[::-1]]), factor)
    frequency = np.arange(length) / length
    seen = np.exp(2j * np.pi * np.outer(np.arange(factor), frequency)).mean(0) if kind == "mean" else np.ones(length)
    mean = filled(series).mean()
    mirrored = np.concatenate([filled(series), filled(series)[::-1]])
    residual = np.fft.fft(mirrored - mean - coarse(noise, factor, kind))
    folded = (np.abs(seen) ** 2 * power).reshape(factor, points).sum(0)
    gain = power * seen.conj() * factor / np.tile(folded, factor)
    bent = mean + noise + np.fft.ifft(gain * np.tile(residual, factor)).real
    return fitted(bent[: length // 2], series, factor, kind)
