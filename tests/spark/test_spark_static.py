"""A static table in parts of whole keys, without a JVM."""

from __future__ import annotations

import random

import numpy as np
import pyarrow as pa
import pytest
from pyspark.sql import types

from anet_lite import AnetError, Monitor, StreamDetector, StreamDetectorPool, StreamScorer
from anet_lite.integrations.spark import static_table
from anet_lite.integrations.spark.bucket_stream import one_of
from anet_lite.integrations.spark.order import order_of
from anet_lite.integrations.spark.output_column import output_column_of
from anet_lite.integrations.spark.processor import Job
from anet_lite.integrations.spark.static_table import whole_keys

NEEDS = ("pyspark", "pyarrow")

KEYS = ("a", "b", None)
NUMBER, DETECTION = pa.float64(), [("score", pa.float64()), ("p_value", pa.float64()), ("held", pa.bool_())]
DETECTOR = pa.struct([*DETECTION, ("expected", NUMBER), ("channel", pa.int32()), ("joint", pa.bool_())])
SCORER = pa.struct([("combined", NUMBER), ("per_scale", pa.map_(pa.int32(), NUMBER))])
ALARM = pa.struct(
    [("rule", pa.string()), ("signal", pa.string()), *((n, NUMBER) for n in ("value", "expected", "strength"))]
)
MONITOR = pa.struct([("status", pa.string()), ("alarms", pa.list_(ALARM))])


def detector(_) -> StreamDetector:
    return StreamDetector()


def job(make=detector, inputs=("x",), on_bad="raise", kind=types.LongType) -> Job:
    columns, output = ("key", "at", *inputs, "anet", "anet_fault"), output_column_of(make(""), inputs)
    return Job("a query", columns, make, output, order_of("at", kind()), "raise", on_bad, None, 65_536, 0)


def scored(part, of, kind=DETECTOR) -> pa.Table:
    return static_table.scored(part, of, kind)


def wave(key, at) -> float:
    return ((at * 7 + len(str(key))) % 23) / 23 + (5.0 if at == 70 else 0.0)


def table(ats=range(90), keys=KEYS, **columns) -> pa.Table:
    rows = [(key, at) for key in keys for at in ats]
    random.Random(len(rows)).shuffle(rows)
    data = {"key": [key for key, _ in rows], "at": [at for _, at in rows], "x": [wave(*row) for row in rows]}
    return pa.table({**data, **{name: [make(*row) for row in rows] for name, make in columns.items()}})


def scores(found: pa.Table) -> dict:
    rows = zip(found["key"].to_pylist(), found["at"].to_pylist(), found["anet"].to_pylist())
    return {(key, at): (row["score"], row["p_value"]) for key, at, row in rows if row is not None}


def twins(keys=KEYS, ats=range(90)) -> dict:
    found = {}
    for key in keys:
        alone = StreamDetector().push_many([wave(key, at) for at in ats])
        found |= {(key, at): row for at, row in zip(ats, zip(alone.score.tolist(), alone.p_value.tolist()))}
    return found


@pytest.mark.parametrize(
    "make", [detector, lambda key: one_of(lambda _: StreamDetectorPool(0), key)], ids=["detector", "pool"]
)
def test_each_key_gives_the_bits_of_a_detector_of_its_own(make):
    assert scores(scored(table(), job(make))) == twins()


def test_parts_are_cut_between_keys_and_hold_some_keys_at_a_time(monkeypatch):
    monkeypatch.setattr(static_table, "ROWS_A_PART", 100)
    rows = table(keys=[f"{key:02}" for key in range(20)]).sort_by("key")
    parts = list(whole_keys(rows.to_batches(max_chunksize=32)))
    assert max(map(len, parts)) <= 270
    assert pa.concat_tables(parts).equals(rows)
    keys = [set(part["key"].to_pylist()) for part in parts]
    assert sum(map(len, keys)) == 20


def test_a_key_of_more_rows_than_a_part_stays_whole(monkeypatch):
    monkeypatch.setattr(static_table, "ROWS_A_PART", 10)
    rows = table(keys=["a", "b"]).sort_by("key")
    parts = list(whole_keys(rows.to_batches(max_chunksize=7)))
    assert all(part["key"].to_pylist().count(key) in {0, 90} for part in parts for key in ("a", "b"))
    assert pa.concat_tables(parts).equals(rows)


def test_every_class_of_scorer_gives_the_values_of_one_process():
    made = table(keys=["a"], y=lambda _, at: None if at == 40 else 1.0)
    found = scored(made, job(lambda _: Monitor(), ("x", "y")), MONITOR)
    alone = Monitor().update_many([(wave("a", at), None if at == 40 else 1.0) for at in range(90)])
    assert [row["status"] for row in found["anet"].to_pylist()] == [status for status, _ in alone]
    scaled = job(lambda _: StreamScorer(window=2, scales=[3, 5]))
    novelty = scored(table(keys=["a"]), scaled, SCORER)["anet"].to_pylist()
    both = StreamScorer(window=2, scales=[3, 5]).push_many([wave("a", at) for at in range(90)])
    np.testing.assert_array_equal([row["combined"] for row in novelty], both.combined)
    np.testing.assert_array_equal([dict(row["per_scale"])[5] for row in novelty], both.per_scale[5])


def test_a_gap_is_scored_as_one_and_stays_as_it_came():
    made = table(keys=["a"], x=lambda _, at: None if at == 40 else float("nan") if at == 50 else wave("a", at))
    found = scored(made, job())
    inputs = found["x"].to_pylist()
    assert inputs[40] is None
    assert np.isnan(inputs[50])
    assert np.isnan(found["anet"].to_pylist()[40]["score"])


def test_a_text_that_is_no_number_is_named_or_set_aside_as_asked():
    made = table(keys=["a"], x=lambda _, at: "no" if at == 80 else str(wave("a", at)))
    with pytest.raises(AnetError, match="key 'a' at 80: inputs must be numbers: could not convert string to float"):
        scored(made, job())
    marked, gap = (scored(made, job(on_bad=choice)) for choice in ("mark", "null"))
    assert (marked["at"][-1].as_py(), marked["anet_fault"][-1].as_py(), marked["anet"][-1].as_py()) == (80, "bad", None)
    assert (gap["anet_fault"].to_pylist()[80], gap["anet"].null_count) == ("bad", 0)


def test_a_row_without_an_order_is_named_or_set_aside():
    made = table(keys=["a"], at=lambda _, at: None if at == 80 else float(at))
    with pytest.raises(AnetError, match="key 'a': order_by must not be null or NaN"):
        scored(made, job(kind=types.DoubleType))
    found = scored(made, job(on_bad="null", kind=types.DoubleType))
    assert found["anet_fault"].to_pylist() == [None] * 89 + ["bad"]
    assert found["anet"].to_pylist()[-1] is None


def test_an_error_of_a_scorer_names_its_key():
    def broken(key):
        if key:
            raise ValueError("too warm")
        return StreamDetector()

    with pytest.raises(AnetError, match="key 'a': too warm"):
        scored(table(keys=["a"]), job(broken))
