"""True zeros are those of FLINT, to their second words, where the way of finding them changes and at random places."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from flint import acb, ctx, dirichlet_char

from rh_sparse_anomaly import hardy_z, zeta_zeros

NEEDS = ("flint",)

#: Where the spacing of samples, the formula or the last step changes, round numbers, and places drawn once.
BOUNDARIES = [1, 9, 110, 319, 568, 822, 1842, 9782, 19_274, 39_804, 58_544, 86_698, 130_669, 492_747]
ROUND = [10**5, 10**6, 10**7, 10**9]
DRAWN = np.random.default_rng(8).integers(1, 2_000_000, 12).tolist()


@pytest.fixture(autouse=True)
def _forty_digits():
    before, ctx.prec = ctx.prec, 140
    yield
    ctx.prec = before


def exact(number: acb) -> Fraction:
    """Return the middle of an interval that is as good as a number."""
    return Fraction(Decimal(number.imag.str(36, radius=False)))


@pytest.mark.parametrize("first", [*BOUNDARIES, *ROUND, *DRAWN])
def test_a_window(first):
    count = 4 if first < 10**8 else 2
    found = zeta_zeros(first, count, full=True)
    for high, low, wanted in zip(found.zeros.tolist(), found.low.tolist(), acb.zeta_zeros(first, count)):
        assert abs(Fraction(high) + Fraction(low) - exact(wanted)) < 1e-13
        assert abs(Fraction(high) - exact(wanted)) <= Fraction(np.spacing(high)) * 53 / 100


def test_a_zero_at_ten_to_the_twelve():
    found = zeta_zeros(10**12, 1, full=True)
    error = Fraction(found.zeros[0]) + Fraction(found.low[0]) - exact(acb.zeta_zero(10**12))
    assert abs(error) < 1e-12


@pytest.mark.parametrize("t", [0.5, 10.0, 49.5, 399.0, 401.0, 7005.0, 46_507.0, 1e6, 1e9])
def test_hardys_function(t):
    assert hardy_z(t) == pytest.approx(float(dirichlet_char(1, 1).hardy_z(t).real), abs=1e-12)
