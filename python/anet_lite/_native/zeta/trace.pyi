"""Scores of the gaps between heights."""

from collections.abc import Iterable
from typing import Literal, SupportsIndex

def anomaly_trace_from_rh(
    K_zeros: SupportsIndex = 3000,
    window: SupportsIndex = 256,
    scales: Iterable[SupportsIndex] = (64, 256, 1024),
    dim: SupportsIndex = 4096,
    topk: SupportsIndex = 128,
    knn_k: SupportsIndex = 5,
    seed: str = "rh_sparse_demo",
    inject_jolt: bool = True,
    method: Literal["newton", "centred", "exact"] = "newton",
) -> list[tuple[int, float, dict[int, float]]]:
    """Score each window of normalised zeta gaps against the windows before it.

    The gaps ``normalized_gaps(generate_gammas(K_zeros, method))`` are cut into the windows ``gaps[i - window : i]`` for
    ``i = window, window + 1, ...``; each is encoded by ``SparseEncoder(dim, topk, seed)`` and scored by
    ``MultiScaleAnomaly(scales, knn_k)``. The last gap is never scored.

    Args:
        K_zeros: Number of heights to generate.
        window: Gaps in a window, at least 1.
        scales: How many of the latest windows each score looks back on, each at least 1.
        dim: Number of positions of a signature, at least 1.
        topk: Most positions that a signature holds.
        knn_k: How many nearest windows a score averages; clipped to what a scale holds.
        seed: Key of the hash, at most 64 bytes in UTF-8.
        inject_jolt: Stretch eight gaps in the middle by 1.8, an event for the trace to show. It shows as a fall of the
            score: eight wide gaps outweigh the rest of their windows and make these windows alike.
        method: How heights are found; ``"newton"`` gives the published bits here for any ``K_zeros``.

    Returns:
        For each window ``(i, combined, {scale: score})``: 1 is new, 0 has been seen; ``combined`` is the mean over
        scales.

    Raises:
        TypeError: An argument is of the wrong type.
        ValueError: An argument is out of its range, or ``K_zeros`` gives fewer than ``window + 2`` gaps.

    Example:
        >>> from rh_sparse_anomaly import anomaly_trace_from_rh
        >>> trace = anomaly_trace_from_rh(K_zeros=420, window=64, scales=(16, 64), dim=1024, topk=48)
        >>> len(trace)
        355
        >>> trace[0]
        (64, 1.0, {16: 1.0, 64: 1.0})
        >>> lowest = min(trace, key=lambda row: row[1])
        >>> 209 < lowest[0] <= 217 + 64  # while the eight stretched gaps, 209 to 216, are in the window
        True
    """
