"""True zeta zeros and the functions around them, against tables computed with FLINT."""

from __future__ import annotations

import json
import math
import os
import signal
import threading
import time
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

import rh_sparse_anomaly as rh

METHODS = ("newton", "centred", "exact")
REFERENCE = Path(__file__).parent / "reference"
WINDOWS = json.loads((REFERENCE / "zeta_zeros.json").read_text(encoding="utf-8"))["windows"]


@pytest.fixture(scope="module")
def table() -> np.ndarray:
    return np.load(REFERENCE / "zeta_zeros.npy")


@pytest.fixture(scope="module")
def found() -> rh.ZetaZeros:
    return rh.zeta_zeros(1, 10_000, full=True)


def test_the_first_ten_thousand_zeros(table, found):
    difference = (found.zeros - table[0]) + (found.low - table[1])
    assert np.abs(difference).max() < 1e-14


def test_the_first_ten_thousand_doubles_are_rounded_within_053_units(table, found):
    units = np.abs((found.zeros - table[0]) - table[1]) / np.spacing(table[0])
    assert units.max() <= 0.53


def bound(ordinal: int) -> float:
    """Return the error that is promised for zeros + low."""
    return 1e-13 if ordinal <= 10**9 + 100 else 1e-12 if ordinal <= 10**12 + 100 else 1e-11


@pytest.mark.parametrize("window", WINDOWS, ids=lambda window: str(window["first"]))
def test_windows(window):
    first, zeros = window["first"], window["zeros"]
    found = rh.zeta_zeros(first, len(zeros), full=True)
    for high, low, text in zip(found.zeros.tolist(), found.low.tolist(), zeros):
        error = Fraction(high) + Fraction(low) - Fraction(Decimal(text))
        assert abs(error) < bound(first)
        assert abs(Fraction(high) - Fraction(Decimal(text))) <= 0.53 * math.ulp(high)


def test_every_window_is_read():
    """Round numbers, the closest pairs below a million, and where the spacing or the way of sampling changes."""
    sizes = {window["first"]: len(window["zeros"]) for window in WINDOWS}
    boundaries = {27_485, 39_804, 58_544, 86_698, 311_395, 793_130}
    closest = {415_586, 420_890, 471_290, 643_744, 714_182, 839_025}
    assert {first for first, size in sizes.items() if size == 4} == boundaries | closest
    assert [sizes[10**power] for power in (7, 9, 10, 11, 12, 13, 14)] == [6, 6, 3, 2, 2, 1, 1]
    assert (sizes[99_990], sizes[999_990], len(sizes)) == (30, 20, 21)


@pytest.mark.parametrize("first", [1, 7, 92, 110, 200, 205, 318, 499, 500, 501, 5000, 9990])
def test_a_zero_has_the_same_bits_in_whatever_range(found, first):
    some = rh.zeta_zeros(first, 10, full=True)
    assert (some.zeros == found.zeros[first - 1 : first + 9]).all()
    assert (some.low == found.low[first - 1 : first + 9]).all()


def test_the_certificate_counts_what_was_found(found):
    certificate = found.certificate
    assert certificate.lower is None
    assert certificate.upper.at_least <= certificate.upper.number <= certificate.upper.at_most
    assert certificate.upper.number == certificate.found >= 10_000
    later = rh.zeta_zeros(1000, 10, full=True).certificate
    assert later.lower is not None
    assert later.upper.number - later.lower.number == later.found
    assert later.lower.number < 1000
    assert later.upper.number > 1009


def test_exact_heights_are_the_zeros(found):
    out = np.empty(10_000)
    assert rh.generate_gammas(10_000, method="exact", out=out) is out
    assert (out == found.zeros).all()
    assert rh.generate_gammas(0, "exact").shape == (0,)
    assert rh.zeta_zeros(7, 0).shape == (0,)


def test_the_trace_takes_true_zeros():
    trace = rh.anomaly_trace_from_rh(420, 64, (16,), 1024, 48, inject_jolt=False, method="exact")
    assert len(trace) == 355
    assert trace != rh.anomaly_trace_from_rh(420, 64, (16,), 1024, 48, inject_jolt=False)


def test_z_vanishes_at_zeros_and_changes_sign_between(found):
    assert np.abs(rh.hardy_z(found.zeros[:1000])).max() < 1e-11
    middles = (found.zeros[:-1] + found.zeros[1:]) / 2
    signs = np.sign(rh.hardy_z(middles))
    assert (signs[1:] == -signs[:-1]).all()


@pytest.mark.parametrize(
    ("t", "theta", "z"),
    [
        (0.0, 0.0, -1.4603545088095868),
        (1.0, -1.7675479528122904, -0.7363054628673177),
        (9.0, -3.273318794091888, -1.4602934856889574),
        (100.0, 87.97216523178722, 2.6926970566644635),
        (1e6, 5488816.353078403, -2.8061338784306987),
    ],
)
def test_z_and_theta_at_known_places(t, theta, z):
    """By mpmath's siegeltheta and siegelz."""
    assert rh.riemann_siegel_theta(t) == pytest.approx(theta, rel=1e-15, abs=1e-14)
    assert rh.hardy_z(t) == pytest.approx(z, abs=1e-13)
    assert rh.hardy_z(-t) == rh.hardy_z(t)
    assert rh.riemann_siegel_theta(-t) == -rh.riemann_siegel_theta(t)


