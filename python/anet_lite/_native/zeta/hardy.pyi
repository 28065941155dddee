"""Hardy's function and its phase on the critical line."""

from typing import Any, SupportsFloat, SupportsIndex, overload

from numpy import float64
from numpy.typing import ArrayLike, NDArray

@overload
def hardy_z(t: SupportsFloat | SupportsIndex, out: None = None) -> float:
    """Return Hardy's function, ``Z(t) = exp(i theta(t)) zeta(1/2 + i t)``: real, even, zero where zeta is.

    Euler-Maclaurin below 400, the Riemann-Siegel formula above, with ``sqrt(t / 2 pi)`` terms.

    Args:
        t: Heights between -3e13 and 3e13, a number or an array of any shape.
        out: Where to put the values: a contiguous, writeable float64 array of the shape of ``t``.

    Returns:
        A float for a number, a float64 array for an array. Errors are about 1e-15 at small heights, 1e-14 at 10^6 and
        1e-12 at 10^12. NaN gives NaN.

    Raises:
        TypeError: ``t`` does not hold real numbers, or ``out`` is not an array of float64.
        ValueError: A height is beyond 3e13 or infinite, or ``out`` has another shape.

    Example:
        >>> from rh_sparse_anomaly import hardy_z
        >>> round(hardy_z(0.0), 6)  # zeta(1/2)
        -1.460355
        >>> abs(hardy_z(14.134725141734695)) < 1e-14
        True
    """

@overload
def hardy_z(t: ArrayLike, out: NDArray[float64] | None = None) -> Any: ...
@overload
def riemann_siegel_theta(t: SupportsFloat | SupportsIndex, out: None = None) -> float:
    """Return the Riemann-Siegel theta function, ``arg Gamma(1/4 + i t / 2) - (t / 2) ln pi``, continuous and odd.

    Args:
        t: A number or an array of any shape.
        out: Where to put the values: a contiguous, writeable float64 array of the shape of ``t``.

    Returns:
        A float for a number, a float64 array for an array; within a unit in the last place for ``|t| >= 30`` and within
        1e-14 below. NaN gives NaN, infinity gives infinity.

    Raises:
        TypeError: ``t`` does not hold real numbers, or ``out`` is not an array of float64.
        ValueError: ``out`` has another shape, or cannot be written.

    Example:
        >>> from rh_sparse_anomaly import riemann_siegel_theta
        >>> round(riemann_siegel_theta(100.0), 6)
        87.972165
    """

@overload
def riemann_siegel_theta(t: ArrayLike, out: NDArray[float64] | None = None) -> Any: ...
@overload
def gram_point(n: SupportsIndex, out: None = None) -> float:
    """Return Gram points: the heights above 7 at which the Riemann-Siegel theta function is ``n pi``.

    Args:
        n: Integers from -1 to 1.3e14, one or an array of any shape.
        out: Where to put the heights: a contiguous, writeable float64 array of the shape of ``n``.

    Returns:
        A float for an integer, a float64 array for an array; within a unit in the last place for ``n >= 4``, within
        1e-13 below.

    Raises:
        TypeError: ``n`` does not hold integers, or ``out`` is not an array of float64.
        ValueError: An ``n`` is out of range, or ``out`` has another shape.

    Example:
        >>> from rh_sparse_anomaly import gram_point
        >>> round(gram_point(0), 6)
        17.8456
    """

@overload
def gram_point(n: ArrayLike, out: NDArray[float64] | None = None) -> Any: ...
