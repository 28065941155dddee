"""JSON documents and arrays, whoever wrote them: told apart by what is in them, with times and names of series."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from anet_lite.reader import Wanted, open_source, whole
from anet_lite.reader.columns.kinds import kind_of
from anet_lite.reader.forms.document.source import _SHAPES, _asked
from anet_lite.reader.seconds import seconds_of

if TYPE_CHECKING:
    from pathlib import Path

START = 1700000000
TIMES = [START + 60 * at for at in range(4)]
ISO = [f"2023-11-14T22:{13 + at}:20Z" for at in range(4)]
VALUES = [1.5, 2.5, 3.5, 4.5]


def prometheus(host: str) -> dict[str, Any]:
    return {"metric": {"__name__": "cpu", "host": host}, "values": [[t, str(v)] for t, v in zip(TIMES, VALUES)]}


FRAME = {
    "schema": {"fields": [{"name": "time", "type": "time"}, {"name": "cpu"}]},
    "data": {"values": [[1000 * t for t in TIMES], VALUES]},
}
DOCUMENTS: dict[str, tuple[Any, str, str]] = {
    "prometheus": (
        {"status": "success", "data": {"resultType": "matrix", "result": [prometheus("a")]}},
        "an answer of Prometheus",
        'cpu{host="a"}',
    ),
    "influxdb": (
        {"results": [{"series": [{"name": "cpu", "columns": ["time", "value"], "values": list(zip(ISO, VALUES))}]}]},
        "an answer of InfluxDB",
        "cpu",
    ),
    "grafana": ({"results": {"A": {"frames": [FRAME]}}}, "Grafana's data frames", "cpu"),
    "graphite": (
        [{"target": "cpu", "datapoints": [[v, t] for t, v in zip(TIMES, VALUES)]}],
        "series of Graphite",
        "cpu",
    ),
    "datadog": (
        {"series": [{"metric": "cpu", "pointlist": [[1000.0 * t, v] for t, v in zip(TIMES, VALUES)]}]},
        "series of Datadog",
        "cpu",
    ),
    "cloudwatch": (
        {"MetricDataResults": [{"Label": "cpu", "Timestamps": ISO[::-1], "Values": VALUES[::-1]}]},
        "metrics of CloudWatch",
        "cpu",
    ),
    "google": (
        {
            "timeSeries": [
                {
                    "metric": {"type": "cpu"},
                    "points": [
                        {"interval": {"endTime": t}, "value": {"doubleValue": v}}
                        for t, v in zip(ISO[::-1], VALUES[::-1])
                    ],
                }
            ]
        },
        "time series of Google Cloud",
        "cpu",
    ),
}


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("ending", ["answer.json", "answer", "pretty.txt"])
def test_an_answer_of_a_monitoring_system_has_times_series_and_values(name: str, ending: str, tmp_path: Path) -> None:
    document, form, series = DOCUMENTS[name]
    (tmp_path / ending).write_text(json.dumps(document, indent=1 if "pretty" in ending else None))
    source = open_source(str(tmp_path / ending))
    assert source.form == form
    assert {source.kinds[name] for name in ("time", "series", "value")} == {"time", "key", "number"}
    table = whole(source, Wanted(("value",), (), ("series",), ("time",)), lambda _: None)
    assert table.times["time"].tolist() == TIMES
    assert table.numbers["value"][0].tolist() == VALUES
    assert table.keys["series"].labels == [series]


FRAMES: dict[str, tuple[Any, list[str]]] = {
    "records": ([{"loss": 2.5, "lr": 0.1}, {"loss": 2.4, "lr": 0.1}], ["loss", "lr"]),
    "columns": ({"loss": {"0": 2.5, "1": 2.4}, "lr": {"0": 0.1, "1": 0.1}}, ["index", "loss", "lr"]),
    "index": ({"0": {"loss": 2.5, "lr": 0.1}, "1": {"loss": 2.4, "lr": 0.1}}, ["index", "loss", "lr"]),
    "split": ({"columns": ["loss"], "index": [0, 1], "data": [[2.5], [2.4]]}, ["index", "loss"]),
    "table": (
        {"schema": {"fields": []}, "data": [{"index": 0, "loss": 2.5}, {"index": 1, "loss": 2.4}]},
        ["index", "loss"],
    ),
    "lists": ({"loss": [2.5, 2.4], "lr": [0.1, 0.1]}, ["loss", "lr"]),
    "rows with a header": ([["step", "loss"], [1, 2.5], [2, 2.4]], ["step", "loss"]),
    "hits": ({"hits": {"hits": [{"_source": {"loss": 2.5}}, {"_source": {"loss": 2.4}}]}}, ["_source/loss"]),
    "steps": ([{"step": "1/2", "loss": 2.5}, {"step": "2/2", "loss": 2.4}], ["step", "loss"]),
}


@pytest.mark.parametrize("name", FRAMES)
def test_a_frame_is_read_in_each_of_its_orientations(name: str, tmp_path: Path) -> None:
    document, names = FRAMES[name]
    (tmp_path / "a.json").write_text(json.dumps(document))
    source = open_source(str(tmp_path / "a.json"))
    assert source.names == names
    loss = next(name for name in names if "loss" in name)
    assert whole(source, Wanted((loss,)), lambda _: None).numbers[loss][0].tolist() == [2.5, 2.4]


@pytest.mark.parametrize("name", ["a.json", "a.txt", "a"])
def test_an_array_of_numbers_is_a_column(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("[1.5, null,\n NaN, 2]")
    values, there = whole(open_source(str(tmp_path / name)), Wanted(("value",)), lambda _: None).numbers["value"]
    assert there.tolist() == [True, False, True, True]
    np.testing.assert_array_equal(values[there], [1.5, np.nan, 2])


def test_a_log_that_begins_with_a_bracket_is_no_array(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_text("".join(f"[1, {at}] loss: {3 - at / 9}\n" for at in range(9)))
    assert open_source(str(tmp_path / "a.log")).form.startswith("a text log")


@pytest.mark.parametrize("text", ['{"a": [' + "1," * 300_000 + "x]}", '{"a": "' + "y" * 300_000, "[1, 2"])
def test_an_error_of_json_is_a_line_that_a_person_reads(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(text)
    with pytest.raises(ValueError, match="is not JSON") as error:
        open_source(str(tmp_path / "a.json"))
    assert len(str(error.value)) < 300 + len(str(tmp_path))
    assert "\n" not in str(error.value)


def test_an_error_that_prometheus_answers_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"status": "error", "error": "query timed out"}')
    with pytest.raises(ValueError, match=r"a\.json: the answer of Prometheus is an error: query timed out"):
        open_source(str(tmp_path / "a.json"))


documents = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["data", "results", "result", "series", "values", "value", "metric", "points", "frames", "0"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(documents)
def test_what_only_looks_like_an_answer_breaks_no_reader(document: Any) -> None:
    for _, shape in _SHAPES:
        rows = _asked(shape, "a.json", document)
        assert rows is None or isinstance(rows, list)


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [
        (START, START),
        (START * 1000, START),
        (START * 10**6, START),
        (START * 10**9, START),
        ("2023-11-14 22:13:20.25", START + 0.25),
        ("2023-11-14T23:13:20+0100", START),
        ("2023/11/14", 1699920000),
    ],
)
def test_a_time_is_read_in_its_unit_and_zone(cell: object, seconds: float) -> None:
    assert seconds_of(cell) == seconds


@pytest.mark.parametrize("cell", [None, True, 5, -1, "5", "", "2023-13-01", "x", float("nan"), float("inf"), 1e30])
def test_what_is_no_time_is_missing(cell: object) -> None:
    assert np.isnan(seconds_of(cell))


@pytest.mark.parametrize(
    ("name", "cells", "kind"),
    [
        ("ts", TIMES, "time"),
        ("@timestamp", ISO, "time"),
        ("when", ["2023-11-14"], "time"),
        ("time", [0.5, 0.25], "number"),
        ("value", TIMES, "number"),
        ("host", ["a", "b", "a", "b"], "key"),
        ("note", ["a", "b", "c", "d"], "text"),
        ("up", [True, False], "flag"),
        ("x", [None, ""], "empty"),
    ],
)
def test_a_column_is_of_a_kind(name: str, cells: list[Any], kind: str) -> None:
    assert kind_of(name, cells) == kind


def test_arrays_of_numpy_are_columns(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", np.arange(5.0))
    np.save(tmp_path / "b.npy", np.arange(6).reshape(3, 2))
    np.savez(tmp_path / "c.npz", loss=np.arange(3.0), t=np.array(TIMES, dtype="datetime64[s]"), text=np.array(["x"]))
    assert [open_source(str(tmp_path / name)).names for name in ("a.npy", "b.npy", "c.npz")] == [
        ["value"],
        ["1", "2"],
        ["loss", "t"],
    ]
    source = open_source(str(tmp_path / "c.npz"))
    table = whole(source, Wanted(("loss",), (), (), ("t",)), lambda _: None)
    assert table.numbers["loss"][1].tolist() == [True, True, True, False]
    assert table.times["t"].tolist() == TIMES


def test_arrays_of_objects_are_one_sentence(tmp_path: Path) -> None:
    np.save(tmp_path / "a.npy", np.array([{}], dtype=object), allow_pickle=True)
    with pytest.raises(ValueError, match="is no file of NumPy that can be read"):
        open_source(str(tmp_path / "a.npy"))
