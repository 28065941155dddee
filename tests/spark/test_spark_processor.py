"""One key after another through Spark's own tester of stateful processors, without a JVM."""

from __future__ import annotations

import copy
import math
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyspark.sql import Row, types
from pyspark.sql.streaming.tws_tester import TwsTester

from anet_lite import AnetError, Monitor, StreamDetector, StreamScorer
from anet_lite.integrations.spark.cache import CACHE, Cache
from anet_lite.integrations.spark.order import order_of
from anet_lite.integrations.spark.output_column import output_column_of
from anet_lite.integrations.spark.processor import Job, ScoreKeys

NEEDS = ("pyspark",)

NAN = float("nan")
IDLE = 1000


@pytest.fixture(autouse=True)
def no_cache():
    CACHE.clear()


def make_scorer(key="") -> StreamScorer:
    return StreamScorer(window=3, scales=[4, 70], max_positions=8, seed=key or "s")


def make_detector(key="") -> StreamDetector:
    return StreamDetector(key or "s")


def processor(make=make_scorer, inputs=("x",), **options) -> ScoreKeys:
    columns = ("key", "at", *inputs, "anet", "anet_fault")
    order = order_of("at", options.pop("type", types.LongType()))
    given = {
        "on_late": "raise",
        "on_bad": "raise",
        "idle_ms": None,
        "page_bytes": 65_536,
        "cache_bytes": 1 << 28,
        **options,
    }
    return ScoreKeys(Job("a query", columns, make, output_column_of(make(""), inputs), order, **given))


def started(make=make_scorer, inputs=("x",), **options) -> TwsTester:
    mode = "None" if options.get("idle_ms") is None else "ProcessingTime"
    return TwsTester(processor(make, inputs, **options), timeMode=mode)


def rows(key, ats, values=None) -> list[Row]:
    made = Row("key", "at", "x")
    return [made(key, at, wave(at) if values is None else value) for at, value in zip(ats, values or ats)]


def wave(at) -> float:
    return math.sin(at / 3) + at % 5 / 9


def combined(found) -> dict:
    return {row.at: repr(row.anet["combined"]) for row in found if row.anet is not None}


def faults(found) -> list:
    return [(row.at, row.anet_fault, row.anet is None) for row in found if row.anet_fault]


def twin(key, ats, values=None) -> dict:
    scores = make_scorer(key).push_many([wave(at) for at in ats] if values is None else values).combined
    return {at: repr(score) for at, score in zip(ats, scores.tolist())}


class Store:
    """What is committed of a tester's state, so that a later attempt can be undone."""

    def __init__(self, job: TwsTester) -> None:
        self.states = [*job.handle.value_states.values(), *job.handle.map_states.values()]
        self.saved = copy.deepcopy([state.state for state in self.states])

    def undo(self) -> None:
        for state, saved in zip(self.states, copy.deepcopy(self.saved)):
            state.state = saved


# --- order ------------------------------------------------------------------------------------------------------------


def test_rows_that_are_shuffled_inside_a_batch_are_scored_in_their_order():
    job, found = started(), {}
    for first in (0, 30, 60):
        batch = rows("a", range(first, first + 30))
        random.Random(first).shuffle(batch)
        found |= combined(job.test("a", batch))
    assert found == twin("a", range(90))


def test_rows_of_one_order_are_scored_alike_whatever_order_they_come_in():
    ats, values = [1, 1, 1, 1, 2, 2, 3], [0.0, -0.0, 5.0, None, 1.0, 9.0, 2.0]
    batch = rows("a", ats, values)
    wanted = started().test("a", batch)
    for seed in range(20):
        random.Random(seed).shuffle(batch)
        CACHE.clear()
        assert repr(started().test("a", batch)) == repr(wanted)


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (types.LongType(), [-(2**63), -1, 0, 1, 2**63 - 1]),
        (types.DoubleType(), [-math.inf, -2.5, -1e-300, 0.0, 1e-300, 2.5, math.inf]),
    ],
)
def test_integers_that_stand_for_an_order_ascend_with_it(kind, values):
    assert order_of("at", kind).integers(values).tolist() == sorted(order_of("at", kind).integers(values).tolist())
    assert len(set(order_of("at", kind).integers(values).tolist())) == len(values)


