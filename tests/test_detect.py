"""The stream detector, its pool, its token signatures and its episodes, as Python sees them."""

from __future__ import annotations

import copy
import json
import pickle
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from anet_lite import AnetError, Episodes, StreamDetector, StreamDetectorPool, TokenEncoder
from rh_sparse_anomaly import MultiScaleAnomaly, sparse_cosine

GOLDEN = json.loads((Path(__file__).parent / "golden" / "stream_detector.json").read_text())
SHORT = [case for case in GOLDEN["cases"] if "x" in case]
SHORT_PARTS = ("d4", "d16", "d32", "d64", "tokens", "rarity", "flatline")
LATER_PARTS = ("r1", "r8", "r16", "r32", "season32", "season128", "drift", "fall", "place")
ALARM = 1e-4


def wave(n: int, period: float = 50.0, seed: int = 0) -> np.ndarray:
    """Return a sine with a little noise."""
    return np.sin(2 * np.pi * np.arange(n) / period) + 0.1 * np.random.default_rng(seed).standard_normal(n)


def same(a, b) -> None:
    """Assert that two batches of detections agree bit for bit."""
    assert np.array_equal(a.score, b.score, equal_nan=True)
    assert np.array_equal(a.p_value, b.p_value, equal_nan=True)
    assert list(a.parts) == list(b.parts)
    assert all(np.array_equal(a.parts[name], b.parts[name], equal_nan=True) for name in a.parts)


# --- known answers ----------------------------------------------------------------------------------------------------


def test_the_golden_file_is_whole():
    assert len(GOLDEN["cases"]) == 6
    assert len(SHORT) == 5


@pytest.mark.parametrize("case", SHORT, ids=lambda case: case["name"].split(":")[0])
def test_known_answers(case):
    found = StreamDetector(GOLDEN["seed"]).push_many(case["x"])
    np.testing.assert_allclose(found.score, case["score"], rtol=1e-5, atol=1e-5)
    np.testing.assert_allclose(np.log(found.p_value), np.log(case["p_value"]), rtol=1e-5, atol=1e-5)
    for place, parts in case["parts"].items():
        assert {name: values[int(place)] for name, values in found.parts.items()} == pytest.approx(
            parts, rel=1e-5, abs=1e-5, nan_ok=True
        )


def test_known_answers_of_the_long_series():
    case = GOLDEN["cases"][-1]
    t = np.arange(case["n"])
    h = ((t * t * 7919 + t * 104729) % 1013) / 1013 - 0.5
    rounded = [round(x, 6) for x in (abs(t % 40 - 20) / 10 - 1 + 0.2 * h).tolist()]
    x = np.array(rounded) + np.where(t % 6000 >= 5900, 1.0, 0.0)
    found = StreamDetector().push_many(x, parts=False)
    np.testing.assert_allclose(found.score[case["at"]], case["score_at"], rtol=1e-5, atol=1e-5)
    np.testing.assert_allclose(np.log(found.p_value[case["at"]]), np.log(case["p_value_at"]), rtol=1e-5, atol=1e-5)


# --- one stream -------------------------------------------------------------------------------------------------------


def test_one_by_one_equals_many_at_once():
    x = wave(700)
    x[300] += 3
    one, many = StreamDetector(), StreamDetector().push_many(x)
    found = [one.push(value) for value in x]
    assert [detection.score for detection in found] == many.score.tolist()
    assert [detection.p_value for detection in found] == many.p_value.tolist()
    assert found[300].parts == {name: values[300] for name, values in many.parts.items()}


def test_every_part_is_there_and_options_take_them_away():
    assert len(StreamDetector().push(0.0).parts) == 26
    assert list(StreamDetector(long=False).push(0.0).parts) == [*SHORT_PARTS, *LATER_PARTS]
    assert list(StreamDetector(small=True).push(0.0).parts) == [
        name for name in (*SHORT_PARTS, *LATER_PARTS) if name != "tokens"
    ]
    assert "tokens" not in StreamDetector(tokens=False).push(0.0).parts
    assert StreamDetector().push_many([1.0], parts=False).parts == {}


