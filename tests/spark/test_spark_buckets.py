"""One bucket after another through Spark's own tester of stateful processors, without a JVM."""

from __future__ import annotations

import copy
import random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyspark.sql import types
from pyspark.sql.streaming.tws_tester import TwsTester

from anet_lite import AnetError, StreamDetector, StreamDetectorPool
from anet_lite.integrations.spark import buckets
from anet_lite.integrations.spark.bucket_log import Bucket
from anet_lite.integrations.spark.buckets import BucketJob, ScoreBuckets
from anet_lite.integrations.spark.cache import CACHE, Cache
from anet_lite.integrations.spark.order import order_of

NEEDS = ("pyspark",)

NAN = float("nan")
KEYS = ("ka", "kb", "n")


@pytest.fixture(autouse=True)
def no_cache():
    CACHE.clear()


def started(make=lambda _: StreamDetectorPool(0), count=4, **options) -> TwsTester:
    order = order_of("at", options.pop("type", types.LongType()))
    given = {"on_late": "raise", "on_bad": "raise", "cache_bytes": 1 << 30, **options}
    return TwsTester(ScoreBuckets(BucketJob("a query", count, make, order, **given)))


def wave(key, at) -> float:
    return ((at * 7 + len(key) + ord(key[-1])) % 23) / 23 + (5.0 if at == 70 else 0.0)


def batch(ats, keys=KEYS, value=wave) -> pd.DataFrame:
    rows = [(key, at, True, value(key, at), False) for key in keys for at in ats]
    random.Random(len(rows)).shuffle(rows)
    return pd.DataFrame(rows, columns=["name", "order", "placed", "x", "is_null"])


def scores(found) -> dict:
    rows = found[found["scored"]]
    return {
        (name, at): (score, p)
        for name, at, score, p in zip(rows["name"], rows["order"], rows["score"], rows["p_value"])
    }


def run(job, frame, bucket=2) -> dict:
    return scores(job.testInPandas(bucket, frame))


def twins(ats, keys=KEYS, value=wave) -> dict:
    ats, found = list(ats), {}
    for key in keys:
        alone = StreamDetector().push_many([value(key, at) for at in ats])
        found |= {(key, at): row for at, row in zip(ats, zip(alone.score.tolist(), alone.p_value.tolist()))}
    return found


class Store:
    """What is committed of a tester's state, so that a later attempt can be undone."""

    def __init__(self, job: TwsTester) -> None:
        self.states = [*job.handle.value_states.values(), *job.handle.list_states.values()]
        self.saved = copy.deepcopy([state.state for state in self.states])

    def undo(self) -> None:
        for state, saved in zip(self.states, copy.deepcopy(self.saved)):
            state.state = saved


@pytest.mark.parametrize("worker_dies", [False, True])
def test_a_bucket_gives_the_bits_of_a_detector_for_each_key_across_bases_and_workers(monkeypatch, worker_dies):
    monkeypatch.setattr(buckets, "BATCHES_A_BASE", 3)
    job, found = started(), {}
    for first in range(0, 200, 20):
        if worker_dies:
            CACHE.clear()
        found |= run(job, batch(range(first, first + 20)))
    assert found == twins(range(200))


@settings(max_examples=20, deadline=None)
@given(events=st.lists(st.sampled_from(["batch", "crash", "new worker"]), max_size=14))
def test_any_sequence_of_batches_failed_attempts_and_new_workers_gives_the_rows_of_one_process(events):
    CACHE.clear()
    job, found, at, crash = started(), {}, 0, False
    buckets.BATCHES_A_BASE, base = 4, buckets.BATCHES_A_BASE
    try:
        for event in events:
            if event == "new worker":
                CACHE.clear()
            elif event == "crash":
                crash = True
            else:
                if crash:
                    committed = Store(job)
                    run(job, batch(range(at, at + 9)))
                    committed.undo()
                    crash = False
                found |= run(job, batch(range(at, at + 9)))
                at += 9
    finally:
        buckets.BATCHES_A_BASE = base
    assert found == twins(range(at))


