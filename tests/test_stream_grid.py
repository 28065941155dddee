"""Rows with times become samples: gaps, doubled and late rows, unequal distances; rows put together by time."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from anet_lite.stream.bins import HOW, Bins
from anet_lite.stream.budget import threshold_of
from anet_lite.stream.clock_text import time_text
from anet_lite.stream.duration import duration_text, seconds_of
from anet_lite.stream.grid import Grid
from anet_lite.stream.samples import Samples


def place(times: list[float], grid: Grid | None = None, piece: int = 1000) -> tuple[Samples, Grid]:
    grid = grid or Grid()
    seconds, parts = np.array(times, dtype=float), list[Samples]()
    for at in range(0, len(times), piece):
        rows = np.arange(at, min(at + piece, len(times)))
        parts.append(grid.place(rows.astype(float), seconds[rows], rows))
    joined = [np.concatenate(each) for each in zip(*((part.values, part.rows, part.times) for part in parts))]
    return Samples(*joined), grid


def test_missing_rows_are_gaps_of_their_length() -> None:
    times = [60.0 * i for i in range(40) if not 20 <= i < 23]
    samples, grid = place(times)
    assert grid.interval == 60.0
    assert samples.times is not None
    assert samples.times.tolist() == [60.0 * i for i in range(40)]
    assert np.flatnonzero(np.isnan(samples.values)).tolist() == [20, 21, 22]
    assert samples.rows[[19, 20, 22, 23]].tolist() == [19, -1, -1, 20]
    assert grid.remarks() == ["3 missing rows taken for gaps, one every 1m expected"]


@given(st.lists(st.integers(1, 9), min_size=12, max_size=60), st.integers(1, 60))
def test_pieces_of_any_length_give_the_same_samples(jumps: list[int], piece: int) -> None:
    times = np.cumsum([1.0] * 10 + [float(jump) for jump in jumps]).tolist()
    whole, _ = place(times, Grid(interval=1.0))
    parts, _ = place(times, Grid(interval=1.0), piece)
    assert np.array_equal(whole.values, parts.values, equal_nan=True)
    assert whole.rows.tolist() == parts.rows.tolist()


def test_jitter_is_no_gap() -> None:
    jitter = np.random.default_rng(0).normal(0, 1.5, 300)
    samples, grid = place((np.arange(300) * 60.0 + jitter).tolist())
    assert grid.interval == pytest.approx(60, abs=0.5)
    assert len(samples.values) == 300


def test_doubled_and_late_rows_are_left_out_and_counted() -> None:
    samples, grid = place([0, 10, 20, 20, 30, 15, 40, 50, 60, 70, 80, 90, 100])
    assert samples.rows.tolist() == [0, 1, 2, 4, 6, 7, 8, 9, 10, 11, 12]
    assert (grid.doubled, grid.late) == (1, 1)


def test_a_clock_that_is_set_back_is_followed() -> None:
    times = [*(10.0 * i for i in range(100)), *(10.0 * i for i in range(40, 140))]
    samples, grid = place(times)
    assert grid.set_back == 1
    assert samples.rows[-1] == 199
    assert len(samples.values) == 198


def test_a_time_that_is_missing_or_absurd_stops_nothing() -> None:
    samples, grid = place([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, float("nan"), 10, 1e300, float("inf")])
    assert grid.untimed == 2
    assert len(samples.values) == 11 + 1 + 4096


def test_unequal_distances_are_told_and_make_no_gaps() -> None:
    times = np.cumsum(np.random.default_rng(1).exponential(10, 400)).tolist()
    samples, grid = place(times)
    assert len(samples.values) == 400
    assert grid.remarks() == ["times at unequal distances: rows are taken one after another"]


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("piece", [1, 7, 1000])
def test_bins_are_what_a_dictionary_of_bins_gives(how: str, piece: int) -> None:
    random = np.random.default_rng(2)
    times, values = np.sort(random.uniform(0, 3000, 400)), random.normal(size=400)
    values[random.random(400) < 0.1] = np.nan
    naive: dict[float, list[float]] = {}
    for time, value in zip(times.tolist(), values.tolist()):
        naive.setdefault(time // 60 * 60, []).extend([] if np.isnan(value) else [value])
    functions = {"mean": np.mean, "sum": np.sum, "min": np.min, "max": np.max, "last": lambda x: x[-1], "count": len}
    expected = [functions[how](held) if held or how == "count" else np.nan for held in naive.values()]
    bins, found = Bins.of(f"1m:{how}"), list[tuple[np.ndarray, ...]]()
    for at in range(0, 400, piece):
        rows = np.arange(at, min(at + piece, 400))
        found.append(bins.put(values[rows], times[rows], rows))
    found.append(bins.rest())
    values, begins, rows = (np.concatenate(each) for each in zip(*found))
    assert values == pytest.approx(expected, nan_ok=True)
    assert begins.tolist() == list(naive)
    assert rows[-1] == 399


@pytest.mark.parametrize("text", ["", "5", "x", "-5m", "5 parsecs", "1e9d", "m5", "5m3"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    if text == "5":
        assert seconds_of(text) == 5
    else:
        with pytest.raises(ValueError, match="interval must be a duration such as 30s, 5m or 1h30m"):
            seconds_of(text, "interval")


@given(st.integers(1, 10**7))
def test_a_duration_is_read_as_it_is_written(seconds: int) -> None:
    assert seconds_of(duration_text(seconds)) == seconds


@pytest.mark.parametrize(
    ("budget", "sentence"),
    [
        ("often", "budget must be such as 3/10k, 1/day or 2/week, got 'often'"),
        ("0/day", "budget must be such as"),
        ("1/day", "needs the time between two samples"),
        ("500/10k", "at most 100 can be asked for"),
    ],
)
def test_a_budget_that_cannot_be_kept_is_refused(budget: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        threshold_of(budget)


def test_a_budget_by_time_counts_over_all_streams() -> None:
    assert threshold_of("1/day", 60, 10) == pytest.approx(1 / 14400)
    assert threshold_of("1 per week", 3600) == pytest.approx(1 / 168)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_any_time_has_a_text(seconds: float) -> None:
    assert time_text(seconds)
