"""``detect``: from frames of pandas and polars, series, arrays and lists to scores and alarms in frames."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

import anet_lite
from anet_lite import AnetError, StreamDetector, detect

pandas = pytest.importorskip("pandas")
polars = pytest.importorskip("polars")

ROWS = 1000
LOAD = np.sin(np.arange(ROWS) / 8)
LOAD[900:905] = 3.0
HEAT = np.cos(np.arange(ROWS) / 9)
HOURS = pandas.date_range("2026-01-01", periods=ROWS, freq="h")


def starts(found: anet_lite.Detected) -> list[tuple[str, int]]:
    return [(alarm.name, alarm.start) for alarm in found.found]


def test_scores_are_the_detectors_own_and_stand_at_the_index():
    index = [f"row {at}" for at in range(ROWS)]
    found = detect(pandas.Series(LOAD, index=index, name="load"))
    seen = StreamDetector().push_many(LOAD)
    assert found.scores.columns.tolist() == ["score", "p_value", "alarm", "held"]
    assert found.scores.index.tolist() == index
    assert found.scores["score"].tolist() == seen.score.tolist()
    assert found.scores["p_value"].tolist() == seen.p_value.tolist()
    assert found.scores["alarm"].tolist() == (seen.p_value <= 1e-4).tolist()
    assert starts(found) == [("load", 900)]


def test_an_alarm_is_a_row():
    found = detect(pandas.Series(LOAD, index=HOURS, name="load"))
    (row,) = found.alarms.to_dict("records")
    assert (row["stream"], row["start"], row["value"]) == ("load", 900, 3.0)
    assert row["start_time"] == HOURS[900]
    assert row["end_time"] == HOURS[row["end"]]
    assert row["start"] <= row["peak"] <= row["end"]
    assert row["p_value"] <= 1e-4
    assert row["direction"] == "up"
    assert row["quiet_high"] < 3.0
    assert "load" in row["sentence"]
    assert row["sentence"] in str(found)


def test_sentences_come_in_japanese():
    found = detect({"load": LOAD}, lang="ja")
    assert found.alarms["sentence"][0] == found.found[0].sentence("ja")
    assert any(ord(sign) > 0x3000 for sign in found.alarms["sentence"][0])


def test_several_columns_are_several_streams():
    found = detect(pandas.DataFrame({"load": LOAD, "heat": HEAT, "on": True}, index=HOURS))
    wanted = [f"{name}_{what}" for name in ("load", "heat") for what in ("score", "p_value", "alarm", "held")]
    assert found.scores.columns.tolist() == wanted
    assert found.scores["heat_score"].tolist() == StreamDetector().push_many(HEAT).score.tolist()
    assert starts(found) == [("load", 900)]
    assert starts(detect(pandas.DataFrame({"load": LOAD, "heat": HEAT}), columns="heat")) == []


@pytest.mark.parametrize("make", [pandas.DataFrame, polars.DataFrame])
def test_a_key_makes_a_stream_of_each_of_its_values(make: Any):
    mixed = {"host": ["a", "b"] * ROWS, "load": np.column_stack([HEAT, LOAD]).ravel()}
    found = detect(make(mixed), key="host")
    assert starts(found) == [("b", 1801)]
    assert found.scores["score"].to_list()[0::2] == StreamDetector().push_many(HEAT).score.tolist()
    assert found.scores["score"].to_list()[1::2] == StreamDetector().push_many(LOAD).score.tolist()


@pytest.mark.parametrize("make", [pandas.DataFrame, polars.DataFrame])
def test_streams_that_are_not_told_apart_are_refused_with_the_key_that_would(make: Any):
    times = np.repeat(HOURS.to_numpy(), 2)
    mixed = {"ts": times, "host": ["a", "b"] * ROWS, "load": np.column_stack([HEAT, LOAD]).ravel()}
    with pytest.raises(ValueError, match=r"column 'host' has 2 values\. key='host' makes a stream of each, key=\(\)"):
        detect(make(mixed))
    assert starts(detect(make(mixed), key="host")) == [("b", 1801)]
    assert detect(make(mixed), key=()).remarks["load"] == ["1,000 rows left out whose time had come before"]


def texts(times: Any) -> list[str]:
    return [time.isoformat(sep=" ") for time in times]


@pytest.mark.parametrize("make", [pandas.DataFrame, polars.DataFrame])
@pytest.mark.parametrize(
    ("times", "shown"),
    [
        (HOURS.to_list(), "2026-02-07 12:00:00"),
        (texts(HOURS), "2026-02-07 12:00:00"),
        ((HOURS.to_numpy().astype("M8[s]").astype(int)).tolist(), "2026-02-07 12:00:00"),
        ((HOURS.to_numpy().astype("M8[ms]").astype(int)).tolist(), "2026-02-07 12:00:00"),
        (HOURS.tz_localize("Asia/Tokyo").to_list(), "2026-02-07 12:00:00+09:00"),
    ],
    ids=["datetimes", "texts", "seconds", "milliseconds", "with a zone"],
)
def test_a_column_of_times_is_found_and_told(make: Any, times: list[Any], shown: str):
    found = detect(make({"timestamp": times, "load": LOAD}))
    assert found.taken == "streams of load; times from timestamp"
    assert found.found[0].when() == shown
    assert starts(detect(make({"when": times, "load": LOAD}), columns="load", time="when")) == [("load", 900)]


def test_times_without_an_order_are_sorted_and_scores_stay_at_their_rows():
    shuffled = np.random.default_rng(0).permutation(ROWS)
    found = detect(pandas.Series(LOAD, index=HOURS, name="load").iloc[shuffled])
    in_order = detect(pandas.Series(LOAD, index=HOURS, name="load"))
    assert found.scores.index.equals(HOURS[shuffled])
    assert found.scores.sort_index()["score"].tolist() == in_order.scores["score"].tolist()
    assert found.alarms["start_time"].tolist() == in_order.alarms["start_time"].tolist()
    assert shuffled[found.alarms["start"][0]] == 900
    assert "were sorted" in found.remarks["load"][0]


def test_missing_rows_and_doubled_ones_are_told():
    series = pandas.Series(LOAD, index=HOURS, name="load").drop(HOURS[100:103])
    found = detect(series)
    assert found.remarks["load"][0].startswith("3 missing rows taken for gaps")
    assert len(found.scores) == ROWS - 3
    doubled = detect(pandas.concat([series.iloc[:50], series.iloc[49:]]))
    assert math.isnan(doubled.scores["score"].iloc[50])
    assert not doubled.scores["alarm"].iloc[50]
    assert "1 rows left out whose time had come before" in doubled.remarks["load"]


def test_without_times_rows_are_taken_one_after_another():
    frame = pandas.DataFrame({"ts": HOURS, "load": LOAD}).drop(range(100, 103))
    found = detect(frame, time="")
    assert found.remarks == {}
    assert found.taken == "streams of load; no times; not used: ts"
    assert "start_time" not in found.alarms.columns


def holders() -> dict[str, Any]:
    gap = [None if at == 300 else float(x) for at, x in enumerate(LOAD)]
    return {
        "list": gap,
        "array": np.array(gap, dtype=float),
        "objects": np.array([None if x is None else Decimal(x) for x in gap], dtype=object),
        "pandas.NA": [pandas.NA if x is None else x for x in gap],
        "masked": np.ma.array(LOAD, mask=[x is None for x in gap]),
        "mapping": {"": gap},
        "Series": pandas.Series(gap),
        "Float64": pandas.Series(gap, dtype="Float64"),
        "DataFrame": pandas.DataFrame({"": gap}),
        "polars": polars.Series(gap),
        "polars.DataFrame": polars.DataFrame({"": gap}),
    }


@pytest.mark.parametrize("name", holders())
def test_a_missing_number_is_missing_whatever_holds_it(name: str):
    found = detect(holders()[name])
    gap = LOAD.copy()
    gap[300] = math.nan
    wanted = StreamDetector().push_many(gap).score.tolist()
    assert found.scores["score"].to_list() == pytest.approx(wanted, nan_ok=True)
    assert math.isnan(found.scores["score"].to_list()[300])
    library = "polars" if name.startswith("polars") else "pandas"
    assert type(found.alarms).__module__.partition(".")[0] == library
    assert len(found.found) == 1


def test_columns_of_a_block_have_numbers_for_names():
    assert detect(np.column_stack([HEAT, LOAD])).alarms["stream"].tolist() == ["1"]


def test_a_column_that_counts_rows_is_no_stream():
    frame = pandas.DataFrame({"Unnamed: 0": range(ROWS), "load": LOAD})
    assert detect(frame).taken == "streams of load; no times; not used: Unnamed: 0"
    assert detect(frame[["Unnamed: 0"]]).taken == "streams of Unnamed: 0; no times"


@pytest.mark.parametrize("make", [pandas.DataFrame, polars.DataFrame])
def test_no_alarm_gives_an_empty_table_with_the_same_columns(make: Any):
    calm, loud = detect(make({"load": HEAT})), detect(make({"load": LOAD}))
    assert list(calm.alarms.columns) == list(loud.alarms.columns)
    assert len(calm.alarms) == 0
    assert str(calm).startswith("No alarm in 1,000 samples.")
    assert dict(zip(calm.alarms.columns, calm.alarms.dtypes)) == dict(zip(loud.alarms.columns, loud.alarms.dtypes))
    assert repr(calm) == "<Detected: 0 alarms in 1000 rows; streams of load; no times>"


def test_the_threshold_and_merge_are_those_of_alarms():
    assert starts(detect({"load": LOAD}, threshold=1e-12)) == []
    twice = LOAD.copy()
    twice[960:965] = 3.0
    assert len(detect({"load": twice}, threshold=1e-3, merge=100).found) == 1


TEXTS = pandas.DataFrame({"a": ["x"], "b": [1.0]})
TWICE = pandas.DataFrame([[1.0, 2.0]], columns=["a", "a"])
CLOCKS = pandas.DataFrame({"u": HOURS, "v": HOURS, "b": LOAD})
HINT = "texts become numbers by pandas.to_numeric"


@pytest.mark.parametrize(
    ("data", "options", "text"),
    [
        ("x", {}, "data must be a frame, a series, an array, a list or a mapping of columns, got str"),
        (np.zeros((2, 2, 2)), {}, "data must have one or two dimensions, got shape (2, 2, 2)"),
        ({"a": [1.0], "b": [1.0, 2.0]}, {}, "data must have columns of one length, got shape (1,) as 'a'"),
        (TWICE, {}, "data must have columns of different names, got 'a' 2 times"),
        (TEXTS[["a"]], {}, f"data has no column of numbers; its columns are: 'a'; {HINT}"),
        (TEXTS, {"columns": "c"}, "there is no column 'c'; the columns are 'a', 'b'"),
        (TEXTS, {"columns": "a"}, "column 'a' must hold numbers: it holds texts"),
        (TEXTS, {"key": "c"}, "there is no column 'c'; the columns are 'a', 'b'"),
        (TEXTS, {"key": 5}, "key must be a str or a sequence of str, got int"),
        (TEXTS, {"time": 5}, "time must be a str, got int"),
        (CLOCKS, {}, "time must name one of the columns of times, which are 'u', 'v'"),
        (TEXTS, {"threshold": 3.0}, "threshold must be from 0 to 1, got 3"),
    ],
)
def test_what_cannot_be_read_is_named(data: Any, options: dict[str, Any], text: str):
    with pytest.raises(AnetError) as raised:
        detect(data, **options)
    assert str(raised.value) == text


@pytest.mark.parametrize("make", [pandas.DataFrame, polars.DataFrame])
def test_texts_that_are_no_times_are_named_in_one_line(make: Any):
    with pytest.raises(TypeError, match=r"^column 'a' must hold times: seconds since 1970, .+") as raised:
        detect(make({"a": ["x"], "b": [1.0]}), time="a")
    assert "\n" not in str(raised.value)
