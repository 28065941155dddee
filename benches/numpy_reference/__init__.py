"""Every documented formula of both packages, written the slow and obvious way in NumPy and plain Python.

The tests hold the core to it, and the benchmarks race against it, so it keeps the loops that the seeds have: one
hashlib call an item, a dict of buckets, one dict cosine a pair, twelve scalar Newton steps an ordinal. Where the
documented behaviour departs from the published program (a NaN in a loss raises nothing), the reference follows the
documentation.
"""

from numpy_reference.anomaly import MultiScaleAnomaly, sparse_cosine
from numpy_reference.encoder import SparseEncoder, SparseSignature
from numpy_reference.entropy import entropy_rate
from numpy_reference.precursor import two_second_precursor
from numpy_reference.processivity import processivity
from numpy_reference.scorer import StreamScorer
from numpy_reference.snapshot import ANETSnapshot, f_total, snapshot
from numpy_reference.theta import theta_consistency
from numpy_reference.trace import anomaly_trace_from_rh, jolt
from numpy_reference.zeta import TAU, N_riemann, generate_gammas, invert_N_for_k, normalized_gaps

__all__ = [
    "TAU",
    "ANETSnapshot",
    "MultiScaleAnomaly",
    "N_riemann",
    "SparseEncoder",
    "SparseSignature",
    "StreamScorer",
    "anomaly_trace_from_rh",
    "entropy_rate",
    "f_total",
    "generate_gammas",
    "invert_N_for_k",
    "jolt",
    "normalized_gaps",
    "processivity",
    "snapshot",
    "sparse_cosine",
    "theta_consistency",
    "two_second_precursor",
]
