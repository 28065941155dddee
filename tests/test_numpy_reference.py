"""The NumPy reference gives every known answer of the published programs, but where the documentation departs."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import asdict

import numpy as np
import pytest

import numpy_reference as reference
from known_answers import Case, close, load, of_call

ANET = load("anet")
ZETA = load("zeta")
ENCODE = of_call("encoder", "SparseEncoder.encode")
HASH = of_call("encoder", "SparseEncoder._hpos")
COSINE = of_call("detector", "sparse_cosine")
WINDOWS = of_call("detector", "encode+update_and_score")
TRACE = of_call("trace", "anomaly_trace_from_rh")


def departure(case: Case) -> object:
    """Return what the documentation promises where the published program fails, else the published answer."""
    if case.call == "entropy_rate" and case.raises:
        return math.nan
    if case.call == "two_second_precursor" and case.result[1] != case.result[1] and case.name.startswith("with nan"):
        return [True, math.inf]
    return case.result


def departs_to_some_number(case: Case) -> bool:
    """Tell the cases whose documented answer the published program does not know."""
    unequal_spectra = case.call == "theta_consistency" and case.raises is not None
    return unequal_spectra or case.name.startswith("nan long ago")


def test_every_case_is_read():
    assert Counter(case.call for case in ANET) == {
        "two_second_precursor": 65,
        "entropy_rate": 39,
        "theta_consistency": 26,
        "processivity": 16,
        "snapshot": 10,
        "f_total": 3,
    }
    assert len(ZETA) == 123
    assert (len(ENCODE), len(HASH)) == (96, 8)
    assert (len(COSINE), len(WINDOWS)) == (8, 7)
    assert len(TRACE) == 4


@pytest.mark.parametrize("case", ANET, ids=str)
def test_metric(case):
    function = getattr(reference, case.call)
    if case.call == "processivity" and case.raises:
        with pytest.raises(case.raises):
            function(*case.args, **case.kwargs)
        return
    got = function(*case.args, **case.kwargs)
    if case.call == "snapshot":
        got = got._asdict()
    if departs_to_some_number(case):
        assert math.isfinite(got if isinstance(got, float) else got[1])
    else:
        assert close(got, departure(case), 1e-12, 1e-14)


def test_precursor_leaves_broken_samples_out_of_the_base():
    calm = [0.0, 1.0] * 30
    assert reference.two_second_precursor([math.nan, *calm]) == reference.two_second_precursor(calm)


@pytest.mark.parametrize("case", ZETA, ids=str)
def test_zeta(case):
    got = getattr(reference, case.call)(*case.args, **case.kwargs)
    assert close(got, case.result, 1e-15)


@pytest.mark.parametrize("case", ENCODE, ids=str)
def test_encode(case):
    encoder = reference.SparseEncoder(**case.kwargs)
    if case.raises:
        with pytest.raises(case.raises):
            encoder.encode(*case.args)
    else:
        assert close(asdict(encoder.encode(*case.args)), case.result)


@pytest.mark.parametrize("case", HASH, ids=str)
def test_hash(case):
    seed, dimension, *item = case.args
    encoder = reference.SparseEncoder(dimension, seed=seed)
    assert encoder._hpos(*item) == case.result


@pytest.mark.parametrize("case", COSINE, ids=str)
def test_sparse_cosine(case):
    assert close(reference.sparse_cosine(*case.args), case.result)


@pytest.mark.parametrize("case", WINDOWS, ids=str)
def test_update_and_score(case):
    scales, knn_k, samples, window, dimension, max_positions = case.args
    anomaly = reference.MultiScaleAnomaly(scales, knn_k)
    encoder = reference.SparseEncoder(dimension, max_positions, seed="g")
    ends = range(window, len(samples) + 1)
    scores = [anomaly.update_and_score(encoder.encode(samples[end - window : end])) for end in ends]
    rows = [[combined, list(per_scale.values())] for combined, per_scale in scores]
    assert close(rows[: len(case.result)], case.result)


@pytest.mark.parametrize("case", TRACE, ids=str)
def test_trace(case):
    if case.raises:
        with pytest.raises(case.raises):
            reference.anomaly_trace_from_rh(**case.kwargs)
        return
    rows = reference.anomaly_trace_from_rh(**case.kwargs)
    assert close([[i, combined, list(per_scale.values())] for i, combined, per_scale in rows], case.result)


def test_scorer_gives_the_trace():
    gaps = reference.normalized_gaps(reference.generate_gammas(40))
    reference.jolt(gaps)
    scorer = reference.StreamScorer(8, 64, 8, (4, 16), 3, "s")
    streamed = [score for score in map(scorer.push, gaps) if score]
    trace = reference.anomaly_trace_from_rh(40, 8, (4, 16), 64, 8, 3, "s")
    assert [(combined, per_scale) for _, combined, per_scale in trace] == streamed[:-1]


@pytest.mark.skipif(np.lib.NumpyVersion(np.__version__) < "2.1.0", reason="older NumPy takes bins without width")
def test_entropy_of_a_range_narrower_than_its_bins_counts_samples():
    flat, two_neighbours = [1.0] * 16, [1.0, math.nextafter(1.0, 2.0)] * 8
    assert close(reference.entropy_rate(flat + two_neighbours, 16), math.log(2.0), 1e-11)


def test_entropy_of_a_range_past_the_largest_float_is_nan():
    assert math.isnan(reference.entropy_rate([0.0] * 16 + [-1e308, 1e308] * 8, 16))
