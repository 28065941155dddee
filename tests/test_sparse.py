"""Signatures, their encoder, and the anomaly scores over their history."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import math
import pickle
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import numpy_reference as reference
from anet_lite import AnetError
from known_answers import close, of_call
from rh_sparse_anomaly import MultiScaleAnomaly, SparseEncoder, SparseSignature, sparse_cosine
from strategies import PRESENTATIONS, series, tame_series

#: What another order of additions may make of one minus a cosine.
ROUNDING = 1e-14

# --- SparseSignature --------------------------------------------------------------------------------------------------

FIELDS = ["positions", "elevations", "dimension", "sparsity", "version", "salt_id"]


def signature() -> SparseSignature:
    return SparseEncoder(64, 4, "s").encode([0.0, 1.0, 0.0, 5.0, 2.0])


def by_hand(positions, elevations) -> SparseSignature:
    return SparseSignature(positions, elevations, 64, 0.0)


@dataclasses.dataclass
class SeedsSignature:
    positions: list[int]
    elevations: list[float]
    dimension: int
    sparsity: float
    version: str = "sparse-minimal-0.1"
    salt_id: str = "rh_sparse"


def test_signature_has_the_seeds_types():
    made = signature()
    assert [type(getattr(made, name)) for name in FIELDS] == [list, list, int, float, str, str]
    assert {type(p) for p in made.positions} == {int}
    assert {type(e) for e in made.elevations} == {float}
    assert (made.dimension, made.sparsity, made.version, made.salt_id) == (64, 4 / 64, "sparse-minimal-0.1", "s")


def test_signature_looks_like_the_seeds():
    args = ([1, 2], [0.5, 0.25], 8, 0.25)
    mine, seeds = SparseSignature(*args), SeedsSignature(*args)
    assert repr(mine) == repr(seeds).replace("SeedsSignature", "SparseSignature")
    assert [(f.name, f.type, f.default) for f in dataclasses.fields(SparseSignature)][2:] == [
        (f.name, f.type, f.default) for f in dataclasses.fields(SeedsSignature)
    ][2:]


@pytest.mark.skipif(sys.version_info < (3, 10), reason="Python 3.9 reads no signature off a compiled class")
def test_signature_is_made_as_the_seeds_is():
    assert inspect.signature(SparseSignature).parameters.keys() == inspect.signature(SeedsSignature).parameters.keys()


def test_signature_lists_are_the_objects_own():
    made = signature()
    assert made.positions is made.positions
    made.positions[0] = 99
    made.elevations.append(0.5)
    assert made.positions[0] == 99
    assert made.elevations[-1] == 0.5
    assert MultiScaleAnomaly.to_dict(made)[99] == made.elevations[0]


def test_signature_fields_can_be_set():
    made = signature()
    for name in FIELDS:
        value = object()
        setattr(made, name, value)
        assert getattr(made, name) is value
    made.note = "kept"
    assert made.note == "kept"


def test_signature_equality_is_by_fields_and_class():
    class Inherited(SparseSignature):
        pass

    assert signature() == signature()
    assert signature() != dataclasses.replace(signature(), salt_id="other")
    assert by_hand([1], [0.5]) != SeedsSignature([1], [0.5], 64, 0.0)
    assert by_hand([1], [0.5]) != Inherited([1], [0.5], 64, 0.0)
    with pytest.raises(TypeError, match="unhashable"):
        hash(signature())


def test_signature_is_a_dataclass():
    made = signature()
    assert dataclasses.is_dataclass(SparseSignature)
    assert dataclasses.is_dataclass(made)
    assert dataclasses.asdict(made) == {name: getattr(made, name) for name in FIELDS}
    assert dataclasses.astuple(made) == tuple(getattr(made, name) for name in FIELDS)
    assert dataclasses.replace(made, dimension=1) == SparseSignature(
        made.positions, made.elevations, 1, 4 / 64, salt_id="s"
    )
    assert SparseSignature.__match_args__ == tuple(FIELDS)


def test_signature_can_be_inherited_by_a_dataclass():
    @dataclasses.dataclass
    class Labelled(SparseSignature):
        label: str = "none"

    made = Labelled([1], [0.5], 64, 0.0, label="mine")
    assert (made.positions, made.label) == ([1], "mine")
    assert [field.name for field in dataclasses.fields(Labelled)] == [*FIELDS, "label"]


@pytest.mark.parametrize("twin", [copy.copy, copy.deepcopy, lambda s: pickle.loads(pickle.dumps(s))])
def test_signature_copies(twin):
    made = signature()
    made.note = "kept"
    other = twin(made)
    assert other == made
    assert other.note == "kept"


def test_signature_needs_its_fields():
    with pytest.raises(TypeError, match="missing 2 required"):
        SparseSignature([], [])
    with pytest.raises(AttributeError, match="positions"):
        SparseSignature.__new__(SparseSignature).positions  # noqa: B018


# --- SparseEncoder ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", of_call("encoder", "SparseEncoder.encode"), ids=str)
def test_encode_known_answers(case):
    if case.raises:
        with pytest.raises(case.raises):
            SparseEncoder(**case.kwargs)
        return
    got = dataclasses.asdict(SparseEncoder(**case.kwargs).encode(*case.args))
    want = case.result
    assert close(got["elevations"], want["elevations"])
    assert sorted(got["positions"]) == sorted(want["positions"])
    by_position = dict(zip(want["positions"], want["elevations"]))
    assert close([by_position[p] for p in got["positions"]], want["elevations"])
    rest = ("dimension", "sparsity", "version", "salt_id")
    assert [got[name] for name in rest] == [want[name] for name in rest]


def test_encode_answers_96_cases():
    assert len(of_call("encoder", "SparseEncoder.encode")) == 96


@pytest.mark.parametrize("case", of_call("encoder", "SparseEncoder._hpos"), ids=str)
def test_hash_known_answers(case):
    seed, dimension, *item = case.args
    assert SparseEncoder(dimension, seed=seed)._hpos(*item) == case.result


@given(tame_series(max_size=80), st.integers(1, 300), st.integers(0, 60), st.text(max_size=16))
def test_encode_is_the_reference(x, dimension, max_positions, seed):
    got = SparseEncoder(dimension, max_positions, seed).encode(x)
    want = reference.SparseEncoder(dimension, max_positions, seed).encode(x)
    assert close(got.elevations, want.elevations)
    assert len(set(got.positions)) == len(got.positions) == len(want.positions)


@given(series())
def test_encode_survives_anything(x):
    made = SparseEncoder().encode(x)
    assert all(0.0 <= e <= 1.0 for e in made.elevations)
    assert all(0 <= p < 4096 for p in made.positions)


@pytest.mark.parametrize("present", PRESENTATIONS.values(), ids=PRESENTATIONS)
def test_encode_takes_any_array_like(present):
    x = [0.0, 1.0, -2.0, 5.0, 2.5]
    assert SparseEncoder().encode(present(x)) == SparseEncoder().encode(x)


def test_encoder_parameters_can_be_set():
    encoder = SparseEncoder()
    assert (encoder.D, encoder.K, encoder.seed) == (4096, 128, "rh_sparse")
    encoder.D, encoder.K, encoder.seed = 64, 4, "s"
    assert encoder.encode([0.0, 1.0, 0.0, 5.0, 2.0]) == signature()


def test_encoder_takes_what_int_and_str_take():
    encoder = SparseEncoder(64.9, np.int32(4), 7)
    assert (encoder.D, encoder.K, encoder.seed) == (64, 4, "7")


@pytest.mark.parametrize(
    ("kwargs", "kind", "text"),
    [
        ({"dimension": 0}, ValueError, "dimension must be at least 1, got 0"),
        ({"max_positions": -1}, ValueError, "max_positions must be at least 0, got -1"),
        ({"dimension": []}, TypeError, "dimension must be an integer, got list"),
        ({"dimension": 2**200}, ValueError, "dimension must fit 128 bits, got a larger integer"),
        ({"seed": "y" * 65}, ValueError, "seed must be at most 64 bytes in UTF-8, got 65 bytes"),
    ],
)
def test_encoder_refuses(kwargs, kind, text):
    with pytest.raises(kind) as caught:
        SparseEncoder(**kwargs)
    assert str(caught.value) == text
    assert isinstance(caught.value, AnetError)


def test_encoder_that_refused_a_setting_keeps_the_old_one():
    encoder = SparseEncoder()
    with pytest.raises(ValueError, match="D must be at least 1, got 0"):
        encoder.D = 0
    with pytest.raises(ValueError, match="seed must be at most 64 bytes"):
        encoder.seed = "y" * 65
    assert (encoder.D, encoder.seed) == (4096, "rh_sparse")


def test_encoder_safe_replaces_what_is_not_finite():
    safe = SparseEncoder._safe([1, math.nan, math.inf, -math.inf])
    assert safe.dtype == np.float64
    assert safe.tolist() == [1.0, 0.0, 0.0, 0.0]


@pytest.mark.parametrize("twin", [copy.copy, copy.deepcopy, lambda e: pickle.loads(pickle.dumps(e))])
def test_encoder_copies(twin):
    other = twin(SparseEncoder(64, 4, "s"))
    assert other.encode([0.0, 1.0, 0.0, 5.0, 2.0]) == signature()


def test_encoder_can_be_inherited():
    class Small(SparseEncoder):
        def __init__(self):
            super().__init__(dimension=64, max_positions=4, seed="s")

    assert Small().encode([0.0, 1.0, 0.0, 5.0, 2.0]) == signature()


# --- sparse_cosine ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", of_call("detector", "sparse_cosine"), ids=str)
def test_cosine_known_answers(case):
    assert close(sparse_cosine(*case.args), case.result)


def test_cosine_answers_eight_cases():
    assert len(of_call("detector", "sparse_cosine")) == 8


vectors = st.dictionaries(st.integers(-3, 8) | st.integers(-(2**127), 2**127 - 1), st.floats(-1.0, 1.0), max_size=8)


@given(vectors, vectors)
def test_cosine_is_the_reference(a, b):
    assert close(sparse_cosine(a, b), reference.sparse_cosine(a, b), absolute=ROUNDING)


def test_cosine_of_what_is_not_finite_is_nan():
    assert math.isnan(sparse_cosine({1: math.inf}, {1: 1.0}))
    assert math.isnan(sparse_cosine({1: 1.0}, {2: math.nan}))


def test_cosine_refuses():
    with pytest.raises(TypeError, match="b must be a dict of position: elevation, got list"):
        sparse_cosine({}, [1])
    with pytest.raises(ValueError, match="positions must fit 128 bits"):
        sparse_cosine({2**127: 1.0}, {})


# --- MultiScaleAnomaly ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", of_call("detector", "encode+update_and_score"), ids=str)
def test_scores_known_answers(case):
    scales, knn_k, samples, window, dimension, max_positions = case.args
    encoder, detector = SparseEncoder(dimension, max_positions, "g"), MultiScaleAnomaly(scales, knn_k)
    ends = range(window, window + len(case.result))
    for end, (want_combined, want_scores) in zip(ends, case.result):
        combined, per_scale = detector.update_and_score(encoder.encode(samples[end - window : end]))
        assert type(combined) is float
        assert list(per_scale) == scales
        assert close([combined, *per_scale.values()], [want_combined, *want_scores], absolute=ROUNDING)


def test_scores_answer_seven_streams():
    assert len(of_call("detector", "encode+update_and_score")) == 7


hand_built = st.lists(
    st.tuples(st.integers(-2, 30) | st.integers(-(2**127), 2**127 - 1), st.floats(-1.0, 1.0)), max_size=10
)


@given(
    st.lists(st.integers(1, 12), max_size=4), st.integers(-2, 8) | st.just(10**30), st.lists(hand_built, max_size=40)
)
def test_scores_are_the_reference(scales, knn_k, stream):
    mine, want = MultiScaleAnomaly(scales, knn_k), reference.MultiScaleAnomaly(scales, knn_k)
    for entries in stream:
        sig = by_hand([p for p, _ in entries], [e for _, e in entries])
        assert close(mine.update_and_score(sig), want.update_and_score(sig), absolute=ROUNDING)


def test_detector_keeps_scales_as_given_and_scores_each_once():
    detector = MultiScaleAnomaly([8, 4, 8], knn_k=2)
    assert (detector.scales, detector.knn_k) == ([8, 4, 8], 2)
    assert detector.update_and_score(signature()) == (1.0, {8: 1.0, 4: 1.0})


def test_detector_without_scales_scores_zero():
    assert MultiScaleAnomaly([]).update_and_score(signature()) == (0.0, {})


def test_detector_takes_whatever_has_positions_and_elevations():
    seeds = SeedsSignature(np.array([1, 2]), np.array([0.5, 0.25]), 8, 0.25)
    detector = MultiScaleAnomaly([4])
    detector.update_and_score(by_hand([1.0, 2.0], [0.5, 0.25]))
    assert detector.update_and_score(seeds)[0] == pytest.approx(0.0, abs=ROUNDING)


def test_detector_asks_a_subclass_for_the_dict():
    class Blind(MultiScaleAnomaly):
        @staticmethod
        def to_dict(sig):  # noqa: ARG004
            return {1: 1.0}

    detector = Blind([4])
    detector.update_and_score(by_hand([5], [1.0]))
    assert detector.update_and_score(by_hand([6], [1.0]))[0] == 0.0


@pytest.mark.parametrize(
    ("sig", "kind", "text"),
    [
        (by_hand([1], [math.nan]), ValueError, "elevations must be finite, got NaN"),
        (by_hand([1, 2], [0.5, math.inf]), ValueError, "elevations must be finite, got inf"),
        (by_hand([2**127], [0.5]), ValueError, "positions must fit 128 bits, got a larger integer"),
        (by_hand([None], [0.5]), TypeError, "positions must be an integer, got NoneType"),
        (by_hand([1], [None]), TypeError, "elevations must be a real number, got NoneType"),
        ("text", TypeError, "sig must have positions, got str"),
    ],
)
def test_detector_refuses_and_changes_nothing(sig, kind, text):
    detector, untouched = MultiScaleAnomaly([4]), MultiScaleAnomaly([4])
    for one in (detector, untouched):
        one.update_and_score(signature())
    with pytest.raises(kind) as caught:
        detector.update_and_score(sig)
    assert str(caught.value) == text
    assert detector.update_and_score(by_hand([1, 2], [1.0, 1.0])) == untouched.update_and_score(
        by_hand([1, 2], [1.0, 1.0])
    )


@pytest.mark.parametrize(
    ("args", "kind", "text"),
    [
        (([4, 0],), ValueError, "scales must be at least 1, got 0"),
        (([4, "a"],), TypeError, "scales must be an integer, got str"),
        ((4,), TypeError, "scales must be integers, got int"),
    ],
)
def test_detector_refuses_parameters(args, kind, text):
    with pytest.raises(kind) as caught:
        MultiScaleAnomaly(*args)
    assert str(caught.value) == text
