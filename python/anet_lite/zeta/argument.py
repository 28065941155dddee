"""The argument of the zeta function: how far the count of zeros is from its smooth part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, overload

import numpy as np

from anet_lite._native import AnetValueError, riemann_siegel_theta, zero_count

if TYPE_CHECKING:
    from typing import SupportsFloat, SupportsIndex

    from numpy.typing import ArrayLike


@overload
def argument(t: SupportsFloat | SupportsIndex) -> float: ...
@overload
def argument(t: ArrayLike) -> Any: ...
def argument(t: Any) -> Any:
    """Return ``S(t) = arg zeta(1/2 + i t) / pi = N(t) - theta(t) / pi - 1``.

    The argument is continued from ``+infinity`` along a horizontal line. S falls smoothly and jumps up by one at each
    zero, where the upper value is given; its mean is 0. It has been seen beyond 3 only at heights above 10^20.

    Args:
        t: Heights from 0 to 2.9e13, a number or an array of any shape.

    Returns:
        A float for a number, a float64 array for an array; within ``3e-16 N(t)``: 1e-9 at the height 10^6.

    Raises:
        TypeError: ``t`` does not hold real numbers.
        ValueError: A height is NaN, negative, or above 2.9e13.

    Example:
        >>> from anet_lite import zeta
        >>> [round(zeta.argument(t), 3) for t in (14.1, 14.2)]  # before and after the first zero
        [-0.445, 0.542]

    Source: E. C. Titchmarsh, *The Theory of the Riemann Zeta-Function* (1986), chapter 9.

    """
    heights = np.asarray(t)
    count = np.asarray(zero_count(heights))
    if (heights < 0).any():
        raise AnetValueError(f"t must be at least 0, got {float(heights.min())}")
    s = count - np.asarray(riemann_siegel_theta(heights)) / np.pi - 1
    return float(s) if heights.ndim == 0 else s
