"""Zeros of the Riemann zeta function, and what is asked of them.

``zeros`` gives a ``zero_range`` by ordinals or between two heights, with as many ``decimals`` as are wanted;
``ordinal_at`` says which zero a height is. ``argument`` and ``gram_blocks`` tell where zeros leave their usual places;
``gap_statistics`` and ``pair_correlation`` compare them with the ``laws`` of random matrices (GUE). Hardy's function,
its phase, Gram points and the count are those of ``rh_sparse_anomaly``, where the names of the seed are.
"""

from anet_lite._native import gram_point, hardy_z, riemann_siegel_theta, zero_count
from anet_lite.zeta.argument import argument
from anet_lite.zeta.gap_statistics import GapStatistics, gap_statistics
from anet_lite.zeta.gram_blocks import GramBlocks, gram_blocks
from anet_lite.zeta.laws import gap_law, pair_law, wigner_density, wigner_surmise
from anet_lite.zeta.ordinal_at import ordinal_at
from anet_lite.zeta.pair_correlation import PairCorrelation, pair_correlation
from anet_lite.zeta.zero_range import ZeroRange, zeros, zeros_between

__all__ = [
    "GapStatistics",
    "GramBlocks",
    "PairCorrelation",
    "ZeroRange",
    "argument",
    "gap_law",
    "gap_statistics",
    "gram_blocks",
    "gram_point",
    "hardy_z",
    "ordinal_at",
    "pair_correlation",
    "pair_law",
    "riemann_siegel_theta",
    "wigner_density",
    "wigner_surmise",
    "zero_count",
    "zeros",
    "zeros_between",
]
