"""The anomaly score of a stream, one sample at a time."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from numpy_reference.anomaly import MultiScaleAnomaly
from numpy_reference.encoder import SparseEncoder

if TYPE_CHECKING:
    from collections.abc import Iterable


class StreamScorer:
    """Encodes the last ``window`` samples at every push and scores the signature."""

    def __init__(
        self,
        window: int = 256,
        dimension: int = 4096,
        max_positions: int = 128,
        scales: Iterable[int] = (64, 256, 1024),
        knn_k: int = 5,
        seed: str = "rh_sparse",
    ):
        self.samples: deque[float] = deque(maxlen=window)
        self.encoder = SparseEncoder(dimension, max_positions, seed)
        self.anomaly = MultiScaleAnomaly(scales, knn_k)

    def push(self, x: float) -> tuple[float, dict[int, float]] | None:
        """Return (combined, score of each scale), or None until the window is full."""
        self.samples.append(x)
        if len(self.samples) < (self.samples.maxlen or 0):
            return None
        return self.anomaly.update_and_score(self.encoder.encode(list(self.samples)))
