"""The seed's score, streamed: one stream, pools of them, and their saved states."""

from __future__ import annotations

import copy
import math
import pickle
import sys
import threading
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import numpy_reference as reference
import rh_sparse_anomaly as rh
from anet_lite import AnetError, StreamScore, StreamScorer, StreamScorerPool
from known_answers import close
from rh_sparse_anomaly import MultiScaleAnomaly, SparseEncoder, SparseSignature
from strategies import PRESENTATIONS, tame_series

#: What another order of additions may make of one minus a cosine.
ROUNDING = 1e-14

SMALL = {"window": 6, "dimension": 64, "max_positions": 8, "scales": (4, 16), "knn_k": 3, "seed": "s"}
NOISE = np.random.default_rng(7).normal(size=400)

COPIES = [
    pytest.param(copy.copy, id="copy"),
    pytest.param(copy.deepcopy, id="deepcopy"),
    pytest.param(lambda one: pickle.loads(pickle.dumps(one)), id="pickle"),
    pytest.param(lambda one: type(one).from_bytes(one.to_bytes()), id="bytes"),
    pytest.param(lambda one: type(one).from_bytes(memoryview(one.to_bytes())), id="memoryview"),
]


def columns(scores) -> list[list[float]]:
    return [array.tolist() for array in (scores.combined, *scores.per_scale.values())]


# --- StreamScorer -----------------------------------------------------------------------------------------------------


@given(tame_series(max_size=60))
def test_scorer_is_the_reference(samples):
    mine, want = StreamScorer(**SMALL), reference.StreamScorer(**SMALL)
    for x in samples:
        score, expected = mine.push(x), want.push(x)
        assert (score is None) == (expected is None)
        if score is not None:
            assert close([score.combined, score.per_scale], list(expected), absolute=ROUNDING)


def test_scorer_gives_the_trace_and_one_window_more():
    gaps = rh.normalized_gaps(rh.generate_gammas(120))
    middle = len(gaps) // 2
    gaps[middle : middle + 8] *= 1.8
    scorer = StreamScorer(window=8, dimension=64, max_positions=8, scales=(4, 16), knn_k=3, seed="s")
    streamed = [scorer.push(x) for x in gaps]
    trace = rh.anomaly_trace_from_rh(120, 8, (4, 16), 64, 8, 3, "s")
    assert [(i, streamed[i - 1].combined, streamed[i - 1].per_scale) for i, _, _ in trace] == trace
    assert len(trace) == sum(score is not None for score in streamed) - 1


def test_scorer_answers_with_the_seeds_types():
    scorer = StreamScorer(**SMALL)
    score = [scorer.push(x) for x in NOISE[:6]][-1]
    assert type(score) is StreamScore
    assert type(score.combined) is float
    assert {type(key) for key in score.per_scale} == {int}
    assert {type(value) for value in score.per_scale.values()} == {float}
    assert pickle.loads(pickle.dumps(score)) == score


def test_push_many_is_push_one_by_one():
    scorer, twin = StreamScorer(**SMALL), StreamScorer(**SMALL)
    together = scorer.push_many(NOISE)
    one_by_one = [twin.push(x) for x in NOISE]
    assert np.isnan(together.combined[:5]).all()
    assert together.combined[5:].tolist() == [score.combined for score in one_by_one[5:]]
    for scale in (4, 16):
        assert together.per_scale[scale][5:].tolist() == [score.per_scale[scale] for score in one_by_one[5:]]
    assert scorer.to_bytes() == twin.to_bytes()


def test_peek_is_the_push_and_leaves_no_trace():
    scorer = StreamScorer(**SMALL)
    for x in NOISE[:40]:
        before = scorer.to_bytes()
        ahead = scorer.peek(x)
        assert scorer.to_bytes() == before
        assert scorer.push(x) == ahead


@pytest.mark.parametrize("present", PRESENTATIONS.values(), ids=PRESENTATIONS)
def test_push_many_takes_any_array_like(present):
    samples = NOISE[:20].tolist()
    want = StreamScorer(**SMALL).push_many(samples).combined
    np.testing.assert_array_equal(StreamScorer(**SMALL).push_many(present(samples)).combined, want)


