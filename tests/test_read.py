"""``anet_lite.read``: tables of text in any dialect, and what it says of them."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import math
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

import anet_lite
from table_forms import FORMS

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = b"ts,host,value\n" + b"".join(b"2024-01-01 00:%02d:00,h%d,%d.5\n" % (row, row % 3, row) for row in range(40))


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_read_at_the_first_try(name: str) -> None:
    form = FORMS[name]
    found = anet_lite.read(form.data)
    assert form.column in found.numbers, (found.form, found.kinds)
    values = found.numbers[form.column]
    assert np.array_equal(values[: len(form.values)], form.values, equal_nan=True), (values, found.remarks)
    if form.time:
        assert found.time is not None, found.kinds
        assert found.time[0] == np.datetime64(form.time)


def test_a_path_a_stream_and_bytes_are_read_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(PLAIN)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(PLAIN)))
    with path.open() as text, path.open("rb") as binary:
        for source in (path, str(path), PLAIN, bytearray(PLAIN), "-", text, binary, io.BytesIO(PLAIN)):
            found = anet_lite.read(source)
            assert found.numbers["value"].tolist() == [row + 0.5 for row in range(40)]
            assert found.kinds == {"ts": "time", "host": "key", "value": "number"}
            assert found.texts["host"][:4] == ["h0", "h1", "h2", "h0"]
            assert found.time is not None
            assert str(found.time[-1]) == "2024-01-01T00:39:00.000000"


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_packed_table_is_read(pack, tmp_path: Path) -> None:
    (tmp_path / "a.csv.packed").write_bytes(pack(PLAIN))
    assert anet_lite.read(tmp_path / "a.csv.packed").numbers["value"].sum() == 800
    assert anet_lite.read(pack(PLAIN)).numbers["value"].sum() == 800


def test_json_lines_come_through_a_stream_too() -> None:
    assert anet_lite.read(b'{"loss": 1.5}\n{"loss": 2}\n').numbers["loss"].tolist() == [1.5, 2]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("a,b\n1,x\n2,y\noops,z\n4,z\n5,z\n", "a: 1 cell cannot be read, the first 'oops' in line 4; --missing 'oops'"),
        (
            "a\n" + "1\n" * 50000 + "1,5\n",
            "a: 1 cell cannot be read, the first '1,5' in line 50,002; --decimal , reads",
        ),
        ("a,b\n1,2\na,b\n3,4\n", "1 repeated header passed over"),
        ("t,a\n2024-01-01,2\nTotal,2\n", "1 row of a total passed over"),
        ("a\n1\n\n3\n", "1 blank line taken for missing"),
        ("a,b\n1,2\n3\n1,2\n1,2\n1,2\n", "1 line left out as no row of the table, the first 3: '3'"),
        ("a,b,c\n1,2,3\n3,4\n1,2,3\n1,2,3\n1,2,3\n", "1 row shorter than 3 cells, as line 3"),
        ("a,b\n1,2\n1,2,3\n1,2\n1,2\n1,2\n", "1 row longer than 2 cells, as line 3"),
        ('a,b\n1,2\n"3,4\n5,6\n', "1 quote not closed and taken for a letter, the first in line 3"),
        ("a,b\n1,-\n2,5\n", "b: 1 '-' taken for missing"),
        ("a,b\n1,\n2,5\n", "b: 1 empty cell, taken for missing"),
        ("a;b\n1;1,234\n2;1,235\n", "'1,234': the comma taken as decimal; --decimal says otherwise"),
        ("a\tb\n1\t1,234\n2\t1,235\n", "'1,234': the comma taken as between thousands; --decimal says otherwise"),
        (
            "t,v\n01/02/2024,1\n01/02/2024,2\n",
            "t: '01/02/2024' read with the month first, but the other order fits too",
        ),
        ("load,load\n1.5,2\n2.5,3\n", "columns of the same name are told apart as load.2"),
        ("v\n5 ms\n2 s\n", "v: 1 cell in s converted"),
        (
            "2019,2020\n1.5,2.5\n3.5,4.5\n",
            "the first row, 2019, 2020, taken for names; --no-header takes it for numbers",
        ),
    ],
)
def test_what_was_taken_for_what_is_told(table: str, said: str) -> None:
    assert said in "\n".join(anet_lite.read(table.encode()).remarks)


def test_a_table_without_surprises_has_no_remarks() -> None:
    assert anet_lite.read(PLAIN).remarks == []


def test_arguments_override_what_the_table_looks_like() -> None:
    assert anet_lite.read(b"1,5\n2,5\n", delimiter=";", decimal=",").numbers["1"].tolist() == [1.5, 2.5]
    assert anet_lite.read(b"2019,2020\n1.5,2.5\n", header=False).numbers["1"].tolist() == [2019, 1.5]
    assert math.isnan(anet_lite.read(b"v\n1\n-200\n", missing=["-200"]).numbers["v"][1])
    assert math.isnan(anet_lite.read(b"v\n1\n-200\n", missing=[-200.0]).numbers["v"][1])
    with pytest.raises(TypeError, match="missing must be a str, got NoneType"):
        anet_lite.read(b"v\n1\n", missing=[None])  # pyright: ignore[reportArgumentType]
    assert anet_lite.read("é;1\nà;2\n".encode("cp1252"), encoding="cp1252").texts["1"] == ["é", "à"]
    found = anet_lite.read(b"n,a,b\n1,2024-01-01,2024-02-01\n2,2024-01-02,2024-02-02\n", time="b", key="n")
    assert str(found.time[0]) == "2024-02-01T00:00:00.000000"
    assert found.texts["n"] == ["1", "2"]
    assert anet_lite.read(PLAIN, columns=["value"]).names == ["value"]


def test_a_column_that_begins_empty_is_read_as_what_comes() -> None:
    head = "a,late,note\n" + "1,,\n" * 30000
    found = anet_lite.read((head + "1,2.5,x\n").encode())
    assert (found.kinds["late"], found.kinds["note"]) == ("number", "text")
    assert found.numbers["late"][-1] == 2.5
    assert found.texts["note"][-1] == "x"


@pytest.mark.parametrize(
    ("data", "arguments", "sentence"),
    [
        (b"", {}, "the stream is empty|the bytes is empty"),
        (b"a,b\n1,2\n", {"columns": ["c"]}, "has no column 'c'; its columns are a, b"),
        (b"a,b\n1,2\n", {"time": "b"}, "--time b: '2' is no time"),
        (b"a,b\n1,2\n", {"delimiter": "::"}, "delimiter must be one sign, tab or spaces, got '::'"),
        (b"a,b\n1,2\n", {"decimal": ":"}, "decimal must be '.' or ',', got ':'"),
        (b"a,b\n1,2\n", {"encoding": "x-y"}, "encoding must be one that Python knows, got 'x-y'"),
        (b"PK\x03\x04aaaa", {}, "is a zip archive or an Excel workbook: unpack it, or save the sheet as CSV"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(data: bytes, arguments: dict, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        anet_lite.read(data, **arguments)


def test_a_source_that_is_none_is_a_type_error() -> None:
    with pytest.raises(TypeError, match="source must be a path, an open file or bytes, got int"):
        anet_lite.read(5)  # type: ignore[arg-type]


def test_a_frame_has_the_columns_in_their_order() -> None:
    pandas = pytest.importorskip("pandas")
    frame = anet_lite.read(PLAIN).to_frame()
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame) == ["ts", "host", "value"]
    assert frame["ts"].iloc[1] == pandas.Timestamp("2024-01-01 00:01")


def test_a_cell_of_a_megabyte_is_a_cell() -> None:
    found = anet_lite.read(b'a,note,v\n1,"' + b"x" * 200_000 + b'",1\n2,b,2\n3,c,5\n')
    assert found.numbers["v"].tolist() == [1, 2, 5]
    assert len(found.texts["note"][0]) == 200_000


def test_memory_is_bounded_by_the_longest_row() -> None:
    found = anet_lite.read(b"a,b\n1,2\n3,4\n5,6\n" + b"x" * (70 << 20) + b"\n7,8\n")
    assert found.numbers["b"].tolist() == [2, 4, 6, 8]
    assert "1 line over 64 MiB left out" in found.remarks


def test_zstd_without_what_unpacks_it_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "compression", None)
    monkeypatch.setitem(sys.modules, "zstandard", None)
    with pytest.raises(ImportError, match=r"zstandard is not installed: pip install 'anet-lite\[zstd\]'"):
        anet_lite.read(b"\x28\xb5\x2f\xfd" + bytes(20))
