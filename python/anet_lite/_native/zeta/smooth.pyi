"""Smooth heights that stand in for zeta zeros, and the gaps between heights."""

from typing import Literal, SupportsFloat, SupportsIndex

from numpy import float64
from numpy.typing import ArrayLike, NDArray

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

def generate_gammas(
    K: SupportsIndex,
    method: Literal["newton", "centred", "exact"] = "newton",
    out: NDArray[float64] | None = None,
) -> NDArray[float64]:
    """Return heights for the ordinals 1 to ``K``, by the method that is named.

    ``"newton"``: the smooth count equals ``k``, as published: ``invert_N_for_k(k)`` for each, bit for bit below 4,096
    and within 5e-16 relative above, where it is the solution within 0.6 units in the last place.

    ``"centred"``: the smooth count equals ``k - 1/2``, where the ``k``-th zero lies on average; within 0.6 units in the
    last place of the solution.

    ``"exact"``: the zeta zeros themselves, as ``zeta_zeros(1, K)`` gives them.

    The first two are smooth values that stand in for zeta zeros: they increase, and their density is that of the zeros,
    but their gaps are all about the mean gap. The bits are the same on every processor with the same logarithm in its C
    library.

    Args:
        K: How many, at least 0.
        method: How heights are found.
        out: Where to put them: a contiguous, writeable float64 array of shape ``(K,)``. A call that is interrupted has
            filled a part of it.

    Returns:
        A float64 array of ``K`` heights: ``out`` if it was given.

    Raises:
        TypeError: ``K`` is not an integer, or ``out`` is not an array of float64.
        ValueError: ``K`` is negative, or too large for the memory; ``method`` is unknown; ``out`` has another shape, or
            cannot be written.

    Example:
        >>> from rh_sparse_anomaly import generate_gammas
        >>> generate_gammas(3)
        array([17.84783651, 23.17166082, 27.67119804])
        >>> generate_gammas(3, method="centred")
        array([14.52134695, 20.65574036, 25.49267543])
        >>> generate_gammas(3, method="exact")
        array([14.13472514, 21.02203964, 25.01085758])

    Source: G. Franca and A. LeClair (2014) for the count at ``k - 1/2``.
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