def test_samples_that_are_not_finite_count_as_zero():
    broken, zero = StreamScorer(**SMALL), StreamScorer(**SMALL)
    for x in (1.0, math.nan, 2.0, math.inf, -math.inf, 3.0, 1.0):
        got, want = broken.push(x), zero.push(x if math.isfinite(x) else 0.0)
        assert got == want


def test_scorer_refuses_and_changes_nothing():
    scorer = StreamScorer(**SMALL)
    scorer.push_many(NOISE[:10])
    before = scorer.to_bytes()
    with pytest.raises(TypeError, match="x must be a real number, got str"):
        scorer.push("1.0")
    with pytest.raises(ValueError, match=r"values must be one-dimensional, got shape \(2, 2\)"):
        scorer.push_many(np.zeros((2, 2)))
    assert scorer.to_bytes() == before


@pytest.mark.parametrize(
    ("kwargs", "kind", "text"),
    [
        ({"window": 0}, ValueError, "window must be at least 1, got 0"),
        ({"window": "x"}, TypeError, "window must be an integer, got str"),
        ({"dimension": 0}, ValueError, "dimension must be at least 1, got 0"),
        ({"max_positions": -1}, ValueError, "max_positions must be at least 0, got -1"),
        ({"scales": (4, 0)}, ValueError, "scales must be at least 1, got 0"),
        ({"scales": 4}, TypeError, "scales must be integers, got int"),
        ({"knn_k": "x"}, TypeError, "knn_k must be an integer, got str"),
        ({"seed": "y" * 65}, ValueError, "seed must be at most 64 bytes in UTF-8, got 65 bytes"),
    ],
)
def test_scorer_and_pool_refuse_parameters(kwargs, kind, text):
    for make in (StreamScorer, lambda **kwargs: StreamScorerPool(2, **kwargs)):
        with pytest.raises(kind) as caught:
            make(**kwargs)
        assert str(caught.value) == text
        assert isinstance(caught.value, AnetError)


def test_scorer_says_how_it_was_made():
    text = 'window=6, dimension=64, max_positions=8, scales=[4, 16], knn_k=3, seed="s")'
    assert repr(StreamScorer(**SMALL)) == "StreamScorer(" + text
    assert repr(StreamScorerPool(2, **SMALL)) == "StreamScorerPool(2, " + text


def test_a_default_stream_fits_three_megabytes():
    scorer = StreamScorer()
    scorer.push_many(np.random.default_rng(1).normal(size=256 + 1100))
    assert 1_000_000 < scorer.nbytes < 3_000_000


def test_a_score_is_a_dict_of_its_own():
    score = StreamScore(0.5, {4: 0.25, 16: 0.75})
    fields = score.to_dict()
    assert fields == {"combined": 0.5, "per_scale": {4: 0.25, 16: 0.75}}
    fields["per_scale"][4] = 1.0
    assert score.per_scale[4] == 0.25


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_scores_become_a_frame_of_the_library_that_is_there(library, monkeypatch):
    library = pytest.importorskip(library)
    for other in {"pandas", "polars"} - {library.__name__}:
        monkeypatch.setitem(sys.modules, other, None)
    scores = StreamScorer(**SMALL).push_many(NOISE[:20])
    frame = scores.to_frame()
    assert isinstance(frame, library.DataFrame)
    assert list(frame.columns) == ["combined", "scale_4", "scale_16"]
    np.testing.assert_array_equal(frame["combined"].to_numpy(), scores.combined)
    np.testing.assert_array_equal(frame["scale_16"].to_numpy(), scores.per_scale[16])


