"""End to end: zeta gaps, sliding windows, signatures, scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numpy_reference.anomaly import MultiScaleAnomaly
from numpy_reference.encoder import SparseEncoder
from numpy_reference.zeta import generate_gammas, normalized_gaps

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    import numpy.typing as npt


def jolt(gaps: npt.NDArray[np.float64]) -> None:
    """Stretch eight gaps in the middle by 1.8, in place: the event that the trace should show."""
    start = gaps.size // 2
    gaps[start : start + min(8, gaps.size - start - 1)] *= 1.8


def anomaly_trace_from_rh(
    K_zeros: int = 3000,
    window: int = 256,
    scales: Iterable[int] = (64, 256, 1024),
    dim: int = 4096,
    topk: int = 128,
    knn_k: int = 5,
    seed: str = "rh_sparse_demo",
    inject_jolt: bool = True,
) -> list[tuple[int, float, dict[int, float]]]:
    """Return (i, combined, score of each scale) for the window of gaps [i - window, i), for each i but the last end."""
    gaps = normalized_gaps(generate_gammas(K_zeros))
    if gaps.size < window + 2:
        raise ValueError(f"K_zeros must give at least window + 2 = {window + 2} gaps, got {gaps.size}")
    if inject_jolt:
        jolt(gaps)
    encoder = SparseEncoder(dim, topk, seed)
    anomaly = MultiScaleAnomaly(scales, knn_k)
    windows = ((i, gaps[i - window : i]) for i in range(window, gaps.size))
    return [(i, *anomaly.update_and_score(encoder.encode(w))) for i, w in windows]
