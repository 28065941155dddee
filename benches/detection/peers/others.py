"""Histograms and polynomials."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detection.peers.series import LAGS, lagged

if TYPE_CHECKING:
    from detection.series import Floats


def loda(x: Floats, _period: int | None = None) -> Floats:
    """Densities of the last 8 points in the histograms of a hundred random projections."""
    from pysad.models import LODA

    model = LODA(random_state=0)
    return np.array([float(model.fit_score_partial(row)) for row in lagged(x, LAGS)])


def local_polynomial(x: Floats, _period: int | None = None) -> Floats:
    """Error of polynomials through the 50 points before and the 50 after: it sees the future."""
    from dtaianomaly.anomaly_detection import LocalPolynomialApproximation

    return np.asarray(LocalPolynomialApproximation(neighborhood=50).fit(x).decision_function(x))
