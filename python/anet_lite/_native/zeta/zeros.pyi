"""Zeta zeros, and how many there are."""

from typing import Any, Literal, SupportsFloat, SupportsIndex, overload

from numpy import float64, int64
from numpy.typing import ArrayLike, NDArray

from anet_lite._native.zeta.certificate import ZetaZeros

@overload
def zeta_zeros(start: SupportsIndex = 1, count: SupportsIndex = 1, full: Literal[False] = False) -> NDArray[float64]:
    """Return the imaginary parts of consecutive zeros of the Riemann zeta function on the critical line.

    Hardy's Z(t), from the Riemann-Siegel formula (below 50 the Euler-Maclaurin formula), is sampled twice a mean gap
    and interpolated within its band; sign changes are refined to roots, close pairs are found by Z'/Z, and Turing's
    method counts the zeros at both ends. A range whose count does not come out is sampled twice as densely; there is
    never a list with a hole. This is floating point, numerically certified, not a proof.

    Args:
        start: Ordinal of the first zero, from 1.
        count: How many, at least 0. ``start + count - 1`` is at most 1.32e14.
        full: Return an object with the low words and the certificate instead of an array.

    Returns:
        An increasing float64 array of ``count`` heights, each within 0.53 units in the last place; or a ``ZetaZeros``,
        whose ``zeros + low`` is within 1e-14 up to the ordinal 10^4, 1e-13 up to 10^9 and 1e-12 up to 10^12.

    Raises:
        TypeError: An argument is not an integer.
        ValueError: ``start`` is below 1, ``count`` is negative or too large for memory, or the last ordinal
            too high.
        KeyboardInterrupt: Ctrl-C was pressed; nothing is returned.

    Example:
        >>> from rh_sparse_anomaly import zeta_zeros
        >>> zeta_zeros(count=3)
        array([14.13472514, 21.02203964, 25.01085758])
        >>> float(zeta_zeros(10**6)[0])
        600269.6770124449
        >>> zeta_zeros(10**9, 2, full=True).certificate.found > 2
        True

    Sources: W. Gabcke, thesis, Goettingen (1979); A. M. Odlyzko, *The 10^20-th zero of the Riemann zeta function and
    175 million of its neighbors* (1992); H. M. Edwards, *Riemann's Zeta Function* (1974), chapters 6 to 8.
    """

@overload
def zeta_zeros(start: SupportsIndex = 1, count: SupportsIndex = 1, *, full: Literal[True]) -> ZetaZeros: ...
@overload
def zeta_zeros(start: SupportsIndex, count: SupportsIndex, full: Literal[True]) -> ZetaZeros: ...
@overload
def zero_count(T: SupportsFloat | SupportsIndex, out: None = None) -> int:
    """Count the zeta zeros with imaginary parts in ``0 < t <= T``, by Turing's method.

    The zeros about each height are found and counted as ``zeta_zeros`` does; heights near each other share the work.

    Args:
        T: Heights up to 2.9e13, a number or an array of any shape.
        out: Where to put the counts: a contiguous, writeable int64 array of the shape of ``T``.

    Returns:
        An int for a number, an int64 array for an array; 0 below the first zero.

    Raises:
        TypeError: ``T`` does not hold real numbers, or ``out`` is not an array of int64.
        ValueError: A height is NaN or above 2.9e13, or ``out`` has another shape.

    Example:
        >>> from rh_sparse_anomaly import zero_count
        >>> zero_count(100.0)
        29
    """

@overload
def zero_count(T: ArrayLike, out: NDArray[int64] | None = None) -> Any: ...
