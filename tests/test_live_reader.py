"""What comes in by and by is read as the whole would be, and nothing ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

import anet_lite
from anet_lite.reader.columns.choose import metric_columns
from anet_lite.reader.live import LiveReader
from anet_lite.reader.tail import Tail
from table_forms import FORMS

if TYPE_CHECKING:
    from pathlib import Path

NEEDS_MORE = {"bank", "japanese dates"}
"""Forms that are not known from their first two lines; the second because its bytes may be cut within a character."""


def read(live: LiveReader, data: bytes, piece: int) -> dict[str, np.ndarray]:
    tables = [table for at in range(0, len(data), piece) for table in live.feed(data[at : at + piece])]
    tables += live.finish()
    names = live.wanted.numbers
    cells = {name: [np.where(t.numbers[name][1], t.numbers[name][0], np.nan) for t in tables] for name in names}
    return {name: np.concatenate(parts) if parts else np.array([]) for name, parts in cells.items()}


@pytest.mark.parametrize("name", sorted(FORMS.keys() - NEEDS_MORE))
def test_a_form_is_read_at_once_as_it_is_whole(name: str) -> None:
    form = FORMS[name]
    live = LiveReader()
    found = read(live, form.data, 10_000)
    assert np.array_equal(found[form.column][: len(form.values)], form.values, equal_nan=True), live.remarks()


@pytest.mark.parametrize("piece", [1, 2, 5, 1000])
def test_pieces_of_any_length_give_the_same_samples(piece: int) -> None:
    data = "ts;v\r\n2024-01-01;1,5\r\n2024-01-02;-\r\n2024-01-03;2,5".encode("utf-8-sig")
    found = read(LiveReader(), data, piece)["v"]
    assert np.array_equal(found, [1.5, np.nan, 2.5], equal_nan=True)


def test_a_number_a_line_is_answered_from_the_first_line_on() -> None:
    live = LiveReader()
    assert [table.rows for table in live.feed(b"\xef\xbb\xbf1.5\n")] == [1]
    assert live.feed(b"2.") == []
    assert live.feed(b"5\n")[0].numbers["1"][0].tolist() == [2.5]


def test_a_header_and_a_row_are_enough() -> None:
    live = LiveReader()
    assert live.feed(b"ts,v\n") == []
    assert live.feed(b"1700000000,5\n")[0].times["ts"].tolist() == [1700000000.0]


def test_a_bad_cell_and_a_header_again_are_told_and_end_nothing() -> None:
    live = LiveReader()
    found = read(live, b"v,w\n1,2\noops,3\nv,w\n4,5\n", 7)
    assert np.array_equal(found["v"], [1, np.nan, 4], equal_nan=True)
    assert (
        "v: 1 cell cannot be read, the first 'oops' in line 3; --missing 'oops' takes it for missing" in live.remarks()
    )
    assert "1 repeated header passed over" in live.remarks()


def test_an_open_quote_does_not_silence_a_stream() -> None:
    live = LiveReader()
    live.feed(b'a,b\n1,2\n"3,4\n')
    rows = sum(table.rows for _ in range(3000) for table in live.feed(b"5,6\n"))
    assert rows > 2900
    assert any("not closed" in text for text in live.remarks())


def test_json_lines_are_read_by_kind() -> None:
    live = LiveReader()
    (table,) = live.feed(b'{"ts": 1700000000, "host": "a", "v": 1.5}\n{"ts": 1700000060, "host": "a", "v": null}\n')
    assert live.kinds == {"ts": "time", "host": "key", "v": "number"}
    assert table.numbers["v"][1].tolist() == [True, False]


def test_what_is_no_table_is_one_sentence() -> None:
    live = LiveReader(where="the pipe")
    live.feed(b"hello world\nhow are you\n")
    with pytest.raises(ValueError, match="the pipe is no table with a column of numbers: it begins 'hello world'"):
        live.finish()


@pytest.mark.parametrize(
    ("data", "chosen", "columns"),
    [
        (b"id,v\n1,5\n2,7\n3,6\n", [], ["v"]),
        (b"ts,host,v\n1700000000,a,5\n1700000060,b,6\n", [], ["v"]),
        (b",v\n0,5\n1,7\n2,6\n", [], ["v"]),
        (b"v\n0\n1\n2\n", [], ["v"]),
        (b"a,b\n5,7\n4,9\n4,8\n", ["b", "a"], ["b", "a"]),
    ],
)
def test_the_column_of_the_metric_is_the_one_that_counts_no_rows(
    data: bytes, chosen: list[str], columns: list[str]
) -> None:
    live = LiveReader()
    live.feed(data)
    assert metric_columns(live, chosen, "f") == columns


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ([], "f has several columns of numbers: a, b; --column names those to look at, for instance --column 'a'"),
        (["c"], "f has no column 'c'; its columns are a, b, host"),
    ],
)
def test_a_column_that_cannot_be_chosen_is_one_sentence(chosen: list[str], sentence: str) -> None:
    live = LiveReader()
    live.feed(b"a,b,host\n5,7,x\n4,9,x\n4,8,y\n")
    with pytest.raises(ValueError, match=sentence):
        metric_columns(live, chosen, "f")


def test_a_file_that_grows_is_followed_in_any_dialect(tmp_path: Path) -> None:
    path = tmp_path / "run.csv"
    tail = Tail(str(path))
    assert tail.look() == []
    path.write_text("step;loss;note\n0;1,5;\n1;2")
    assert tail.look() == [{"step": 0.0, "loss": 1.5}]
    with path.open("a") as file:
        file.write(",5;late\nstep;loss;note\n2;-;x\n")
    assert tail.look() == [{"step": 1.0, "loss": 2.5, "note": "late"}, {"step": 2.0, "note": "x"}]
    path.write_text("a,b\n1,2\n")
    assert tail.look() == [{"a": 1.0, "b": 2.0}]


def test_reading_whole_and_live_agree_on_a_long_table() -> None:
    data = b"ts,v\n" + b"".join(
        b"2024-01-01 00:%02d:%02d,%d\n" % (row // 60, row % 60, row * 7 % 11) for row in range(3000)
    )
    assert np.array_equal(read(LiveReader(), data, 777)["v"], anet_lite.read(data).numbers["v"])