def test_zeros_of_either_sign_are_one_order():
    assert len(set(order_of("at", types.DoubleType()).integers([0.0, -0.0]).tolist())) == 1


def test_a_type_without_an_order_is_refused():
    with pytest.raises(TypeError, match="order_by must be a timestamp, a date, an integer or a float, got column at"):
        order_of("at", types.StringType())


@pytest.mark.parametrize(("kind", "nothing"), [(types.LongType(), None), (types.DoubleType(), NAN)])
def test_a_row_without_an_order_is_refused(kind, nothing):
    with pytest.raises(AnetError, match="key 'a': order_by must not be null or NaN"):
        started(type=kind).test("a", rows("a", [1, nothing], [1.0, 2.0]))


# --- state ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [make_scorer, make_detector])
def test_a_worker_that_starts_anew_at_each_batch_changes_nothing(make):
    warm, cold, answers = started(make), started(make, cache_bytes=0), []
    for first in range(0, 200, 25):
        batch = rows("a", range(first, first + 25))
        CACHE.clear()
        answers.append(repr(cold.test("a", batch)))
    CACHE.clear()
    for index, first in enumerate(range(0, 200, 25)):
        assert repr(warm.test("a", rows("a", range(first, first + 25)))) == answers[index]
        assert len(CACHE) == 1


def test_a_scorer_kept_from_a_failed_attempt_is_not_used():
    job, found = started(), {}
    for first in range(0, 90, 30):
        batch, committed = rows("a", range(first, first + 30)), Store(job)
        job.test("a", batch)
        committed.undo()
        found |= combined(job.test("a", batch))
    assert found == twin("a", range(90))


def test_a_scorer_that_another_worker_left_behind_is_not_used(monkeypatch):
    workers, job, found = [Cache(), Cache()], started(), {}
    for batch, worker in enumerate([0, 1, 0, 0, 1]):
        monkeypatch.setattr("anet_lite.integrations.spark.processor.CACHE", workers[worker])
        found |= combined(job.test("a", rows("a", range(30 * batch, 30 * batch + 30))))
    assert found == twin("a", range(150))


def test_a_scorer_that_was_kept_needs_no_page():
    job = started()
    found = combined(job.test("a", rows("a", range(20))))
    job.handle.map_states["pages"].iterator = lambda: pytest.fail("a page was read")
    assert found | combined(job.test("a", rows("a", range(20, 40)))) == twin("a", range(40))


def test_only_pages_that_changed_are_written():
    job = started(cache_bytes=0)
    job.test("a", rows("a", range(100)))
    before = job.peekMapState("pages", "a")
    written = []
    state = job.handle.map_states["pages"]
    state.updateValue = lambda key, value: (written.append(key), type(state).updateValue(state, key, value))
    job.test("a", rows("a", [100]))
    assert len(before) == 4
    assert len(written) == 2


@pytest.mark.parametrize("number", range(4))
def test_a_page_that_was_not_stored_is_missed(number):
    job = started(cache_bytes=0)
    job.test("a", rows("a", range(100)))
    pages = job.handle.map_states["pages"].state["a"]
    del pages[sorted(pages)[number]]
    with pytest.raises(AnetError, match="key 'a': pages are not those of this manifest: it has 4, 3 present"):
        job.test("a", rows("a", [100]))


def test_a_page_of_an_earlier_batch_is_found():
    job = started(cache_bytes=0)
    job.test("a", rows("a", range(100)))
    early = dict(job.handle.map_states["pages"].state["a"])
    job.test("a", rows("a", range(100, 110)))
    pages = job.handle.map_states["pages"].state["a"]
    changed = [number for number in pages if pages[number] != early[number]]
    pages[changed[-1]] = early[changed[-1]]
    with pytest.raises(AnetError, match="some were taken before it or after it"):
        job.test("a", rows("a", [110]))


def test_pages_that_are_no_more_are_removed():
    job = started(page_bytes=256, cache_bytes=0)
    job.test("a", rows("a", range(100)))
    small = len(job.peekMapState("pages", "a"))
    job.processor.job = processor(cache_bytes=0).job
    found = combined(job.test("a", rows("a", range(100, 130))))
    assert len(job.peekMapState("pages", "a")) == 4 < small
    assert found.items() <= twin("a", range(130)).items()