def test_gram_points_are_where_theta_is_a_multiple_of_pi():
    n = np.arange(-1, 2000)
    theta = rh.riemann_siegel_theta(rh.gram_point(n))
    assert np.allclose(theta, n * math.pi, rtol=2e-15, atol=1e-12)
    assert rh.gram_point(-1) == pytest.approx(9.666908056130192, abs=1e-13)
    assert rh.gram_point(126) == pytest.approx(282.4547208234622, abs=1e-12)


def test_gram_intervals_hold_one_zero_but_for_the_known_exceptions():
    """Gram's law fails first at the 126th interval, where S leaves its range (Hutchinson 1925)."""
    counts = rh.zero_count(rh.gram_point(np.arange(-1, 140)))
    exceptions = np.flatnonzero(counts != np.arange(141)) - 1
    assert exceptions.tolist() == [126, 134]


def test_zeros_are_counted_up_to_and_including(found):
    assert rh.zero_count(found.zeros[[0, 99, 4321]]).tolist() == [
        1 if found.low[0] <= 0 else 0,
        100 if found.low[99] <= 0 else 99,
        4322 if found.low[4321] <= 0 else 4321,
    ]
    heights = (found.zeros[:-1] + found.zeros[1:]) / 2
    assert (rh.zero_count(heights[::37]) == np.arange(1, 10_000)[::37]).all()
    assert rh.zero_count([-5.0, 0.0, 14.0, 1e6, 1e9]).tolist() == [0, 0, 0, 1_747_146, 2_846_548_032]


def test_chunks_are_the_zeros_in_pieces(found):
    pieces = list(rh.zeta_zero_chunks(1, 10_000, chunk=3000))
    assert [piece.size for piece in pieces] == [3000, 3000, 3000, 1000]
    assert (np.concatenate(pieces) == found.zeros).all()
    endless = rh.zeta_zero_chunks(start=9000, chunk=10)
    assert (np.concatenate([next(endless), next(endless)]) == found.zeros[8999:9019]).all()
    assert list(rh.zeta_zero_chunks(count=0)) == []


FUNCTIONS = {"hardy_z": 20.0, "riemann_siegel_theta": 20.0, "gram_point": 20, "zero_count": 20.0}


@pytest.mark.parametrize(("name", "argument"), FUNCTIONS.items())
def test_a_number_gives_a_number_and_an_array_its_shape(name, argument):
    function = getattr(rh, name)
    value = function(argument)
    assert type(value) is (int if name == "zero_count" else float)
    assert function(np.full((2, 3), argument)).tolist() == [[value] * 3] * 2
    assert function([]).shape == (0,) if name != "gram_point" else function(np.zeros(0, int)).shape == (0,)
    out = np.zeros((2, 2), int if name == "zero_count" else float)
    assert function(np.full((4, 2), argument)[::2], out=out) is out
    assert out.tolist() == [[value] * 2] * 2


def test_nan_goes_through():
    assert math.isnan(rh.hardy_z(math.nan))
    assert math.isnan(rh.riemann_siegel_theta(math.nan))
    assert rh.riemann_siegel_theta(math.inf) == math.inf


@pytest.mark.skipif(os.name == "nt", reason="no SIGINT to oneself there")
@pytest.mark.parametrize(("first", "count"), [(10**7, 10**7), (10**13, 10**5)])
def test_ctrl_c_leaves_at_once(first, count):
    threading.Thread(target=lambda: (time.sleep(0.5), os.kill(os.getpid(), signal.SIGINT)), daemon=True).start()
    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        rh.zeta_zeros(first, count)
    assert time.monotonic() - start < 3


@pytest.mark.parametrize(
    ("call", "error", "text"),
    [
        (lambda: rh.zeta_zeros(0), ValueError, "start must be at least 1, got 0"),
        (lambda: rh.zeta_zeros(1, -1), ValueError, "count must be at least 0, got -1"),
        (
            lambda: rh.zeta_zeros(10**15),
            ValueError,
            "the last ordinal must be at most 132000000000000, got 1000000000000000",
        ),
        (lambda: rh.zeta_zeros(1.5), TypeError, "start must be an integer, got float"),
        (lambda: rh.zeta_zero_chunks(0), ValueError, "start must be at least 1, got 0"),
        (lambda: rh.zeta_zero_chunks(1, -1), ValueError, "count must be at least 0, got -1"),
        (lambda: rh.zeta_zero_chunks(1, 1, 0), ValueError, "chunk must be at least 1, got 0"),
        (lambda: rh.hardy_z(1e14), ValueError, "t must be between -3e13 and 3e13, got 100000000000000"),
        (lambda: rh.hardy_z("a"), TypeError, "t must hold real numbers, got dtype <U1"),
        (lambda: rh.hardy_z([1.0, 2.0], out=np.zeros(3)), ValueError, "out must have shape (2,), got (3,)"),
        (lambda: rh.hardy_z(1.0, out=[0.0]), TypeError, "out must be a NumPy array of float64, got list"),
        (
            lambda: rh.zero_count([1.0], out=np.zeros(1)),
            TypeError,
            "out must be a NumPy array of int64, got dtype float64",
        ),
        (lambda: rh.zero_count(math.nan), ValueError, "T must be at most 2.9e13, got NaN"),
        (lambda: rh.gram_point(1.5), TypeError, "n must hold integers, got dtype float64"),
        (lambda: rh.gram_point(-2), ValueError, "n must be at least -1, got -2"),
    ],
)
def test_bad_input_is_named(call, error, text):
    with pytest.raises(error) as raised:
        call()
    assert str(raised.value) == text
