"""A table of many streams on one machine: the bits of a detector for each key, in a file that is whole or not there."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import anet_lite
from anet_lite import StreamDetector, StreamDetectorPool
from anet_lite.table import writing as module

NEEDS = ("pyarrow", "rich")

NAN = float("nan")


def wave(key, at) -> float:
    return ((at * 7 + ord((key or "n")[0])) % 23) / 23 + (5.0 if at == 70 else 0.0)


def write(folder, order=lambda at: at, keys=("a", "b", None, ""), count=120, value=wave, parts=2):
    rows = [(key, order(at), value(key, at)) for key in keys for at in range(count)]
    np.random.default_rng(0).shuffle(rows := np.array(rows, object))
    folder.mkdir()
    for number, part in enumerate(np.array_split(rows, parts)):
        columns = dict(zip(("key", "at", "x"), (list(column) for column in part.T)))
        pq.write_table(pa.table(columns), folder / f"{number}.parquet")
    return folder


def score(source, target, **options):
    return anet_lite.score_table(source, target, **{"key": "key", "order_by": "at", "value": "x", **options})


def twin(key, count=120, value=wave, **options) -> list:
    found = StreamDetector(**options).push_many([value(key, at) for at in range(count)])
    return list(map(repr, zip(found.score.tolist(), found.p_value.tolist())))


def got(target, key) -> list:
    rows = [row for row in pq.read_table(target).to_pylist() if row["key"] == key]
    return [repr((row["score"], row["p_value"])) for row in rows]


@pytest.mark.parametrize("rows_a_part", [1, 200, 10**6])
@pytest.mark.parametrize(
    "order",
    [
        lambda at: at - 50,
        lambda at: (at - 50) / 7,
        lambda at: dt.date(1969, 12, 1) + dt.timedelta(days=at),
        lambda at: dt.datetime(1969, 12, 31, 23, 59, 59) + dt.timedelta(microseconds=at),
    ],
)
def test_each_key_has_the_bits_of_its_own_detector_in_parts_of_any_size(tmp_path, monkeypatch, rows_a_part, order):
    monkeypatch.setattr(module, "ROWS_A_PART", rows_a_part)
    assert score(write(tmp_path / "in", order), tmp_path / "out.parquet") == 480
    for key in ("a", "b", None, ""):
        assert got(tmp_path / "out.parquet", key) == twin(key)


def test_missing_samples_are_no_errors_and_come_back_as_they_were(tmp_path):
    def value(key, at):
        return {80: None, 90: NAN, 100: float("inf")}.get(at, wave(key, at))

    score(write(tmp_path / "in", value=value), tmp_path / "out.parquet")
    read = {row["at"]: row["x"] for row in pq.read_table(tmp_path / "out.parquet").to_pylist() if row["key"] == "a"}
    assert (read[80], repr(read[90]), read[100]) == (None, "nan", float("inf"))
    assert got(tmp_path / "out.parquet", "a") == twin("a", value=value)


def test_the_parameters_are_those_of_the_pool_that_is_given(tmp_path):
    source = write(tmp_path / "in")
    score(source, tmp_path / "out.parquet", pool=StreamDetectorPool(0, seed="other", season=23))
    assert got(tmp_path / "out.parquet", "a") == twin("a", seed="other", season=23) != twin("a")
    with pytest.raises(ValueError, match="pool must have no streams, got 2"):
        score(source, tmp_path / "new.parquet", pool=StreamDetectorPool(2))


def test_a_table_of_no_rows_is_written_with_its_columns(tmp_path):
    pq.write_table(
        pa.table({"key": pa.array([], "str"), "at": pa.array([], "i8"), "x": pa.array([], "f8")}), tmp_path / "in"
    )
    assert score(tmp_path / "in", tmp_path / "out") == 0
    assert pq.read_table(tmp_path / "out").column_names == ["key", "at", "x", "score", "p_value", "held", "expected"]


def test_a_file_that_is_not_whole_is_not_left_behind(tmp_path, monkeypatch):
    source = write(tmp_path / "in")
    with pytest.raises(FileExistsError, match=r"target must not be there yet: .*0\.parquet"):
        score(source, source / "0.parquet")
    monkeypatch.setattr(module, "_scored", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        score(source, tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_a_bar_is_shown_on_the_standard_error(tmp_path, capsys):
    score(write(tmp_path / "in"), tmp_path / "out", progress=True)
    shown = capsys.readouterr()
    assert "100%" in shown.err
    assert shown.out == ""


@pytest.mark.parametrize(
    ("options", "kind", "text"),
    [
        ({"key": "name"}, ValueError, "source has no column name: it has key, at, x"),
        ({"value": "at"}, ValueError, "key, order_by and value must be different columns, got key, at, at"),
        (
            {"order_by": "key", "key": "at"},
            TypeError,
            "order_by must be a timestamp, a date, an integer or a float, got",
        ),
        ({"value": "key", "key": "x"}, TypeError, "value must be a column of numbers, got column key of type string"),
    ],
)
def test_wrong_columns_are_named(tmp_path, options, kind, text):
    with pytest.raises(kind, match=text):
        score(write(tmp_path / "in"), tmp_path / "out", **options)


@pytest.mark.parametrize(
    ("order", "rows"), [(lambda at: None if at == 3 else at, 4), (lambda at: NAN if at < 2 else 1.0, 8)]
)
def test_rows_without_an_order_are_counted_and_refused(tmp_path, order, rows):
    with pytest.raises(ValueError, match=f"order_by must not be null or NaN, got {rows} such rows in column at"):
        score(write(tmp_path / "in", order, parts=1), tmp_path / "out")
