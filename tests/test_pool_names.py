"""Pools whose streams have names."""

from __future__ import annotations

import copy
import pickle

import numpy as np
import pytest

from anet_lite import StreamDetector, StreamDetectorPool, StreamScorerPool

POOLS = [StreamDetectorPool, lambda n: StreamScorerPool(n, window=4, scales=(8,))]


@pytest.fixture(params=POOLS, ids=["detectors", "scorers"])
def make(request: pytest.FixtureRequest):
    return request.param


def test_a_stream_is_found_by_its_name(make):
    pool = make(["web-1", "web-2", "db"])
    assert (len(pool), pool.names) == (3, ["web-1", "web-2", "db"])
    assert (pool.index("db"), pool.index(1)) == (2, 1)
    assert "db" in pool
    assert "mail" not in pool
    assert 1 not in pool


def test_names_move_up_with_their_streams(make):
    pool = make(["a", "b", "c"])
    pool.remove("b")
    assert (pool.names, pool.index("c")) == (["a", "c"], 1)
    pool.add(["d"])
    pool.remove(0)
    assert pool.names == ["c", "d"]
    assert len(pool) == 2


@pytest.mark.parametrize(
    "again", [lambda p: type(p).from_bytes(p.to_bytes()), copy.copy, lambda p: pickle.loads(pickle.dumps(p))]
)
def test_names_are_saved(make, again):
    pool = make(["a", "b"])
    twin = again(pool)
    assert twin.names == ["a", "b"]
    assert twin.to_bytes() == pool.to_bytes()


def test_a_pool_by_number_has_no_names(make):
    pool = make(2)
    assert pool.names == []
    pool.add()
    with pytest.raises(ValueError, match="index must be a number, since there are no names, got 'a'"):
        pool.remove("a")
    with pytest.raises(ValueError, match="count must be an integer: the streams of this pool have no names"):
        pool.add(["a"])
    assert len(pool) == 3


def test_an_empty_pool_can_begin_with_names(make):
    pool = make(0)
    pool.add(["a"])
    assert pool.names == ["a"]


def test_a_refused_name_changes_nothing(make):
    pool = make(["a", "b"])
    before = pool.to_bytes()
    for bad, text in (
        (["c", "a"], "count must be names of which no two are the same, got 'a' twice"),
        (["c", ""], "count must be names of 1 to 1024 bytes in UTF-8, got 0 bytes"),
        (1, "count must be names, as the streams of this pool have, got 1"),
    ):
        with pytest.raises(ValueError, match=text):
            pool.add(bad)
    with pytest.raises(ValueError, match="index must be one of the names 'a', 'b', got 'z'"):
        pool.remove("z")
    assert pool.to_bytes() == before


def test_names_given_twice_are_refused(make):
    with pytest.raises(ValueError, match="n must be names of which no two are the same, got 'a' twice"):
        make(["a", "a"])


def test_many_unknown_names_are_told_in_few():
    pool = StreamScorerPool([f"host-{number}" for number in range(1000)], window=2, scales=(4,))
    with pytest.raises(ValueError, match="'host-4' and 995 more, got 'x'"):
        pool.index("x")


def test_a_pool_explains_a_stream_as_its_detector_would():
    block = np.random.default_rng(0).normal(size=(600, 2))
    block[-1, 1] = 6
    pool, alone = StreamDetectorPool(["cpu", "memory"]), StreamDetector()
    pool.push_many(block)
    alone.push_many(block[:, 1])
    found = pool.explain("memory")
    assert found.name == "memory"
    assert {**found.to_dict(), "name": None} == alone.explain().to_dict()
    assert found.shape == "spike"
    assert pool.explain(0, since=3).since == 3
    assert pool.quiet_range("memory") == alone.quiet_range() == pool["memory"].quiet_range()


def test_a_looked_up_stream_is_a_copy():
    pool = StreamDetectorPool(["a"])
    before = pool.to_bytes()
    pool["a"].push(1.0)
    assert pool.to_bytes() == before