def test_an_order_changes_no_score_and_is_kept():
    x = wave(300)
    ordered, plain = StreamDetector(), StreamDetector()
    same(ordered.push_many(x, range(300, 0, -1)), plain.push_many(x))
    assert (ordered.last_order, plain.last_order) == (300, None)


def test_a_detection_as_a_dict_and_as_html():
    detector = StreamDetector(channels=2)
    found = [detector.push([x, -x]) for x in wave(100)][-1]
    fields = found.to_dict()
    names = ("score", "p_value", "held", "expected", "low", "high", "channel", "joint", "parts")
    assert repr(fields) == repr({name: getattr(found, name) for name in names})  # without a band its ends are NaN
    html = found._repr_html_()
    assert html.startswith("<table>")
    assert f"<td>{found.score:.4f}</td>" in html
    assert html.count("<th>") == html.count("<td>") == 3 + len(found.parts)


def test_detections_as_a_frame():
    pandas = pytest.importorskip("pandas")
    found = StreamDetector().push_many(wave(100))
    frame = found.to_frame()
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame) == ["score", "p_value", "held", "expected", "channel", "joint", *found.parts]
    assert frame["d4"].tolist() == found.parts["d4"].tolist()
    pool = StreamDetectorPool(2).push_many(np.column_stack([wave(100), wave(100, 9)]), parts=False)
    frame = pool.to_frame()
    assert list(frame) == ["step", "stream", "score", "p_value", "held", "expected", "channel", "joint"]
    assert frame["score"][frame["stream"] == 1].tolist() == pool.score[:, 1].tolist()


@given(st.lists(st.floats(width=64) | st.none(), max_size=300), st.integers(0, 300))
def test_cut_anywhere_and_saved_it_goes_on_bit_for_bit(values, place):
    whole = StreamDetector()
    first, rest = values[:place], values[place:]
    whole.push_many(first)
    twins = [StreamDetector.from_bytes(whole.to_bytes()), pickle.loads(pickle.dumps(whole)), copy.deepcopy(whole)]
    expected = whole.push_many(rest)
    for twin in [*twins]:
        same(twin.push_many(rest), expected)
        assert twin.to_bytes() == whole.to_bytes()


def test_scores_are_finite_wherever_samples_are():
    x = np.array([0.0, 1e308, -1e308, 5e-324, 1.7e308] * 40)
    found = StreamDetector().push_many(x)
    assert np.isfinite(found.score).all()
    assert ((found.p_value > 0) & (found.p_value <= 1)).all()


def test_state_is_small_and_does_not_grow():
    detector, bare = StreamDetector(), StreamDetector(tokens=False)
    x = np.random.default_rng(0).standard_cauchy(30_000)
    for part in np.split(x, 3):
        detector.push_many(part, parts=False)
        bare.push_many(part, parts=False)
        assert len(detector.to_bytes()) <= 260_000
        assert len(bare.to_bytes()) <= 160_000


