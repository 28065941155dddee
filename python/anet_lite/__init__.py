"""Detects, records and explains the moment a model or a stream starts to fail."""

from anet_lite._native import (
    AnetError,
    ANETSnapshot,
    StreamScore,
    StreamScorer,
    StreamScorerPool,
    StreamScores,
    __version__,
    entropy_rate,
    f_total,
    processivity,
    snapshot,
    theta_consistency,
    two_second_precursor,
)

__all__ = [
    "ANETSnapshot",
    "AnetError",
    "StreamScore",
    "StreamScorer",
    "StreamScorerPool",
    "StreamScores",
    "__version__",
    "entropy_rate",
    "f_total",
    "processivity",
    "snapshot",
    "theta_consistency",
    "two_second_precursor",
]
