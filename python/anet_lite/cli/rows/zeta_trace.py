"""The zeta trace as a stream of rows: the same numbers as ``anomaly_trace_from_rh``, which gives them all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rh_sparse_anomaly as rh
from anet_lite import StreamDetector
from anet_lite.cli.options.options import Method

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy import float64
    from numpy.typing import NDArray

    from anet_lite.cli.rows.value import Value

JOLT_GAPS, JOLT_FACTOR = 8, 1.8
"""How many gaps the jolt stretches, and how far: the seed's values."""


def gaps_of(zeros: int, jolt: bool, method: Method = Method.newton) -> NDArray[float64]:
    """Return the normalized gaps between the first zeros, jolted in the middle where that is asked for."""
    gaps = rh.normalized_gaps(rh.generate_gammas(zeros, method.value))
    middle = gaps.size // 2
    if jolt:
        gaps[middle : min(middle + JOLT_GAPS, gaps.size - 1)] *= JOLT_FACTOR
    return gaps


def rows(
    gaps: NDArray[float64], window: int, encoder: rh.SparseEncoder, scorer: rh.MultiScaleAnomaly
) -> Iterator[dict[str, Value]]:
    """Score each window that ends before a gap, and name it by that gap's index."""
    for index in range(window, gaps.size):
        combined, per_scale = scorer.update_and_score(encoder.encode(gaps[index - window : index]))
        yield {"index": index, "combined": combined, **{f"scale_{scale}": s for scale, s in per_scale.items()}}


def detected(rows: Iterator[dict[str, Value]], gaps: NDArray[float64]) -> Iterator[dict[str, Value]]:
    """Add to each row a stream detector's score and p-value of the newest gap of its window."""
    found = StreamDetector().push_many(gaps, parts=False)
    for row in rows:
        newest = int(row["index"]) - 1
        yield {**row, "detector": float(found.score[newest]), "p_value": float(found.p_value[newest])}