def test_a_worker_that_missed_batches_takes_their_rows_and_reads_no_base(monkeypatch):
    monkeypatch.setattr(buckets, "BATCHES_A_BASE", 40)
    monkeypatch.setattr(buckets, "restored", None)
    workers, job, found = [Cache(), Cache()], started(), {}
    for number, first in enumerate(range(0, 200, 20)):
        cache = workers[number % 3 == 1]
        monkeypatch.setattr(buckets, "CACHE", cache)
        if number == 1:
            cache.put(("a query", 2), Bucket(StreamDetectorPool(0)), b"", {}, 1 << 30)
        found |= run(job, batch(range(first, first + 20)))
    assert found == twins(range(200))


def test_the_log_is_a_fraction_of_the_pages_that_it_stands_for():
    job = started()
    run(job, batch(range(60)))
    run(job, batch(range(60, 120)))
    (_, (entry,)) = job.peekListState("log", 2)
    assert len(entry) / len(KEYS) < 60 * 20


def test_a_damaged_log_is_named():
    job = started()
    run(job, batch(range(20)))
    run(job, batch(range(20, 40)))
    log = job.peekListState("log", 2)
    job.updateListState("log", 2, log[:1])
    CACHE.clear()
    with pytest.raises(AnetError, match="bucket 2: the log has 1 entries, and not those that were written"):
        run(job, batch(range(40, 60)))


@pytest.mark.parametrize(
    ("other", "text"),
    [
        ({"make": lambda _: StreamDetectorPool(0, season=24)}, r"season=\[24\]\) in 4 buckets"),
        ({"count": 5}, r"\) in 5 buckets"),
    ],
)
def test_other_parameters_and_another_number_of_buckets_are_refused(other, text):
    job = started()
    run(job, batch(range(20)))
    job.processor.job = started(**other).processor.job
    with pytest.raises(
        AnetError, match=r"bucket 2: state was saved by StreamDetectorPool\(0, .*\) in 4 buckets, .*" + text
    ):
        run(job, batch(range(20, 40)))


def test_late_rows_are_refused_by_name_set_aside_or_scored():
    job = started()
    run(job, batch(range(20)))
    with pytest.raises(
        AnetError, match="bucket 2: key 'b' at 3: an earlier batch went past it, so the source does not"
    ):
        run(job, batch([3, 20], ["kb"]))
    CACHE.clear()
    job.processor.job = started(on_late="mark").processor.job
    found = job.testInPandas(2, batch([3, 20], ["kb"])).sort_values("order")
    assert found["fault"].tolist() == ["late", None]
    assert found["scored"].tolist() == [False, True]
    assert scores(found).items() <= twins(range(21)).items()
    job.processor.job = started(on_late="score").processor.job
    found = job.testInPandas(2, batch([5, 21], ["ka"])).sort_values("order")
    assert (found["fault"].tolist(), found["scored"].tolist()) == (["late", None], [True, True])


def test_a_row_without_an_order_is_named_or_set_aside():
    frame = batch(range(5))
    frame.loc[frame["order"] == 3, ["placed", "order"]] = [False, 0]
    with pytest.raises(AnetError, match=r"bucket 2: key .*: order_by must not be null or NaN"):
        run(started(), frame)
    found = started(on_bad="mark").testInPandas(2, frame)
    assert found[~found["scored"]]["fault"].tolist() == ["bad"] * 3
    assert scores(found) == {(k, at): row for (k, at), row in twins([0, 1, 2, 4]).items()}


def test_gaps_come_back_as_they_were_and_are_not_scored():
    frame = batch(range(80), value=lambda key, at: NAN if at == 40 else wave(key, at))
    found = started().testInPandas(2, frame)
    assert np.isnan(found[found["order"] == 40]["score"]).all()
    rest = {place: row for place, row in scores(found).items() if place[1] != 40}
    wanted = twins(range(80), value=lambda key, at: NAN if at == 40 else wave(key, at))
    assert rest == {place: row for place, row in wanted.items() if place[1] != 40}
