"""The core's reader of tables against Python's csv on the same bytes."""

from __future__ import annotations

import csv
import io
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anet_lite._native import CsvRows, DelimitedReader, read_cell, read_times, split_table

cells = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), max_size=6)
tables = st.lists(st.lists(cells, min_size=2, max_size=4), min_size=1, max_size=8)
pieces = st.integers(1, 30)


def written(rows: list[list[str]], delimiter: str, end: str) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)
    return out.getvalue().encode()


@given(tables, st.sampled_from(",;\t|"), st.sampled_from(["\n", "\r\n", "\r"]), pieces)
def test_what_csv_writes_is_read_back(rows: list[list[str]], delimiter: str, end: str, piece: int) -> None:
    data, reader = written(rows, delimiter, end), CsvRows(delimiter)
    found = [row for at in range(0, len(data), piece) for row in reader.feed(data[at : at + piece])]
    assert [*found, *reader.finish()] == rows
    assert [fields for _, _, fields in split_table(data, delimiter)] == rows


@given(st.binary(max_size=300), st.sampled_from(",; \x1f"), pieces)
def test_any_bytes_give_the_same_columns_however_they_are_cut(data: bytes, delimiter: str, piece: int) -> None:
    specs = [("number", 0, None), ("key", 1, None), ("text", 0, None), ("day first", 0, 1)]
    whole = DelimitedReader(specs, width=2, delimiter=delimiter, comment="#")
    parts = DelimitedReader(specs, width=2, delimiter=delimiter, comment="#")
    whole.feed(data)
    for at in range(0, len(data), piece):
        parts.feed(data[at : at + piece])
    whole.finish()
    parts.finish()
    assert (parts.rows, parts.counts(), parts.examples()) == (whole.rows, whole.counts(), whole.examples())
    assert [parts.cells(at) for at in range(4)] == [whole.cells(at) for at in range(4)]
    assert str(parts.take()) == str(whole.take())


@given(st.floats(), st.sampled_from(["{!r}", " {!r} ", "{!r} ms", "{!r}%"]))
def test_a_number_is_read_to_its_last_bit(value: float, form: str) -> None:
    found = read_cell(form.format(value))
    if not math.isfinite(value) and form not in {"{!r}", " {!r} "}:
        return
    assert found is not None
    assert found[0] == value or (math.isnan(found[0]) and math.isnan(value))


@given(st.datetimes())
def test_a_time_is_that_of_datetime(moment) -> None:
    from datetime import datetime, timedelta

    wanted = (moment - datetime(1970, 1, 1)) / timedelta(seconds=1)
    forms = [moment.isoformat(), moment.strftime("%Y-%m-%d %H:%M:%S.%f")] if moment.year >= 1000 else []
    for found in read_times(forms, "day first")[0]:
        assert found == pytest.approx(wanted, abs=1e-4)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"delimiter": ";;"}, "delimiter must be one byte, got ';;'"),
        ({"decimal": ":"}, "decimal must be '.' or ',', got ':'"),
        ({"thousands": "_"}, "thousands must be"),
        ({"columns": [("soon", 0, None)]}, "time style must be s, ms, us, ns, excel, matlab, day first or month first"),
    ],
)
def test_a_bad_argument_is_one_sentence(arguments: dict, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        DelimitedReader(**{"columns": [], "width": 1, **arguments})


def test_a_column_that_is_not_there_is_one_sentence() -> None:
    with pytest.raises(ValueError, match="column must be below 1, got 1"):
        DelimitedReader([("number", 0, None)], width=1).cells(1)
