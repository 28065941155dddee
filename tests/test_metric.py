"""The six metrics and their snapshot."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import math
import pickle
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import anet_lite
import numpy_reference as reference
from anet_lite import ANETSnapshot
from known_answers import close, load, of_call
from strategies import PRESENTATIONS, finite_series, series, tame_series

METRICS = ["theta_consistency", "entropy_rate", "processivity", "f_total", "two_second_precursor", "snapshot"]

#: Entropies that are subtracted, and divergences of equal spectra, cancel down to their rounding.
ROUNDING = 1e-14


def near(got: object, want: object) -> bool:
    return close(got, want, relative=1e-12, absolute=ROUNDING)


def published(case) -> bool:
    """Tell whether the published program gives a number."""
    return not case.raises and "nan" not in str(case.result)


# --- known answers ----------------------------------------------------------------------------------------------------


def test_every_case_is_read():
    assert Counter(case.call for case in load("anet")) == {
        "two_second_precursor": 65,
        "entropy_rate": 39,
        "theta_consistency": 26,
        "processivity": 16,
        "snapshot": 10,
        "f_total": 3,
    }


def test_departures_and_refusals_are_all_that_is_not_as_published():
    others = [case for case in load("anet") if not published(case)]
    assert Counter((case.call, case.raises) for case in others) == {
        ("two_second_precursor", None): 10,
        ("entropy_rate", ValueError): 4,
        ("theta_consistency", ValueError): 2,
        ("processivity", ValueError): 3,
        ("theta_consistency", None): 2,
        ("processivity", None): 1,
    }


@pytest.mark.parametrize("case", [case for case in load("anet") if published(case)], ids=str)
def test_published_answer(case):
    got = getattr(anet_lite, case.call)(*case.args, **case.kwargs)
    assert near(dataclasses.asdict(got) if case.call == "snapshot" else got, case.result)


@pytest.mark.parametrize("call", ["theta_consistency", "processivity"])
def test_nan_in_a_series_gives_nan_as_published(call):
    cases = [case for case in of_call("anet", call) if str(case.result) == "nan"]
    assert cases
    assert all(math.isnan(getattr(anet_lite, call)(*case.args)) for case in cases)


# --- departures from the published program ----------------------------------------------------------------------------


def test_theta_of_different_lengths_takes_the_longer_transform():
    noise, ref = np.random.default_rng(1).normal(size=(2, 65))
    padded = np.append(noise[:64] - noise[:64].mean(), 0.0)
    # Padding by hand keeps the mean at 0, so the published program would compute the same at 128 points.
    assert near(anet_lite.theta_consistency(noise[:64], ref), anet_lite.theta_consistency(padded, ref))


def test_theta_of_an_empty_series_beside_another_follows_the_published_broadcast():
    assert close(anet_lite.theta_consistency([], [1.0]), 0.125, 1e-9)
    assert anet_lite.theta_consistency([], [1.0, 2.0, 3.0] * 20) < 1e-6


@pytest.mark.parametrize("broken", [math.nan, math.inf, -math.inf])
def test_entropy_rate_of_a_broken_window_is_nan(broken):
    calm = [0.0, 1.0] * 16
    assert math.isnan(anet_lite.entropy_rate([*calm, *calm[:-1], broken]))
    assert math.isnan(anet_lite.entropy_rate([broken, *calm[1:], *calm]))
    assert anet_lite.entropy_rate([broken, *calm, *calm]) == 0.0


def test_entropy_rate_of_a_range_narrower_than_its_bins_counts_samples():
    flat, two_neighbours = [1.0] * 16, [1.0, math.nextafter(1.0, 2.0)] * 8
    assert close(anet_lite.entropy_rate(flat + two_neighbours, 16), math.log(2.0), 1e-11)
    assert anet_lite.entropy_rate([1e17] * 64) == 0.0


def test_entropy_rate_of_a_range_past_the_largest_float_is_nan():
    assert math.isnan(anet_lite.entropy_rate([0.0] * 16 + [-1e308, 1e308] * 8, 16))


@pytest.mark.parametrize("broken", [math.nan, math.inf, -math.inf])
def test_precursor_takes_a_broken_recent_sample_for_the_failure(broken):
    calm = [0.0, 1.0] * 30
    assert anet_lite.two_second_precursor([*calm, broken]) == (True, math.inf)


@pytest.mark.parametrize("broken", [math.nan, math.inf, -math.inf])
def test_precursor_leaves_broken_samples_out_of_the_base(broken):
    calm = [0.0, 1.0] * 30
    assert anet_lite.two_second_precursor([broken, *calm, *calm]) == anet_lite.two_second_precursor(calm + calm)
    assert anet_lite.two_second_precursor([broken] * 20 + [1.0] * 20) == (False, 0.0)


def test_no_threshold_hides_a_broken_sample_or_alerts_on_nothing():
    assert anet_lite.two_second_precursor([0.0] * 40 + [math.nan], z=math.inf) == (True, math.inf)
    assert anet_lite.two_second_precursor([], z=-1.0) == (False, 0.0)


# --- the reference, on random and nasty series ------------------------------------------------------------------------


@given(series(), series(), st.floats(0.0, 20.0))
def test_theta_is_the_reference(noise, ref, beta):
    got = anet_lite.theta_consistency(noise, ref, beta)
    assert math.isnan(got) or 0.0 <= got <= 1.0
    assert close(got, reference.theta_consistency(noise, ref, beta), 1e-12, 1e-13)


@given(series(), st.integers(1, 110))
def test_entropy_rate_is_the_reference(values, window):
    assert close(anet_lite.entropy_rate(values, window), reference.entropy_rate(values, window), 1e-12, 1e-13)


@given(st.lists(st.tuples(*[st.floats(-1e150, 1e150)] * 2), max_size=200))
def test_processivity_is_the_reference(pairs):
    gradients, steps = [g for g, _ in pairs], [s for _, s in pairs]
    got = anet_lite.processivity(gradients, steps)
    assert close(got, reference.processivity(gradients, steps), 1e-12, 1e-12)


@given(series(), st.floats(0.01, 50.0), st.floats(0.01, 5.0), st.floats(-5.0, 5.0))
def test_precursor_is_the_reference(values, rate_hz, window_sec, z):
    got = anet_lite.two_second_precursor(values, rate_hz, window_sec, z)
    assert close(got, reference.two_second_precursor(values, rate_hz, window_sec, z))


@given(st.floats(), st.floats(), st.floats(-1e3, 1e3), st.floats(-1e3, 1e3))
def test_f_total_is_the_reference(s_dot, p, w_s, w_p):
    assert close(anet_lite.f_total(s_dot, p, w_s, w_p), reference.f_total(s_dot, p, w_s, w_p))


@given(st.lists(st.tuples(*[st.floats(-1e3, 1e3)] * 5), max_size=150), tame_series(), st.floats(0.1, 20.0))
def test_snapshot_is_the_reference(rows, ref, rate_hz):
    loss, gradients, steps, noise, _ = zip(*rows) if rows else [()] * 5
    got = anet_lite.snapshot(loss, gradients, steps, noise, ref, rate_hz=rate_hz)
    want = reference.snapshot(loss, gradients, steps, noise, ref, rate_hz=rate_hz)
    assert close(dataclasses.asdict(got), want._asdict(), 1e-12, 1e-12)


@given(finite_series(), finite_series())
def test_snapshot_survives_any_size_of_numbers(values, noise):
    snap = anet_lite.snapshot(values, values, values, noise, values)
    assert isinstance(snap, ANETSnapshot)


@pytest.mark.parametrize("present", PRESENTATIONS.values(), ids=PRESENTATIONS)
def test_any_presentation_gives_the_same_bits(present):
    histories = np.random.default_rng(3).normal(size=(5, 80)).tolist()
    assert anet_lite.snapshot(*map(present, histories)) == anet_lite.snapshot(*histories)


# --- overflow and underflow: a number or NaN, as the docstrings say --------------------------------------------------


def test_overflow_gives_nan_or_nothing():
    huge = [1e300, -1e300] * 32
    snap = anet_lite.snapshot(huge, huge, huge, huge, [1.0, -1.0] * 32)
    assert math.isnan(snap.theta)
    assert math.isnan(snap.proc)
    assert (snap.precursor, snap.zscore) == (False, 0.0)


def test_underflow_looks_constant():
    tiny = [1e-300, -1e-300] * 32
    snap = anet_lite.snapshot(tiny, tiny, tiny, tiny, [0.0] * 64)
    assert (snap.theta, snap.sdot, snap.proc, snap.precursor) == (1.0, 0.0, 0.0, False)
    assert abs(snap.zscore) < 1e-280


# --- types and signatures ---------------------------------------------------------------------------------------------


def test_signatures_are_the_published_ones():
    signatures = {name: str(inspect.signature(getattr(anet_lite, name))) for name in METRICS}
    assert signatures == {
        "theta_consistency": "(noise_seq, ref_seq, beta=3.0)",
        "entropy_rate": "(values, window=32)",
        "processivity": "(grad_norms, step_norms)",
        "f_total": "(s_dot, p, w_s=1.0, w_p=1.0)",
        "two_second_precursor": "(series, rate_hz=10, window_sec=2.0, z=2.5)",
        "snapshot": "(loss_hist, grad_norms, step_norms, noise_seq, ref_seq, w_s=0.7, w_p=0.3, rate_hz=5)",
    }


def test_results_are_plain_python_values():
    x = np.arange(64.0)
    for got in [anet_lite.theta_consistency(x, x), anet_lite.entropy_rate(x), anet_lite.f_total(np.float32(1), 2)]:
        assert type(got) is float
    alert, score = anet_lite.two_second_precursor(x)
    assert (type(alert), type(score)) == (bool, float)


def test_defaults_are_those_of_the_signature():
    x = np.random.default_rng(5).normal(size=100)
    assert anet_lite.theta_consistency(x, -x[::-1]) == anet_lite.theta_consistency(x, -x[::-1], beta=3.0)
    assert anet_lite.entropy_rate(x) == anet_lite.entropy_rate(x, window=32)
    assert anet_lite.two_second_precursor(x) == anet_lite.two_second_precursor(x, rate_hz=10, window_sec=2.0, z=2.5)
    assert anet_lite.snapshot(x, x, x, x, x) == anet_lite.snapshot(x, x, x, x, x, w_s=0.7, w_p=0.3, rate_hz=5)


# --- the snapshot as a value ------------------------------------------------------------------------------------------

FIELDS = {"theta": 0.5, "sdot": -0.25, "proc": 1.0, "f_total": 0.125, "precursor": True, "zscore": math.inf}


def test_snapshot_is_built_by_position_or_name():
    assert ANETSnapshot(*FIELDS.values()) == ANETSnapshot(**FIELDS)
    with pytest.raises(TypeError):
        ANETSnapshot(0.5)


def test_snapshot_shows_its_fields():
    assert repr(ANETSnapshot(**FIELDS)) == (
        "ANETSnapshot(theta=0.5, sdot=-0.25, proc=1.0, f_total=0.125, precursor=True, zscore=inf)"
    )
    assert "zscore=nan" in repr(ANETSnapshot(**{**FIELDS, "zscore": math.nan}))


@pytest.mark.parametrize("name", FIELDS)
def test_snapshots_are_equal_where_all_fields_are(name):
    snap, same = ANETSnapshot(**FIELDS), ANETSnapshot(**FIELDS)
    assert snap == same
    assert hash(snap) == hash(same)
    assert snap != ANETSnapshot(**{**FIELDS, name: 0.0 if name != "precursor" else False})


def test_snapshot_equals_itself_and_nothing_of_another_type():
    snap = ANETSnapshot(**{**FIELDS, "zscore": math.nan})
    assert snap == snap  # noqa: PLR0124
    assert snap != copy.copy(snap)
    assert snap != tuple(FIELDS.values())
    assert hash(ANETSnapshot(**{**FIELDS, "theta": 0.0})) == hash(ANETSnapshot(**{**FIELDS, "theta": -0.0}))


def test_snapshot_does_not_change():
    snap = ANETSnapshot(**FIELDS)
    with pytest.raises(AttributeError):
        snap.theta = 1.0


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_snapshot_pickles(protocol):
    snap = ANETSnapshot(**FIELDS)
    assert pickle.loads(pickle.dumps(snap, protocol)) == snap


def test_snapshot_copies():
    snap = ANETSnapshot(**FIELDS)
    assert copy.copy(snap) == copy.deepcopy(snap) == snap


def test_snapshot_passes_for_a_dataclass():
    snap = ANETSnapshot(**FIELDS)
    assert dataclasses.is_dataclass(snap)
    assert [(field.name, field.type) for field in dataclasses.fields(snap)] == [
        (name, "bool" if name == "precursor" else "float") for name in FIELDS
    ]
    assert dataclasses.asdict(snap) == FIELDS
    assert dataclasses.astuple(snap) == tuple(FIELDS.values())
    assert dataclasses.replace(snap, theta=0.0) == ANETSnapshot(**{**FIELDS, "theta": 0.0})
    assert ANETSnapshot.__match_args__ == tuple(FIELDS)


# --- bad input --------------------------------------------------------------------------------------------------------

X = [1.0, 2.0]


@pytest.mark.parametrize(
    ("call", "error", "text"),
    [
        (lambda: anet_lite.theta_consistency(X, X, "3"), TypeError, "beta must be a real number, got str"),
        (lambda: anet_lite.theta_consistency(X, X, -1), ValueError, "beta must be finite and at least 0, got -1"),
        (
            lambda: anet_lite.theta_consistency(X, X, math.nan),
            ValueError,
            "beta must be finite and at least 0, got NaN",
        ),
        (lambda: anet_lite.entropy_rate(X, 0), ValueError, "window must be at least 1, got 0"),
        (lambda: anet_lite.entropy_rate(X, -5), ValueError, "window must be at least 1, got -5"),
        (lambda: anet_lite.entropy_rate(X, 2.0), TypeError, "window must be an integer, got float"),
        (
            lambda: anet_lite.processivity(X, [1.0]),
            ValueError,
            "grad_norms and step_norms must have the same length, got 2 and 1",
        ),
        (lambda: anet_lite.f_total(None, 1), TypeError, "s_dot must be a real number, got NoneType"),
        (lambda: anet_lite.f_total(1, 1j), TypeError, "p must be a real number, got complex"),
        (lambda: anet_lite.f_total(1, 1, w_p=math.inf), ValueError, "w_p must be finite, got inf"),
        (lambda: anet_lite.f_total(1, 1, w_s=10**400), ValueError, "w_s must fit a float64, got a larger integer"),
        (
            lambda: anet_lite.two_second_precursor(X, rate_hz=0),
            ValueError,
            "rate_hz must be finite and above 0, got 0",
        ),
        (
            lambda: anet_lite.two_second_precursor(X, rate_hz=math.inf),
            ValueError,
            "rate_hz must be finite and above 0, got inf",
        ),
        (
            lambda: anet_lite.two_second_precursor(X, window_sec=-2.0),
            ValueError,
            "window_sec must be finite and above 0, got -2",
        ),
        (lambda: anet_lite.two_second_precursor(X, z=math.nan), ValueError, "z must be a number, got NaN"),
        (lambda: anet_lite.snapshot(X, X, X, X, X, w_s=math.nan), ValueError, "w_s must be finite, got NaN"),
        (
            lambda: anet_lite.snapshot(X, X, X, X, X, rate_hz=-1),
            ValueError,
            "rate_hz must be finite and above 0, got -1",
        ),
        (
            lambda: anet_lite.snapshot(X, X, [1.0], X, X),
            ValueError,
            "grad_norms and step_norms must have the same length, got 2 and 1",
        ),
        (
            lambda: anet_lite.snapshot(X, X, X, X, "abc"),
            TypeError,
            "ref_seq must be a one-dimensional series, got str",
        ),
        (lambda: ANETSnapshot("a", 0, 0, 0, False, 0), TypeError, "theta must be a real number, got str"),
        (lambda: ANETSnapshot(0, 0, 0, 0, 1.5, 0), TypeError, "precursor must be a bool, got float"),
    ],
)
def test_bad_input_is_named(call, error, text):
    with pytest.raises(error) as raised:
        call()
    assert str(raised.value) == text
    assert isinstance(raised.value, anet_lite.AnetError)


def test_a_rate_past_any_length_is_a_short_series():
    assert anet_lite.two_second_precursor(X, rate_hz=1e300, window_sec=1e300) == (False, 0.0)


@pytest.mark.parametrize("window", [3, 2**32, 2**63, 2**100])
def test_entropy_rate_is_zero_for_a_window_longer_than_the_series(window):
    assert anet_lite.entropy_rate([1.0, 2.0], window) == 0.0
