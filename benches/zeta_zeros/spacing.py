"""Laws of the gap between neighbouring eigenvalues of random matrices (GUE), in units of the mean gap."""

from __future__ import annotations

import math

import numpy as np
from numpy.polynomial import chebyshev

#: Gaps beyond this have probability below 1e-15.
WIDEST = 7.0


def surmise(gaps: np.ndarray) -> np.ndarray:
    """Return Wigner's surmise, the law of matrices of two rows: P(gap <= s) = erf(2s/√π) - (4s/π) exp(-4s²/π)."""
    erf = np.array([math.erf(gap) for gap in (2 / math.sqrt(math.pi) * gaps).tolist()])
    return erf - 4 / math.pi * gaps * np.exp(-4 / math.pi * gaps**2)


def density(gaps: np.ndarray) -> np.ndarray:
    """Return the density of the surmise: 32 s²/π² exp(-4s²/π)."""
    return 32 / math.pi**2 * gaps**2 * np.exp(-4 / math.pi * gaps**2)


def gaudin(gaps: np.ndarray) -> np.ndarray:
    """Return the law of matrices without end: P(gap <= s) = 1 + E'(s), E(s) being the chance of no eigenvalue in 0..s.

    E(s) is the Fredholm determinant of 1 less the sine kernel on 0..s, taken at the nodes of a Gauss rule (Bornemann,
    Math. Comp. 79 (2010) 871), and its derivative that of its Chebyshev series.
    """
    nodes, weights = np.polynomial.legendre.leggauss(48)
    between = np.subtract.outer(nodes, nodes) / 2

    def emptiness(s: float) -> float:
        root = np.sqrt(s / 2 * weights)
        return float(np.linalg.det(np.eye(nodes.size) - root * np.sinc(s * between) * root[:, None]))

    series = chebyshev.Chebyshev.interpolate(np.vectorize(emptiness), 60, domain=[0, WIDEST])
    return np.where(gaps < WIDEST, 1 + series.deriv()(np.minimum(gaps, WIDEST)), 1.0)


def kolmogorov(gaps: np.ndarray, law: np.ndarray) -> float:
    """Return the largest distance between the empirical law of sorted gaps and a law taken at them."""
    steps = np.arange(gaps.size + 1) / gaps.size
    return float(max(np.abs(law - steps[1:]).max(), np.abs(law - steps[:-1]).max()))
