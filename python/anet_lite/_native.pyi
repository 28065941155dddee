"""The compiled core. Its docstrings live here: the build copies them into the module, so ``help()`` shows the same."""

from collections.abc import Iterable
from typing import SupportsFloat, SupportsIndex

from numpy import float64
from numpy.typing import ArrayLike, NDArray

__version__: str

# --- errors -----------------------------------------------------------------------------------------------------------

class AnetError(Exception):
    """Base class of every error that anet_lite and rh_sparse_anomaly raise."""

class AnetValueError(AnetError, ValueError):
    """An argument of the right type whose value cannot be used."""

class AnetTypeError(AnetError, TypeError):
    """An argument of the wrong type."""

# --- metric -----------------------------------------------------------------------------------------------------------

# --- sparse -----------------------------------------------------------------------------------------------------------

# --- trace ------------------------------------------------------------------------------------------------------------

def anomaly_trace_from_rh(
    K_zeros: SupportsIndex = 3000,
    window: SupportsIndex = 256,
    scales: Iterable[SupportsIndex] = (64, 256, 1024),
    dim: SupportsIndex = 4096,
    topk: SupportsIndex = 128,
    knn_k: SupportsIndex = 5,
    seed: str = "rh_sparse_demo",
    inject_jolt: bool = True,
) -> list[tuple[int, float, dict[int, float]]]:
    """Score each window of normalised zeta gaps against the windows before it.

    The gaps ``normalized_gaps(generate_gammas(K_zeros))`` are cut into the windows ``gaps[i - window : i]`` for
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

# --- zeta -------------------------------------------------------------------------------------------------------------

TAU: float

def N_riemann(T: SupportsFloat | SupportsIndex) -> float:
    """Count the zeta zeros up to height ``T``, smoothly.

    The smooth part of the Riemann-von Mangoldt formula: ``x ln x - x + 7/8`` with ``x = T / 2 pi``.

    Args:
        T: Height on the critical line, any real number.

    Returns:
        The mean count, not an integer; 0.0 for ``T <= 0``, NaN for NaN and infinity.

    Raises:
        TypeError: ``T`` is not a real number.
        ValueError: ``T`` is an integer that no float64 can hold.

    Example:
        >>> from rh_sparse_anomaly import N_riemann
        >>> round(N_riemann(100.0), 3)  # 29 zeros lie below 100
        29.002

    Source: H. M. Edwards, *Riemann's Zeta Function* (1974), section 6.6.
    """

def invert_N_for_k(k: SupportsFloat | SupportsIndex, iters: SupportsIndex = 12) -> float:
    """Return the height at which the smooth count reaches ``k``, by Newton's method.

    ``T <- T - (N(T) - k) 2 pi / ln(T / 2 pi)``, from ``T = 2 pi max(2.5, k / max(1, ln max(k, 3)))``.

    The smooth count reaches ``k`` about half a zero past the ``k``-th zero: the first result is 17.85, the first zero
    14.13. That is the published definition.

    Args:
        k: Ordinal, counted from 1; any real number.
        iters: Number of Newton steps. 0 or less gives the starting height. About five suffice; the rest decides the
            last bit, which is the published program's wherever its logarithm is the C library's.

    Returns:
        The height; 0.0 for ``k < 1``, NaN for NaN and infinity.

    Raises:
        TypeError: ``k`` is not a real number or ``iters`` is not an integer.
        ValueError: ``k`` is an integer that no float64 can hold.

    Example:
        >>> from rh_sparse_anomaly import invert_N_for_k
        >>> invert_N_for_k(1)
        17.84783651284962
        >>> invert_N_for_k(1, iters=0) == 5 * 3.141592653589793
        True
    """

def generate_gammas(K: SupportsIndex) -> NDArray[float64]:
    """Return the heights of the ordinals 1 to ``K``: ``invert_N_for_k(k)`` for each.

    Smooth values that stand in for zeta zeros: they increase, and their density is that of the zeros, but their gaps
    are all about the mean gap.

    Args:
        K: How many, at least 0.

    Returns:
        A float64 array of ``K`` heights.

    Raises:
        TypeError: ``K`` is not an integer.
        ValueError: ``K`` is negative, or too large for the memory.

    Example:
        >>> from rh_sparse_anomaly import generate_gammas
        >>> generate_gammas(3)
        array([17.84783651, 23.17166082, 27.67119804])
    """

def normalized_gaps(gammas: ArrayLike) -> NDArray[float64]:
    """Return the gaps between neighbouring heights in units of the mean gap there.

    ``s[k] = (gammas[k + 1] - gammas[k]) ln(gammas[k] / 2 pi) / 2 pi``.

    Heights that are NaN, infinite or not positive are left out before the gaps are taken; gaps that are not finite and
    positive are left out afterwards. Heights need not be sorted.

    Args:
        gammas: Heights: a one-dimensional series of real numbers.

    Returns:
        A float64 array of at most ``len(gammas) - 1`` gaps, empty for fewer than two usable heights.

    Raises:
        TypeError: ``gammas`` is not a series of real numbers.
        ValueError: ``gammas`` is not one-dimensional.

    Example:
        >>> from rh_sparse_anomaly import normalized_gaps
        >>> normalized_gaps([14.134725, 21.022040, 25.010858])
        array([0.88871198, 0.7666928 ])
    """
