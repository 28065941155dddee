"""Rows of mixed streams in one call: the bits of a detector for each stream, the last order of each, and pages."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anet_lite import AnetError, StreamDetector, StreamDetectorPool

NAN = float("nan")
NAMES = ["a", "b", "c"]


def twins(codes, values, count=3) -> dict:
    """The scores of a detector for each stream, where its rows stand."""
    found = np.empty((2, len(codes)))
    for stream in range(count):
        places = np.flatnonzero(np.array(codes) == stream)
        alone = StreamDetector().push_many(np.array(values, float)[places])
        found[:, places] = [alone.score, alone.p_value]
    return {"score": found[0].tobytes(), "p_value": found[1].tobytes()}


def said(found) -> dict:
    return {"score": found.score.tobytes(), "p_value": found.p_value.tobytes()}


def mixed(n, seed=0):
    random = np.random.default_rng(seed)
    return random.integers(0, 3, n), np.sin(np.arange(n) / 5) + random.normal(0, 0.1, n)


rows = st.lists(st.tuples(st.integers(0, 2), st.one_of(st.floats(-5, 5), st.just(NAN))), max_size=150)


@settings(max_examples=25, deadline=None)
@given(rows=rows, cut=st.integers(0, 150), threads=st.integers(1, 3))
def test_mixed_rows_are_scored_as_each_stream_alone_wherever_a_call_ends(rows, cut, threads):
    codes, values = [code for code, _ in rows], [value for _, value in rows]
    pool = StreamDetectorPool(NAMES)
    pool.threads = threads
    parts = [pool.score(codes[:cut], values[:cut]), pool.score(codes[cut:], values[cut:])]
    joined = {name: b"".join(said(part)[name] for part in parts) for name in ("score", "p_value")}
    assert joined == twins(codes, values)


def test_a_large_call_in_threads_gives_the_bits_of_one():
    codes, values = mixed(5000)
    one, many = StreamDetectorPool(NAMES), StreamDetectorPool(NAMES)
    one.threads, many.threads = 1, 4
    assert said(one.score(codes, values)) == said(many.score(codes, values)) == twins(codes, values)
    assert one.manifest() == many.manifest()


def test_the_last_order_of_each_stream_is_the_highest_and_outlives_bytes_and_pages():
    pool = StreamDetectorPool(NAMES)
    pool.score([0, 2, 0, 2], [1.0, 2.0, 3.0, 4.0], [5, -7, 4, -9])
    assert pool.last_orders == [5, None, -7]
    assert StreamDetectorPool.from_bytes(pool.to_bytes()).last_orders == [5, None, -7]
    again = StreamDetectorPool(0)
    again.restore(pool.manifest(), pool.changed_pages())
    assert (again.last_orders, again.names) == ([5, None, -7], NAMES)
    pool.remove("a")
    pool.add(["d"])
    assert pool.last_orders == [None, -7, None]


def test_a_pool_goes_on_from_its_pages_and_hands_over_only_those_that_changed():
    (codes, values), live, store = mixed(900), StreamDetectorPool(NAMES), {}
    for start in range(0, 900, 300):
        live.score(codes[start : start + 300], values[start : start + 300], np.arange(start, start + 300))
        changed = live.changed_pages()
        store.update(changed)
    assert 0 < len(changed) < len(store)
    again = StreamDetectorPool(0)
    again.restore(live.manifest(), store)
    assert again.manifest() == live.manifest()
    assert again.changed_pages() == {}
    assert said(again.score(codes, values)) == said(live.score(codes, values))
    assert again.manifest() == live.manifest()


def test_streams_that_come_and_go_leave_no_page_behind():
    live, store = StreamDetectorPool(NAMES), {}
    codes, values = mixed(300)
    live.score(codes, values)
    store.update(live.changed_pages())
    live.remove("b")
    live.score([0, 1], [1.0, 2.0])
    store.update(live.changed_pages())
    again = StreamDetectorPool(0)
    again.restore(live.manifest(), store)
    assert (again.names, again.to_bytes()) == (["a", "c"], live.to_bytes())


@pytest.mark.parametrize("number", range(3))
def test_a_page_that_is_missing_is_missed(number):
    pool = StreamDetectorPool(NAMES)
    pool.score(*mixed(300))
    pages = pool.changed_pages()
    del pages[sorted(pages)[number]]
    with pytest.raises(AnetError, match="pages are not those of this manifest"):
        StreamDetectorPool(0).restore(pool.manifest(), pages)


def test_pages_of_other_parameters_are_refused_by_the_name_of_the_parameter():
    pool = StreamDetectorPool(NAMES, season=24)
    with pytest.raises(AnetError, match=r"^state was saved with season \[24\], this object has season \[7\]$"):
        StreamDetectorPool(0, season=7).restore(pool.manifest(), pool.changed_pages())


@pytest.mark.parametrize(
    ("arguments", "kind", "text"),
    [
        (([0, 3], [1.0, 2.0]), ValueError, "codes must be below the number of streams, got 3 with 3 streams"),
        (([0, -1], [1.0, 2.0]), ValueError, "codes must be at least 0, got -1"),
        (([0], [1.0, 2.0]), ValueError, "codes and values must have the same length, got 1 and 2"),
        (([0], [1.0], [1, 2]), ValueError, "order and codes must have the same length, got 2 and 1"),
        (([0.5], [1.0]), TypeError, "codes must be an integer, got float"),
        ((7, [1.0]), TypeError, "codes must be a sequence of integers, got int"),
        (([0], ["x"]), TypeError, "values must hold real numbers, got str as values[0]"),
        (([0], [1.0], [2**63]), ValueError, "order must fit 64 bits, got 9223372036854775808"),
    ],
)
def test_wrong_rows_are_named_and_change_nothing(arguments, kind, text):
    pool = StreamDetectorPool(NAMES)
    before = pool.to_bytes()
    with pytest.raises(kind) as caught:
        pool.score(*arguments)
    assert str(caught.value) == text
    assert pool.to_bytes() == before


def test_no_rows_are_no_rows():
    pool = StreamDetectorPool(NAMES)
    assert len(pool.score([], [])) == 0
    assert len(StreamDetectorPool(0).score([], [], [])) == 0