def test_keys_do_not_share_anything():
    job, found = started(), {"a": {}, "b": {}}
    for first in range(0, 60, 20):
        for key in found:
            found[key] |= combined(job.test(key, rows(key, range(first, first + 20))))
    assert found == {key: twin(key, range(60)) for key in found}


numbers = st.one_of(st.floats(-5, 5), st.just(NAN), st.just(math.inf), st.none())
events = st.lists(
    st.one_of(st.lists(numbers, min_size=1, max_size=25), st.sampled_from(["crash", "new worker"])), max_size=10
)


@given(events=events, seed=st.integers(0, 99))
def test_any_sequence_of_batches_failed_attempts_and_new_workers_gives_the_rows_of_one_process(events, seed):
    CACHE.clear()
    job, found, values, crash = started(page_bytes=512), {}, [], False
    for event in events:
        if event == "new worker":
            CACHE.clear()
        elif event == "crash":
            crash = True
        else:
            batch = rows("a", range(len(values), len(values) + len(event)), event)
            random.Random(seed).shuffle(batch)
            if crash:
                committed = Store(job)
                job.test("a", batch)
                committed.undo()
                crash = False
            found |= combined(job.test("a", batch))
            values += event
    assert found == twin("a", range(len(values)), values)


# --- late rows --------------------------------------------------------------------------------------------------------


def test_a_late_row_fails_the_query_by_name():
    job = started()
    job.test("a", rows("a", [1, 2, 9]))
    before = job.peekValueState("manifest", "a")
    with pytest.raises(AnetError) as caught:
        job.test("a", rows("a", [10, 5]))
    assert str(caught.value) == (
        "key 'a' at 5: an earlier batch went past it, so the source does not keep the order of a key; "
        'on_late="drop", "score" or "mark" lets such rows pass'
    )
    assert job.peekValueState("manifest", "a") == before


def test_a_late_row_is_named_by_its_time():
    job = started(type=types.TimestampType())
    job.test("a", rows("a", [60_000_000]))
    with pytest.raises(AnetError, match=r"key 'a' at 1970-01-01 00:00:05\+00:00: an earlier batch went past it"):
        job.test("a", rows("a", [5_000_000]))


def test_late_rows_are_dropped_where_asked():
    job = started(on_late="drop")
    found = combined(job.test("a", rows("a", range(20))))
    mixed = job.test("a", rows("a", [3, 21, 7, 20]))
    assert faults(mixed) == [(3, "late", True), (7, "late", True)], "counted, then left out by the query"
    assert found | combined(mixed) == twin("a", range(22))
    assert faults(job.test("a", rows("a", [1, 2]))) == [(1, "late", True), (2, "late", True)]
    assert combined(job.test("a", rows("a", [22]))).items() <= twin("a", range(23)).items()


def test_late_rows_are_scored_where_asked_as_if_they_came_just_now():
    job = started(on_late="score")
    job.test("a", rows("a", range(20)))
    batch = job.test("a", rows("a", [21, 3, 20]))
    assert faults(batch) == [(3, "late", False)]
    found = combined(batch)
    wanted = make_scorer("a").push_many([wave(at) for at in [*range(20), 3, 20, 21]]).combined[-3:]
    assert [found[at] for at in (3, 20, 21)] == [repr(score) for score in wanted.tolist()]
    assert CACHE.take(("a query", "a"), job.peekValueState("manifest", "a")[0][:-8]).scorer.last_order == 21


def test_a_row_of_the_last_order_stays_where_late_ones_are_dropped():
    job = started(on_late="drop")
    job.test("a", rows("a", [1, 2]))
    assert list(combined(job.test("a", rows("a", [1, 2, 3])))) == [2, 3]


@pytest.mark.parametrize("on_late", ["raise", "drop", "score"])
def test_a_row_of_the_last_order_is_not_late(on_late):
    job = started(on_late=on_late)
    job.test("a", rows("a", [1, 2]))
    assert len(job.test("a", rows("a", [2, 3]))) == 2


# --- idle keys --------------------------------------------------------------------------------------------------------