@pytest.mark.parametrize("kind", ["constant", "ramp", "steps"])
def test_nothing_is_said_of_what_never_changes(kind):
    t = np.arange(5000)
    x = {"constant": np.full(5000, 0.1), "ramp": 0.3 * t, "steps": t // 7 % 3}[kind]
    assert (StreamDetector().push_many(x).p_value[500:] > ALARM).all()


@pytest.mark.parametrize("event", ["level", "noise", "stuck", "spike"])
def test_an_event_is_found_and_little_else(event):
    x = wave(4000)
    x[3000:3040] = {
        "level": x[3000:3040] + 1.5,
        "noise": x[3000:3040] + np.random.default_rng(1).standard_normal(40),
        "stuck": np.full(40, x[3000]),
        "spike": x[3000:3040] + 3 * (np.arange(40) < 2),
    }[event]
    p_value = StreamDetector().push_many(x).p_value
    assert p_value[3000:3065].min() <= ALARM
    assert (p_value[500:3000] > ALARM).all()


# --- gaps -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("missing", [None, float("nan"), float("inf"), float("-inf")])
def test_a_missing_sample_is_skipped(missing):
    detector = StreamDetector()
    detector.push_many(wave(200))
    untouched = copy.copy(detector)
    skipped = detector.push(missing)
    assert np.isnan(skipped.score)
    assert np.isnan(skipped.p_value)
    same(detector.push_many(wave(100, seed=1)), untouched.push_many(wave(100, seed=1)))


def test_a_missing_sample_is_flagged():
    detector = StreamDetector(missing="flag")
    detector.push_many(wave(200))
    flagged = detector.push(None)
    assert (flagged.score, flagged.p_value) == (float("inf"), 0.0)
    assert detector.push(0.0).p_value > ALARM


@pytest.mark.parametrize("gap", [16, 100, 513, 2025, 10_007])
@pytest.mark.parametrize("period", [20, 50, 300])
def test_a_long_gap_is_no_anomaly(gap, period):
    x = wave(4000 + gap, period)
    x[2500 : 2500 + gap] = np.nan
    p_value = StreamDetector().push_many(x).p_value
    assert np.nanmin(p_value[2500:]) > ALARM


@pytest.mark.parametrize("gap", [16, 100, 513, 2025])
def test_a_gap_that_ends_at_another_level_is_one(gap):
    x = wave(4000 + gap)
    x[2500 : 2500 + gap] = np.nan
    x[2500 + gap :] += 4
    assert np.nanmin(StreamDetector().push_many(x).p_value[2500 : 2500 + gap + 30]) <= ALARM


# --- several channels -------------------------------------------------------------------------------------------------


def test_channels_are_detectors_side_by_side():
    x = np.column_stack([wave(900, seed=seed) for seed in range(3)])
    x[800, 1] += 3
    found = StreamDetector(channels=3).push_many(x)
    single = [StreamDetector().push_many(column) for column in x.T]
    assert np.array_equal(found.score, np.max([one.score for one in single], axis=0))
    smallest = np.min([one.p_value for one in single], axis=0)
    assert np.array_equal(found.p_value, np.minimum(3 * smallest, 1.0))
    assert found.channel[800] == 1
    assert found.parts["d4"][800] == single[1].parts["d4"][800]


def test_a_gap_in_one_channel_leaves_the_others():
    x = np.column_stack([wave(300, seed=0), wave(300, seed=1)])
    detector = StreamDetector(channels=2)
    detector.push_many(x)
    half = detector.push([None, 0.5])
    assert np.isfinite(half.score)
    assert half.channel == 1
    assert np.isnan(detector.push([None, None]).score)
    flag = StreamDetector(channels=2, missing="flag").push([0.0, None])
    assert (flag.p_value, flag.channel) == (0.0, 1)


# --- explanations -----------------------------------------------------------------------------------------------------


def test_an_explanation_names_part_matches_and_tokens():
    detector = StreamDetector()
    detector.push_many(np.random.default_rng(0).standard_normal(1500))
    assert detector.push(12.0).p_value <= ALARM
    why = detector.explain()
    assert why.part == "d4"  # nothing foretells noise, so that its forecasts tell little
    assert why.raw > 3 * why.usual
    assert next(iter(why.contributions)) == why.part
    assert why.score == pytest.approx(sum(why.contributions.values()))
    assert len(why.matches) == 5
    assert all(4 < age <= 1028 for age, _ in why.matches)
    assert why.raw == pytest.approx(np.mean([distance for _, distance in why.matches]))
    text, age, count = why.rare_tokens[0]
    assert (age, count) == (0, 1.0)
    assert text.startswith(("level 6", "step"))


def test_an_explanation_of_a_flatline_and_of_the_warm_up():
    detector = StreamDetector()
    detector.push_many(np.random.default_rng(0).standard_normal(1000))
    detector.push_many(np.zeros(17))
    assert detector.explain().part == "flatline"
    assert StreamDetector().explain().part is None


def test_an_explanation_of_a_channel():
    detector = StreamDetector(channels=2)
    detector.push_many(np.column_stack([wave(800), wave(800, seed=1)]))
    detector.push([0.0, 9.0])
    assert detector.explain().p_value == detector.explain(1).p_value < detector.explain(0).p_value


# --- pool -------------------------------------------------------------------------------------------------------------


def test_a_pool_is_detectors_side_by_side():
    x = np.column_stack([wave(300, seed=seed) for seed in range(5)])
    x[100, 2] = np.nan
    pool = StreamDetectorPool(5)
    found = pool.push_many(x)
    assert found.score.shape == (300, 5)
    for i, column in enumerate(x.T):
        alone = StreamDetector().push_many(column)
        assert np.array_equal(found.score[:, i], alone.score, equal_nan=True)
        assert np.array_equal(found.parts["tokens"][:, i], alone.parts["tokens"], equal_nan=True)


def test_streams_come_and_go_and_survive_a_save():
    pool = StreamDetectorPool(2, tokens=False)
    pool.push_many(np.column_stack([wave(200, seed=0), wave(200, seed=1)]))
    second = copy.copy(pool).remove(1)
    pool.add(2)
    assert len(pool) == 4
    twin = StreamDetectorPool.from_bytes(pool.to_bytes())
    pool.threads, twin.threads = 1, 3
    row = [0.5, 2.0, 0.1, None]
    same(twin.push(row), pool.push(row))
    assert second.push(2.0).score == pool.remove(1).explain().score


def test_a_batch_of_the_wrong_shape_changes_no_stream():
    pool = StreamDetectorPool(3)
    before = pool.to_bytes()
    with pytest.raises(ValueError, match="samples must have one for each of 3 streams, got 2"):
        pool.push([1.0, 2.0])
    with pytest.raises(ValueError, match="samples must be two-dimensional"):
        pool.push_many([1.0, 2.0, 3.0])
    assert pool.to_bytes() == before


# --- words ------------------------------------------------------------------------------------------------------------


def test_similar_windows_share_positions_and_others_do_not():
    encode = TokenEncoder().encode
    a, b, c = wave(256), wave(256) + 1e-4 * wave(256, 7), np.random.default_rng(0).standard_normal(256)
    a, b, c = (MultiScaleAnomaly.to_dict(encode(x)) for x in (a, b, c))
    assert sparse_cosine(a, b) > 0.98
    assert sparse_cosine(a, c) < 0.9


def test_a_word_signature_is_one_like_any_other():
    signature = TokenEncoder("other").encode(wave(256))
    assert (signature.dimension, signature.salt_id) == (4096, "other")
    assert len(set(signature.positions)) == len(signature.positions) <= 128
    assert signature.elevations == sorted(signature.elevations, reverse=True)
    assert sum(e * e for e in signature.elevations) == pytest.approx(1.0)
    score, _ = MultiScaleAnomaly((8,)).update_and_score(signature)
    assert score == 1.0
    assert TokenEncoder().encode([None, float("nan")]).positions == []


# --- alarms -----------------------------------------------------------------------------------------------------------


def runs(p_values, threshold, merge, cooldown):
    """Return what an alarm is specified to tell of, from the whole list of p-values."""
    places = [t for t, p in enumerate(p_values) if p <= threshold]
    episodes, quiet = [], -1
    for t in places:
        if episodes and t - episodes[-1][-1] < merge:
            episodes[-1].append(t)
            quiet = t + 1 + cooldown
        elif t >= quiet:
            episodes.append([t])
            quiet = t + 1 + cooldown
    return [(run[0], min(run, key=lambda t: (p_values[t], t)), run[-1]) for run in episodes]


@given(
    st.lists(st.sampled_from([1.0, 1e-5, 1e-9, 0.5, float("nan")]), max_size=60),
    st.integers(2, 6),
    st.integers(0, 12),
)
def test_episodes_are_runs(p_values, merge, cooldown):
    episodes = Episodes(merge=merge, cooldown=cooldown)
    found = episodes.push_many(p_values)
    last = episodes.finish()
    found += [last] if last else []
    assert [(e.start, e.peak, e.end) for e in found] == runs(p_values, 1e-4, merge, cooldown)


def test_an_episode_is_given_once_when_it_begins_and_once_when_it_is_over():
    episodes = Episodes(merge=3)
    found = [episodes.push(p) for p in [1.0, 1e-5, 1e-6, 1.0]]
    assert [episode is not None for episode in found] == [False, True, False, False]
    assert episodes.open is not None
    restored = pickle.loads(pickle.dumps(episodes))
    over = episodes.push(1.0)
    assert (over.start, over.peak, over.p_value, over.end) == (1, 2, 1e-6, 2)
    assert episodes.open is None
    assert restored.push(1.0) == over


def test_an_episode_as_a_dict():
    episodes = Episodes()
    assert episodes.push(1e-6).to_dict() == {"start": 0, "peak": 0, "p_value": 1e-6, "end": None}


# --- errors -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "error", "text"),
    [
        (lambda: StreamDetector("x" * 65), ValueError, "seed must be at most 64 bytes in UTF-8, got 65 bytes"),
        (lambda: StreamDetector(3), TypeError, "seed must be a str, got int"),
        (lambda: StreamDetector(channels=0), ValueError, "channels must be from 1 to 1024, got 0"),
        (lambda: StreamDetector(channels=2.5), TypeError, "channels must be an integer, got float"),
        (lambda: StreamDetector(missing="drop"), ValueError, "missing must be 'skip' or 'flag', got 'drop'"),
        (lambda: StreamDetector(tokens="yes"), TypeError, "tokens must be a bool, got str"),
        (lambda: StreamDetector().push("1"), TypeError, "x must be a real number, got str"),
        (lambda: StreamDetector(channels=2).push([1.0]), ValueError, "one number for each of 2 channels, got 1"),
        (lambda: StreamDetector(channels=2).push_many([[1.0]]), ValueError, r"values must have shape \(n, 2\)"),
        (lambda: StreamDetector().explain(1), ValueError, "channel must be the number of a channel, from 0, got 1"),
        (lambda: StreamDetector.from_bytes(b"nothing"), ValueError, "this is not a saved state"),
        (lambda: StreamDetector.from_bytes(Episodes().to_bytes()), ValueError, "holds a Episodes, wanted a"),
        (lambda: StreamDetectorPool(-1), ValueError, "n must be at least 0"),
        (lambda: StreamDetectorPool(1).remove(1), ValueError, "index must be below the number of streams"),
        (lambda: Episodes(threshold=2.0), ValueError, "threshold must be from 0 to 1, got 2"),
        (lambda: Episodes(merge=1), ValueError, "merge must be from 2 to 4294967295, got 1"),
        (lambda: Episodes(cooldown=-1), ValueError, "cooldown must be from 0 to 4294967295, got -1"),
    ],
)  # fmt: skip
def test_errors_name_the_argument(call, error, text):
    with pytest.raises(error, match=text) as caught:
        call()
    assert isinstance(caught.value, AnetError)


def test_a_failed_call_teaches_nothing():
    detector = StreamDetector(channels=2)
    before = detector.to_bytes()
    for bad in ([1.0], "text", [1.0, "x"]):
        with pytest.raises((TypeError, ValueError)):
            detector.push(bad)
    assert detector.to_bytes() == before