def test_scores_need_a_library_for_a_frame(monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(ImportError, match="pandas or polars"):
        StreamScorer(**SMALL).push_many(NOISE[:20]).to_frame()


# --- StreamScorerPool -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("threads", [1, 2, 5])
@pytest.mark.parametrize("n", [1, 3, 40])
def test_pool_scores_each_stream_as_if_alone(n, threads):
    block = NOISE[: 400 // n * n].reshape(-1, n)
    pool = StreamScorerPool(n, **SMALL)
    pool.threads = threads
    scores = pool.push_many(block)
    assert scores.combined.shape == block.shape
    for i in range(n):
        alone = StreamScorer(**SMALL).push_many(block[:, i])
        np.testing.assert_array_equal(scores.combined[:, i], alone.combined)
        np.testing.assert_array_equal(scores.per_scale[16][:, i], alone.per_scale[16])


def test_the_frame_of_a_pool_has_a_row_for_each_step_and_stream():
    pytest.importorskip("pandas")
    scores = StreamScorerPool(2, **SMALL).push_many(NOISE[:40].reshape(20, 2))
    frame = scores.to_frame()
    assert list(frame.columns) == ["step", "stream", "combined", "scale_4", "scale_16"]
    assert frame["step"].tolist()[:4] == [0, 0, 1, 1]
    assert frame["stream"].tolist()[:4] == [0, 1, 0, 1]
    np.testing.assert_array_equal(frame["combined"], scores.combined.reshape(-1))


def test_pool_ticks_are_its_block():
    block = NOISE.reshape(20, 20)
    pool, twin = StreamScorerPool(20, **SMALL), StreamScorerPool(20, **SMALL)
    ticks = np.stack([pool.push(row).combined for row in block])
    np.testing.assert_array_equal(ticks, twin.push_many(block).combined)
    assert pool.to_bytes() == twin.to_bytes()


def test_streams_come_and_go_while_a_pool_runs():
    pool, kept = StreamScorerPool(2, **SMALL), StreamScorer(**SMALL)
    for x in NOISE[:10]:
        pool.push([0.5, x])
        kept.push(x)
    gone = pool.remove(0)
    pool.add(2)
    assert len(pool) == 3
    assert pool.push([1.0, 2.0, 3.0]).combined[0] == kept.push(1.0).combined
    assert isinstance(gone.push(0.5), StreamScore)


def test_pool_without_streams_answers_empty():
    assert StreamScorerPool(0, **SMALL).push([]).combined.shape == (0,)
    assert StreamScorerPool(0, **SMALL).push_many(np.zeros((3, 0))).combined.shape == (3, 0)
    assert StreamScorerPool(2, **SMALL).push_many(np.zeros((0, 2))).combined.shape == (0, 2)


@pytest.mark.parametrize(
    ("call", "kind", "text"),
    [
        (lambda pool: pool.push([1.0]), ValueError, "values must have one for each of 2 streams, got 1"),
        (lambda pool: pool.push_many([[1.0]]), ValueError, "values must have one for each of 2 streams, got 1"),
        (lambda pool: pool.push_many([1.0]), ValueError, "values must be two-dimensional, got shape (1,)"),
        (lambda pool: pool.push([1.0, "x"]), TypeError, "values must hold real numbers, got str as values[1]"),
        (lambda pool: pool.remove(2), ValueError, "index must be below the number of streams, got 2 with 2 streams"),
        (lambda pool: pool.remove(-1), ValueError, "index must be at least 0, got -1"),
        (lambda pool: pool.add(-1), ValueError, "count must be between 0 and 16777214, got -1"),
        (lambda pool: pool.add(2**24), ValueError, "count must be between 0 and 16777214, got 16777216"),
    ],
)
def test_pool_refuses_and_changes_no_stream(call, kind, text):
    pool = StreamScorerPool(2, **SMALL)
    pool.push([1.0, 2.0])
    before = pool.to_bytes()
    with pytest.raises(kind) as caught:
        call(pool)
    assert str(caught.value) == text
    assert pool.to_bytes() == before


# --- states -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("twin", COPIES)
def test_a_copied_detector_scores_on_bit_for_bit(twin):
    encoder, detector = SparseEncoder(70_000, 8), MultiScaleAnomaly((4, 16, 4), knn_k=3)
    signatures = [encoder.encode(NOISE[i : i + 6]) for i in range(60)]
    for signature in signatures[:30]:
        detector.update_and_score(signature)
    other = twin(detector)
    assert (other.scales, other.knn_k) == ([4, 16, 4], 3)
    for signature in signatures[30:]:
        assert other.update_and_score(signature) == detector.update_and_score(signature)


@pytest.mark.parametrize("twin", COPIES)
def test_a_copied_scorer_goes_on_bit_for_bit(twin):
    scorer = StreamScorer(**SMALL)
    scorer.push_many(NOISE[:100])
    other = twin(scorer)
    assert columns(other.push_many(NOISE[100:])) == columns(scorer.push_many(NOISE[100:]))


@pytest.mark.parametrize("twin", COPIES)
def test_a_copied_pool_goes_on_bit_for_bit(twin):
    pool = StreamScorerPool(4, **SMALL)
    pool.push_many(NOISE[:200].reshape(-1, 4))
    other = twin(pool)
    rest = NOISE[200:].reshape(-1, 4)
    assert columns(other.push_many(rest)) == columns(pool.push_many(rest))


def test_a_subclass_of_the_detector_survives_pickle():
    detector = Labelled((4,), knn_k=2)
    detector.label = "mine"
    detector.update_and_score(SparseSignature([1], [0.5], 8, 0.125))
    other = pickle.loads(pickle.dumps(detector))
    assert type(other) is Labelled
    assert other.label == "mine"
    assert other.update_and_score(SparseSignature([1], [0.5], 8, 0.125))[0] == pytest.approx(0.0, abs=ROUNDING)


class Labelled(MultiScaleAnomaly):
    """A detector with something of its own."""


def damaged(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


def resealed(data: bytes) -> bytes:
    return data[:-4] + zlib.crc32(data[:-4]).to_bytes(4, "little")


SAVED = StreamScorer(**SMALL).to_bytes()


@pytest.mark.parametrize(
    ("data", "kind", "text"),
    [
        (b"", ValueError, 'state must begin with the bytes "ANET": this is not a saved state'),
        (b"PK\x03\x04", ValueError, 'state must begin with the bytes "ANET": this is not a saved state'),
        (
            damaged(SAVED, 4),
            ValueError,
            f"state has format version {SAVED[4] ^ 0xFF}, this build reads version {SAVED[4]}",
        ),
        (MultiScaleAnomaly().to_bytes(), ValueError, "state holds a MultiScaleAnomaly, wanted a StreamScorer"),
        (SAVED[:-1], ValueError, f"state is damaged: {len(SAVED)} bytes expected, {len(SAVED) - 1} present"),
        (resealed(damaged(SAVED, len(SAVED) - 5)), ValueError, "state is damaged: impossible value in field width"),
        ("text", TypeError, "data must be bytes, got str"),
    ],
)
def test_bytes_that_are_no_scorer_are_refused(data, kind, text):
    with pytest.raises(kind) as caught:
        StreamScorer.from_bytes(data)
    assert str(caught.value) == text
    assert isinstance(caught.value, AnetError)


def test_every_damaged_byte_is_noticed():
    for at in range(len(SAVED)):
        with pytest.raises(ValueError, match="state"):
            StreamScorer.from_bytes(damaged(SAVED, at))


# --- threads ----------------------------------------------------------------------------------------------------------


def in_threads(work, count=2):
    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_two_threads_may_push_into_one_object():
    scorer, pool = StreamScorer(**SMALL), StreamScorerPool(3, **SMALL)
    detector, signature = MultiScaleAnomaly((4,)), SparseEncoder().encode(NOISE[:6])
    failures = []

    def work():
        try:
            for start in range(100):
                scorer.push_many(NOISE[start : start + 50])
                scorer.push(1.0)
                pool.push(NOISE[start : start + 3])
                detector.update_and_score(signature)
                assert len(signature.positions) == len(signature.elevations)
        except Exception as error:
            failures.append(error)

    in_threads(work)
    assert not failures
    assert StreamScorer.from_bytes(scorer.to_bytes()).to_bytes() == scorer.to_bytes()
    assert len(pool.push([0.0, 0.0, 0.0]).combined) == 3


@given(st.integers(1, 4), st.integers(0, 30))
def test_a_state_is_the_same_after_a_round_trip(n, steps):
    pool = StreamScorerPool(n, **SMALL)
    pool.push_many(NOISE[: n * steps].reshape(steps, n))
    assert StreamScorerPool.from_bytes(pool.to_bytes()).to_bytes() == pool.to_bytes()
