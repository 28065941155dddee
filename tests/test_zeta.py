"""The smooth count of zeta zeros, its inversion, and normalised gaps."""

from __future__ import annotations

import math
import sys
from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import numpy_reference as reference
import rh_sparse_anomaly as rh
from known_answers import close, load, of_call
from strategies import PRESENTATIONS, series

#: The reference takes the same logarithm as the core, the C library's, so there the bits agree. Elsewhere they may not.
SAME_LOGARITHM = 0.0 if sys.platform == "linux" else 1e-15


def test_every_case_is_read():
    assert len(load("zeta")) == 123


@pytest.mark.parametrize("case", of_call("zeta", "N_riemann"), ids=str)
def test_counting_function(case):
    assert close(rh.N_riemann(*case.args), case.result, relative=SAME_LOGARITHM)


@pytest.mark.parametrize("case", of_call("zeta", "invert_N_for_k"), ids=str)
def test_inversion(case):
    result = rh.invert_N_for_k(*case.args)
    assert type(result) is float
    assert close(result, case.result, relative=SAME_LOGARITHM)


@pytest.mark.parametrize("case", of_call("zeta", "generate_gammas"), ids=str)
def test_generate_gammas(case):
    result = rh.generate_gammas(*case.args)
    assert result.dtype == np.float64
    assert close(result.tolist(), case.result, relative=SAME_LOGARITHM)


@pytest.mark.parametrize("case", of_call("zeta", "normalized_gaps"), ids=str)
def test_normalized_gaps(case):
    result = rh.normalized_gaps(*case.args)
    assert result.dtype == np.float64
    assert close(result.tolist(), case.result)


@given(st.floats() | st.integers(-(2**70), 2**70))
def test_counting_function_is_the_reference(height):
    assert close(rh.N_riemann(height), float(reference.N_riemann(height)), relative=SAME_LOGARITHM)


@given(st.integers(-3, 10**15) | st.floats(-1e3, 1e300), st.integers(-2, 40))
def test_inversion_follows_the_reference_step_by_step(k, iters):
    assert close(rh.invert_N_for_k(k, iters), reference.invert_N_for_k(k, iters), relative=SAME_LOGARITHM)


@given(series())
def test_gaps_are_the_reference(gammas):
    got, want = rh.normalized_gaps(gammas), reference.normalized_gaps(gammas)
    assert got.shape == want.shape
    assert np.allclose(got, want, rtol=1e-12, atol=0.0)


@pytest.mark.parametrize("present", PRESENTATIONS.values(), ids=PRESENTATIONS)
def test_gaps_take_any_array_like(present):
    gammas = [14.134725, 21.022040, -1.0, 25.010858, 30.424876]
    assert rh.normalized_gaps(present(gammas)).tolist() == rh.normalized_gaps(gammas).tolist()


def test_the_seeds_demo_has_the_seeds_bits():
    want = reference.generate_gammas(3000)
    assert close(rh.generate_gammas(3000).tolist(), want.tolist(), relative=SAME_LOGARITHM)


def test_heights_beyond_the_published_bits_agree_to_the_last_places():
    want = [reference.invert_N_for_k(k) for k in range(4096, 20_000)]
    assert np.allclose(rh.generate_gammas(19_999)[4095:], want, rtol=5e-16, atol=0.0)


PI = Decimal("3.14159265358979323846264338327950288419716939937510")


def solution(c: Decimal, near: float) -> Decimal:
    """Return the height T with x ln x - x = c, x = T / 2 pi, to forty digits."""
    with localcontext() as context:
        context.prec = 45
        x = Decimal(near) / (2 * PI)
        for _ in range(4):
            x -= (x * x.ln() - x - c) / x.ln()
        return 2 * PI * x


