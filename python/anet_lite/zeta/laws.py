"""What random matrices say of gaps and pairs: the laws of the eigenvalues of large Hermitian matrices (GUE).

Distances are in units of the mean gap.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.polynomial import chebyshev

if TYPE_CHECKING:
    from numpy import float64
    from numpy.typing import ArrayLike, NDArray

#: Gaps beyond this have probability below 1e-15.
WIDEST = 7.0

#: Where the surmise is 1 and its density 0 in doubles: infinite gaps are put there.
BEYOND = 30.0

#: Where pairs are independent to the last bit: infinite distances are put there.
FAR = 1e9


def wigner_surmise(s: ArrayLike) -> NDArray[float64]:
    """Return Wigner's surmise, the law of matrices of two rows: ``P(gap <= s) = erf(2s/√π) - (4s/π) exp(-4s²/π)``.

    It is within 0.0016 of the law of large matrices, ``gap_law``.

    Args:
        s: Gaps of at least 0 in units of the mean gap, an array of any shape; NaN gives NaN.

    Example:
        >>> from anet_lite import zeta
        >>> zeta.wigner_surmise([0, 1, 2]).round(4)
        array([0.    , 0.5331, 0.9829])

    """
    gaps = np.minimum(np.asarray(s, dtype=np.float64), BEYOND)
    erf = np.array([math.erf(gap) for gap in (2 / math.sqrt(math.pi) * gaps).ravel().tolist()]).reshape(gaps.shape)
    return erf - 4 / math.pi * gaps * np.exp(-4 / math.pi * gaps**2)


def wigner_density(s: ArrayLike) -> NDArray[float64]:
    """Return the density of Wigner's surmise: ``32 s²/π² exp(-4s²/π)``.

    Args:
        s: Gaps of at least 0 in units of the mean gap, an array of any shape; NaN gives NaN.

    Example:
        >>> from anet_lite import zeta
        >>> zeta.wigner_density([0, 1, 2]).round(4)
        array([0.    , 0.9076, 0.0796])

    """
    gaps = np.minimum(np.asarray(s, dtype=np.float64), BEYOND)
    return 32 / math.pi**2 * gaps**2 * np.exp(-4 / math.pi * gaps**2)


def gap_law(s: ArrayLike) -> NDArray[float64]:
    """Return the law of matrices without end: ``P(gap <= s) = 1 + E'(s)``, E(s) the chance of no eigenvalue in 0..s.

    E(s) is the Fredholm determinant of 1 less the sine kernel on 0..s, taken at the nodes of a Gauss rule, and its
    derivative that of its Chebyshev series; the error is below 1e-12.

    Args:
        s: Gaps of at least 0 in units of the mean gap, an array of any shape; NaN gives NaN.

    Example:
        >>> from anet_lite import zeta
        >>> zeta.gap_law([0.5, 1, 2]).round(4)
        array([0.1131, 0.5339, 0.9823])

    Source: F. Bornemann, Math. Comp. 79 (2010) 871.

    """
    gaps = np.asarray(s, dtype=np.float64)
    return np.where(gaps >= WIDEST, 1.0, 1 + _emptiness().deriv()(np.minimum(gaps, WIDEST)))


@lru_cache(maxsize=1)
def _emptiness() -> Any:
    """Return E(s) on 0..WIDEST as a Chebyshev series."""
    nodes, weights = np.polynomial.legendre.leggauss(48)
    between = np.subtract.outer(nodes, nodes) / 2

    def emptiness(s: float) -> float:
        root = np.sqrt(s / 2 * weights)
        return float(np.linalg.det(np.eye(nodes.size) - root * np.sinc(s * between) * root[:, None]))

    return chebyshev.Chebyshev.interpolate(np.vectorize(emptiness), 60, domain=[0, WIDEST])


def pair_law(u: ArrayLike) -> NDArray[float64]:
    """Return the density of pairs at a distance, neighbours or not: ``1 - (sin πu / πu)²``.

    Args:
        u: Distances in units of the mean gap, an array of any shape; NaN gives NaN.

    Example:
        >>> from anet_lite import zeta
        >>> zeta.pair_law([0, 0.5, 1]).round(4)
        array([0.    , 0.5947, 1.    ])

    Source: H. L. Montgomery, Proc. Symp. Pure Math. 24 (1973) 181.

    """
    return 1 - np.sinc(np.minimum(np.asarray(u, dtype=np.float64), FAR)) ** 2