def test_an_idle_key_is_forgotten_and_begins_anew():
    job = started(idle_ms=IDLE)
    job.test("a", rows("a", range(30)))
    job.setProcessingTime(IDLE)
    assert job.peekValueState("manifest", "a") is None
    assert job.peekMapState("pages", "a") == {}
    assert len(CACHE) == 0
    assert combined(job.test("a", rows("a", range(20)))) == twin("a", range(20))


def test_a_key_that_is_seen_stays_with_all_of_its_pages():
    job, found = started(idle_ms=IDLE), {}
    for batch in range(6):
        found |= combined(job.test("a", rows("a", range(20 * batch, 20 * batch + 20))))
        CACHE.clear()
        job.setProcessingTime((batch + 1) * (IDLE - 100))
    assert found == twin("a", range(120))
    job.setProcessingTime(6 * (IDLE - 100) + 1)
    assert job.peekValueState("manifest", "a") is not None
    job.setProcessingTime(5 * (IDLE - 100) + IDLE)
    assert job.peekValueState("manifest", "a") is None


def test_a_key_has_one_timer_however_often_it_is_seen():
    job = started(idle_ms=IDLE)
    for at in range(5):
        job.test("a", rows("a", [at]))
        job.setProcessingTime(at + 1)
    job.handle.setGroupingKey("a")
    assert len(list(job.handle.listTimers())) == 1


# --- events and errors ------------------------------------------------------------------------------------------------


def test_null_and_nan_are_events_of_a_detector():
    values = [wave(at) for at in range(100)] + [None, NAN, math.inf, 1.0]
    found = started(make_detector).test("a", rows("a", range(104), values))
    wanted = make_detector("a").push_many(values)
    assert repr([row.anet["score"] for row in found]) == repr(wanted.score.tolist())
    assert [repr(row.x) for row in found] == [repr(value) for value in values]


def test_a_detector_of_several_channels_takes_a_column_for_each():
    job = started(lambda _: StreamDetector(channels=2), ("x", "y"))
    made = Row("key", "at", "x", "y")
    found = job.test("a", [made("a", at, wave(at), None if at == 7 else 1.0) for at in range(80)])
    wanted = StreamDetector(channels=2).push_many([[wave(at), NAN if at == 7 else 1.0] for at in range(80)])
    assert repr([row.anet["p_value"] for row in found]) == repr(wanted.p_value.tolist())


def test_a_monitor_takes_null_as_absent_and_nan_as_nan():
    made = Row("key", "at", "loss", "grad")
    job = started(lambda _: Monitor(), ("loss", "grad"))
    first = job.test("a", [made("a", 0, 1.0, 1.0), made("a", 1, 1.0, None)])
    assert [row.anet["status"] for row in first] == ["warming_up", "warming_up"]
    CACHE.clear()
    (last,) = job.test("a", [made("a", 2, NAN, None)])
    assert last.anet["status"] == "failing"
    assert [(alarm["rule"], alarm["signal"]) for alarm in last.anet["alarms"]] == [("nonfinite", "loss")]


@pytest.mark.parametrize(("poison", "kind"), [("abc", "str"), (b"x", "bytes"), ([1.0], "list")])
def test_a_poisoned_row_is_named_and_loses_nothing_before_it(poison, kind):
    job = started()
    job.test("a", rows("a", range(20)))
    committed = Store(job)
    with pytest.raises(
        AnetError, match=r"^key 'a' at 27: inputs must be numbers: .*" + ("'abc'" if kind == "str" else "")
    ):
        job.test("a", rows("a", range(20, 30), [wave(at) if at != 27 else poison for at in range(20, 30)]))
    committed.undo()
    assert combined(job.test("a", rows("a", range(20, 30)))).items() <= twin("a", range(30)).items()


@pytest.mark.parametrize("on_bad", ["drop", "mark"])
def test_a_bad_row_is_set_aside_where_asked_and_changes_no_other(on_bad):
    job = started(on_bad=on_bad)
    found = job.test("a", rows("a", range(30), [wave(at) if at != 27 else "twelve" for at in range(30)]))
    assert faults(found) == [(27, "bad", True)]
    others = [at for at in range(30) if at != 27]
    assert combined(found) == twin("a", others)


