"""The table of benchmarks: what it compares, how it rounds, what it names as missing."""

from __future__ import annotations

import pytest

import report


def entry(work: str, contender: str, median: float, **info: object) -> dict[str, object]:
    extra = {"contender": contender, "items": 1, "comparable": True, **info}
    return {"group": work, "extra_info": extra, "stats": {"median": median}}


def test_each_opponent_has_a_row():
    benchmarks = [entry("sort", "NumPy reference", 6e-3), entry("sort", "anet-lite", 2e-3), entry("sort", "C", 1e-3)]
    rows = report.rows({"benchmarks": benchmarks})
    assert [(r["opponent"], r["factor"]) for r in rows] == [("NumPy reference", 3.0), ("C", 0.5)]


def test_time_is_that_of_one_item():
    assert report.seconds(entry("push", "anet-lite", 2e-3, items=1000)) == 2e-6


def test_a_measured_time_of_its_own_goes_before_the_clock():
    assert report.seconds(entry("import", "anet-lite", 1.0, seconds=0.002)) == 0.002


@pytest.mark.parametrize(
    ("seconds", "text"), [(196.96, "197 s"), (0.0171, "17.1 ms"), (2e-6, "2 µs"), (4.3e-10, "0.43 ns")]
)
def test_duration_has_three_digits(seconds, text):
    assert report.duration(seconds) == text


@pytest.mark.parametrize(("number", "text"), [(12345.0, "12,000x"), (57.6, "58x"), (1.61, "1.6x"), (0.493, "0.49x")])
def test_factor_has_two_digits(number, text):
    assert report.factor(number) == text


def test_table_names_what_is_missing_and_what_is_not_comparable():
    rows = report.rows({"benchmarks": [entry("a", "anet-lite", 1.0), entry("a", "river", 2.0, comparable=False)]})
    scaling = [{"axis": "streams", "value": 10_000}]
    text = report.table({"date": "2026-01-02", "machine": "m", "rows": rows, "missing": ["rcf3"], "scaling": scaling})
    assert "| a | 1 s | river * | 2 s | 2x |" in text
    assert "not measured: rcf3." in text
    assert "too small: streams 10,000." in text


def test_the_largest_pool_is_put_in_words():
    point = {"axis": "streams", "value": 1000, "seconds": 2e-5, "seconds on one thread": 4e-5, "bytes": 900e6}
    text = report.pool([point, {**point, "value": 10}, {"axis": "streams", "value": 10_000}])
    assert text.startswith("A pool of 1,000 streams")
    assert "does 25 ticks a second on one thread and 50 on all, in 0.9 MB a stream." in text
