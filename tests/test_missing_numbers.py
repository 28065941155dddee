"""A missing number is NaN, whatever the library that holds it calls it."""

from __future__ import annotations

import math
from decimal import Decimal

import numpy as np
import pytest

from anet_lite import Episodes, StreamDetector, StreamDetectorPool, StreamScorer, StreamScorerPool

SAMPLES = [0.5, None, 2.0, 0.0]
"""A missing one, and a fill value that a mask or a null could hide behind."""
MISSING = [False, True, False, False]


def missing(values) -> list[bool]:
    return np.isnan(StreamDetector().push_many(values).score).tolist()


def masked(dtype: str) -> np.ma.MaskedArray:
    return np.ma.array([0, 99, 2, 0], mask=MISSING, dtype=dtype)


@pytest.mark.parametrize("dtype", ["f8", "f4", ">f8", "i4", "u1", "?", "O"])
def test_a_masked_number_is_missing(dtype):
    assert missing(masked(dtype)) == MISSING
    assert missing(masked(dtype).reshape(4, 1)) == MISSING


def test_what_a_mask_hides_is_not_learned():
    hidden, shown = StreamDetector(), StreamDetector()
    hidden.push_many(masked("f8"))
    shown.push_many([0.0, None, 2.0, 0.0])
    assert hidden.to_bytes() == shown.to_bytes()


def test_a_masked_array_is_left_as_it_is():
    array = masked("f8")
    missing(array)
    assert array.data.tolist() == [0.0, 99.0, 2.0, 0.0]
    assert array.mask.tolist() == MISSING


@pytest.mark.parametrize("nothing", [None, np.ma.masked, math.nan, Decimal("NaN")])
def test_nothing_is_a_missing_sample(nothing):
    assert math.isnan(StreamDetector().push(nothing).score)
    assert missing([0.5, nothing, 2.0, 0.0]) == MISSING
    assert Episodes().push(nothing) is None
    scorer = StreamScorer(window=2, scales=(4,))
    assert scorer.push(nothing) is None
    assert np.isnan(StreamDetectorPool(2).push([0.5, nothing]).score).tolist() == [False, True]


def test_a_mask_holds_in_a_block():
    block = np.ma.array([[1.0, 2.0], [3.0, 4.0]], mask=[[False, True], [False, False]])
    assert np.isnan(StreamDetectorPool(2).push_many(block).score).tolist() == [[False, True], [False, False]]
    both = StreamDetector(channels=2)
    both.push_many(block)
    same = StreamDetector(channels=2)
    same.push_many([[1.0, None], [3.0, 4.0]])
    assert both.to_bytes() == same.to_bytes()
    assert len(StreamScorerPool(2, window=1, scales=(4,)).push_many(block).combined) == 2


def test_one_column_is_a_series():
    assert missing(np.zeros((3, 1))) == [False] * 3
    with pytest.raises(ValueError, match=r"values must be one-dimensional, got shape \(3, 2\)"):
        missing(np.zeros((3, 2)))


@pytest.mark.parametrize("dtype", ["Int64", "Float64", "Float32", "boolean", "object", "float64"])
def test_a_null_of_pandas_is_missing(dtype):
    pandas = pytest.importorskip("pandas")
    values = [1, None, 0, 0]
    series = pandas.Series(values, dtype=dtype, index=pandas.date_range("2026-01-01", periods=4, freq="h"))
    assert missing(series) == MISSING
    assert missing(series.to_frame("load")) == MISSING
    assert missing(series.array) == MISSING
    assert math.isnan(StreamDetector().push(pandas.NA).score)
    assert missing([1.0, pandas.NA, 2.0, 0.0]) == MISSING


def test_a_null_of_polars_is_missing():
    polars = pytest.importorskip("polars")
    for kind in (polars.Float64, polars.Int32, polars.Boolean, polars.Decimal(10, 2)):
        series = polars.Series("load", [1, None, 0, 0]).cast(kind)
        assert missing(series) == MISSING
        assert missing(series.to_frame()) == MISSING


def test_a_null_of_pyarrow_is_missing():
    pyarrow = pytest.importorskip("pyarrow")
    for kind in (pyarrow.float64(), pyarrow.int32(), pyarrow.decimal128(12, 2)):
        array = pyarrow.array([1, None, 0, 0], pyarrow.int32()).cast(kind)
        assert missing(array) == MISSING
        assert missing(pyarrow.chunked_array([array[:2], array[2:]])) == MISSING
        assert missing(pyarrow.table({"load": array})) == MISSING
    assert missing(list(pyarrow.array([1, None, 0, 0]))) == MISSING
    detector = StreamDetector()
    assert [math.isnan(detector.push(scalar).score) for scalar in pyarrow.array([1.0, None])] == [False, True]


def test_a_frame_of_several_columns_names_one_to_take():
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    columns = {"load": [1.0, 2.0], "heat": [3.0, 4.0]}
    for frame in (pandas.DataFrame(columns), polars.DataFrame(columns)):
        with pytest.raises(
            ValueError, match=r"^values must be one column, got a DataFrame of 2: take one, such as values\['load'\]$"
        ):
            missing(frame)


def test_a_table_of_several_columns_names_one_to_take():
    pyarrow = pytest.importorskip("pyarrow")
    with pytest.raises(ValueError, match=r"got a Table of 2: take one, such as values\['load'\]$"):
        missing(pyarrow.table({"load": [1.0], "heat": [2.0]}))
