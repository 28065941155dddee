"""Multi-scale anomaly: how unlike its nearest neighbours in recent history a signature is."""

from __future__ import annotations

import math
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy_reference.encoder import SparseSignature

SparseDict = dict[int, float]


def norm(a: SparseDict) -> float:
    """Return the Euclidean length."""
    return math.sqrt(sum(v * v for v in a.values()))


def sparse_cosine(a: SparseDict, b: SparseDict) -> float:
    """Return the cosine of two sparse vectors, 0 where either is empty or zero."""
    if not a or not b:
        return 0.0
    dot = sum(a.get(key, 0.0) * b.get(key, 0.0) for key in set(a) | set(b))
    lengths = norm(a), norm(b)
    if 0.0 in lengths:
        return 0.0
    return dot / (lengths[0] * lengths[1])


class Ring:
    """The last ``capacity`` signatures of one scale."""

    def __init__(self, capacity: int):
        self.signatures: deque[SparseDict] = deque()
        self.capacity = capacity

    def push(self, signature: SparseDict) -> None:
        """Append one signature and drop the oldest above capacity."""
        self.signatures.append(signature)
        while len(self.signatures) > self.capacity:
            self.signatures.popleft()

    def mean_of_nearest(self, query: SparseDict, k: int) -> float:
        """Return the mean of the k largest cosines to the query, 0 for an empty ring."""
        if not self.signatures:
            return 0.0
        cosines = sorted((sparse_cosine(query, s) for s in self.signatures), reverse=True)
        k = max(1, min(k, len(cosines)))
        return sum(cosines[:k]) / float(k)


class MultiScaleAnomaly:
    """One ring a scale; a signature is scored against each, then pushed to each."""

    def __init__(self, scales: Iterable[int] = (64, 256, 1024), knn_k: int = 5):
        self.scales = list(scales)
        self.knn_k = int(knn_k)
        self.rings = {scale: Ring(int(scale)) for scale in self.scales}

    @staticmethod
    def to_dict(sig: SparseSignature) -> SparseDict:
        """Return the signature as position: elevation."""
        return {int(p): float(e) for p, e in zip(sig.positions, sig.elevations)}

    def update_and_score(self, sig: SparseSignature) -> tuple[float, dict[int, float]]:
        """Return the mean over scales of 1 - mean of the k largest cosines, and that score of each scale."""
        query = self.to_dict(sig)
        per_scale = {s: float(1.0 - ring.mean_of_nearest(query, self.knn_k)) for s, ring in self.rings.items()}
        for ring in self.rings.values():
            ring.push(query)
        combined = float(sum(per_scale.values()) / len(per_scale)) if per_scale else 0.0
        return combined, per_scale
