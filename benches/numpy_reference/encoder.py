"""Sparse signatures: hash every sample of a window three times, keep the positions of the highest elevations."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass
class SparseSignature:
    """Positions in [0, dimension) with an elevation each, highest first."""

    positions: list[int]
    elevations: list[float]
    dimension: int
    sparsity: float
    version: str = "sparse-minimal-0.1"
    salt_id: str = "rh_sparse"


def channels(x: npt.NDArray[np.float64]) -> dict[str, npt.NDArray[np.float64]]:
    """Return what is hashed: distance from the mean, distance from the median and step, each squashed by tanh."""
    std = float(np.std(x) + 1e-9)
    median = float(np.median(x))
    mad = float(np.mean(np.abs(x - median)) + 1e-9)
    step = np.diff(x, prepend=x[:1])
    return {
        "z": np.tanh(np.abs((x - float(np.mean(x))) / std)),
        "q": np.tanh(np.abs((x - median) / mad)),
        "dz": np.tanh(np.abs(step / (std + 1e-9))) * 0.8,
    }


class SparseEncoder:
    """Deterministic hashing of a window into a sparse signature."""

    def __init__(self, dimension: int = 4096, max_positions: int = 128, seed: str = "rh_sparse"):
        self.D = int(dimension)
        self.K = int(max_positions)
        self.seed = str(seed)

    def _hpos(self, i: int, tag: str, val: float) -> int:
        digest = hashlib.blake2b(digest_size=8, key=self.seed.encode())
        digest.update(f"{self.seed}|{tag}|{i}|{val:.6f}".encode())
        return int.from_bytes(digest.digest(), "big") % self.D

    def buckets(self, x: npt.NDArray[np.float64]) -> dict[int, float]:
        """Return the highest elevation of each position, in the order in which positions were first hit."""
        highest: dict[int, float] = {}
        for tag, elevations in channels(x).items():
            for i, elevation in enumerate(elevations):
                if elevation <= 0.0:
                    continue
                position = self._hpos(i, tag, elevation)
                highest[position] = max(highest.get(position, 0.0), float(elevation))
        return highest

    def encode(self, x: npt.ArrayLike) -> SparseSignature:
        """Return the signature of one window; samples that are not finite count as 0."""
        window = np.array(x, dtype=float)
        window[~np.isfinite(window)] = 0.0
        with np.errstate(all="ignore"):
            buckets = self.buckets(window) if window.size else {}
        # sorted is stable: of two equal elevations the position entered first stays first.
        best = sorted(buckets.items(), key=lambda item: item[1], reverse=True)[: self.K]
        positions, elevations = [p for p, _ in best], [e for _, e in best]
        return SparseSignature(positions, elevations, self.D, len(best) / float(self.D), salt_id=self.seed)