def test_a_bad_row_is_scored_as_a_gap_where_asked():
    values = [wave(at) if at != 27 else "twelve" for at in range(30)]
    found = started(on_bad="null").test("a", rows("a", range(30), values))
    assert faults(found) == [(27, "bad", False)]
    assert combined(found) == twin("a", range(30), [NAN if value == "twelve" else value for value in values])


@pytest.mark.parametrize("on_bad", ["drop", "null", "mark"])
def test_a_row_without_an_order_is_not_scored_whatever_becomes_of_bad_rows(on_bad):
    found = started(on_bad=on_bad).test("a", rows("a", [1, None, 2], [1.0, 7.0, 2.0]))
    assert faults(found) == [(None, "bad", True)]
    assert combined(found) == twin("a", [1, 2], [1.0, 2.0])


def test_texts_that_are_numbers_are_read():
    found = started().test("a", rows("a", range(9), [str(wave(at)) for at in range(9)]))
    assert combined(found) == twin("a", range(9))


def test_a_state_of_another_version_says_what_to_do():
    job = started(cache_bytes=0)
    job.test("a", rows("a", range(9)))
    (manifest,) = job.peekValueState("manifest", "a")
    job.updateValueState("manifest", "a", (manifest[:4] + b"\x63\x00" + manifest[6:],))
    with pytest.raises(AnetError) as caught:
        job.test("a", rows("a", [9]))
    assert str(caught.value) == (
        f"key 'a': state has format version 99, this build reads version {manifest[4]}; end the query with the release "
        "and the parameters that it began with, or begin a new checkpoint"
    )


def test_a_state_of_other_parameters_is_refused():
    job = started(cache_bytes=0)
    job.test("a", rows("a", range(9)))
    job.processor.job = processor(lambda _: make_scorer("another seed"), cache_bytes=0).job
    with pytest.raises(
        AnetError, match='key \'a\': state was saved with seed "a", this object has seed "another seed"; end'
    ):
        job.test("a", rows("a", [9]))


def test_what_make_returns_is_looked_at():
    with pytest.raises(TypeError, match=r"make must return a StreamDetector, .* got Odd"):
        output_column_of(type("Odd", (), {"push_many": lambda _self, _rows: 7})(), ["x"])
    with pytest.raises(ValueError, match="values must be one-dimensional"):
        output_column_of(make_scorer(), ["x", "y"])
    with pytest.raises(ValueError, match=r"values must have shape \(n, 2\), got shape \(0, 3\)"):
        output_column_of(StreamDetector(channels=2), ["x", "y", "z"])
    with pytest.raises(ValueError, match="rows must hold at most 5 signals, got 6"):
        output_column_of(Monitor(), list("abcdef"))


# --- cache ------------------------------------------------------------------------------------------------------------


def put(cache, key, size, manifest=b"h"):
    cache.put(key, make_scorer(), manifest, {0: size}, 100)


def test_a_cache_is_bounded_in_bytes():
    cache = Cache()
    for key in range(50):
        put(cache, key, 30)
        assert cache.nbytes <= 100
    assert len(cache) == 3
    put(cache, "large", 101)
    assert len(cache) == 3
    cache.take(0, b"h")
    assert (len(cache), cache.nbytes) == (2, 60)


def test_a_cache_that_holds_a_third_of_the_keys_serves_a_third_of_each_round():
    cache, hits = Cache(), 0
    for _ in range(10):
        for key in range(9):
            hits += cache.take(key, b"h") is not None
            put(cache, key, 33)
    assert hits == 9 * 3


def test_a_cache_gives_up_keys_that_are_seen_no_more():
    cache = Cache()
    for key in range(3):
        put(cache, key, 33)
    for _ in range(20):
        for key in range(10, 13):
            cache.take(key, b"h")
            put(cache, key, 33)
    assert all(cache.take(key, b"h") for key in range(10, 13))


def test_a_cache_asks_for_the_manifest():
    cache = Cache()
    put(cache, "a", 1, manifest=b"old")
    assert cache.take("a", b"new") is None
    assert len(cache) == 0
    put(cache, "b", 1, manifest=b"new")
    assert cache.take("b", None) is None


def test_numbers_come_as_numpy_or_python_alike():
    found = started().test("a", rows("a", range(9), [np.float64(wave(at)) for at in range(9)]))
    assert combined(found) == twin("a", range(9))
