"""Zeta zeros, sparse signatures and multi-scale anomaly scores, by the names of the seed."""

from anet_lite._native import (
    TAU,
    MultiScaleAnomaly,
    N_riemann,
    SparseEncoder,
    SparseSignature,
    StreamScorer,
    StreamScorerPool,
    anomaly_trace_from_rh,
    generate_gammas,
    invert_N_for_k,
    normalized_gaps,
    sparse_cosine,
)

__all__ = [
    "TAU",
    "MultiScaleAnomaly",
    "N_riemann",
    "SparseEncoder",
    "SparseSignature",
    "StreamScorer",
    "StreamScorerPool",
    "anomaly_trace_from_rh",
    "generate_gammas",
    "invert_N_for_k",
    "normalized_gaps",
    "sparse_cosine",
]