@pytest.mark.parametrize(("method", "shift"), [("newton", Decimal("0.875")), ("centred", Decimal("1.375"))])
def test_heights_are_the_solutions_but_for_rounding(method, shift):
    heights = rh.generate_gammas(10**6, method)
    for k in [4096, 4097, 8191, 8192, 65_535, 99_999, 524_287, 600_000, 10**6]:
        got = float(heights[k - 1])
        assert abs(Decimal(got) - solution(k - shift, got)) <= Decimal(0.6 * math.ulp(got))


def test_centred_heights_lie_between():
    full, centred = rh.generate_gammas(1000), rh.generate_gammas(1000, "centred")
    assert (centred < full).all()
    assert (centred[1:] > full[:-1]).all()


@pytest.mark.parametrize("method", ["newton", "centred"])
def test_a_prefix_does_not_depend_on_the_count(method):
    longest = rh.generate_gammas(50_000, method)
    for count in (0, 1, 4095, 4096, 4097, 12_345):
        assert (rh.generate_gammas(count, method) == longest[:count]).all()


def test_heights_go_into_the_array_that_is_given():
    out = np.full(5000, -1.0)
    assert rh.generate_gammas(5000, out=out) is out
    assert (out == rh.generate_gammas(5000)).all()


def refused(array: np.ndarray) -> np.ndarray:
    array.flags.writeable = False
    return array


@pytest.mark.parametrize(
    ("out", "error", "text"),
    [
        ([0.0] * 3, TypeError, "out must be a NumPy array of float64, got list"),
        (np.zeros(3, "f4"), TypeError, "out must be a NumPy array of float64, got dtype float32"),
        (np.zeros(3, ">f8"), TypeError, "out must be a NumPy array of float64, got dtype >f8"),
        (np.zeros(4), ValueError, "out must have shape (3,), got (4,)"),
        (np.zeros((3, 1)), ValueError, "out must have shape (3,), got (3, 1)"),
        (np.zeros(6)[::2], ValueError, "out must be contiguous and aligned, got an array that is not"),
        (refused(np.zeros(3)), ValueError, "out must be writeable, got a read-only array or one in use"),
    ],
)
def test_an_unusable_out_is_named_and_left_alone(out, error, text):
    before = np.array(out)
    with pytest.raises(error) as raised:
        rh.generate_gammas(3, out=out)
    assert str(raised.value) == text
    assert (np.array(out) == before).all()


def test_a_turn():
    assert math.tau == rh.TAU


@pytest.mark.parametrize("k", [np.int64(7), np.float32(7), True + 6, 7.0])
def test_an_ordinal_is_any_real_number(k):
    assert rh.invert_N_for_k(k) == rh.invert_N_for_k(7)


@pytest.mark.parametrize(
    ("call", "error", "text"),
    [
        (lambda: rh.N_riemann("a"), TypeError, "T must be a real number, got str"),
        (lambda: rh.N_riemann(10**400), ValueError, "T must fit a float64, got a larger integer"),
        (lambda: rh.invert_N_for_k(None), TypeError, "k must be a real number, got NoneType"),
        (lambda: rh.invert_N_for_k(1, 2.0), TypeError, "iters must be an integer, got float"),
        (lambda: rh.generate_gammas(2.0), TypeError, "K must be an integer, got float"),
        (lambda: rh.generate_gammas(-1), ValueError, "K must be at least 0, got -1"),
        (
            lambda: rh.generate_gammas(2**60),
            ValueError,
            "K must be small enough for memory, got 1152921504606846976",
        ),
        (
            lambda: rh.generate_gammas(3, "exactly"),
            ValueError,
            'method must be "newton", "centred" or "exact", got "exactly"',
        ),
        (lambda: rh.generate_gammas(2**200), ValueError, "K must fit 128 bits, got a larger integer"),
        (lambda: rh.normalized_gaps("text"), TypeError, "gammas must be a one-dimensional series, got str"),
        (
            lambda: rh.normalized_gaps(np.zeros((2, 2))),
            ValueError,
            "gammas must be one-dimensional, got shape (2, 2)",
        ),
    ],
)
def test_bad_input_is_named(call, error, text):
    with pytest.raises(error) as raised:
        call()
    assert str(raised.value) == text
