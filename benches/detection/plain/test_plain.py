"""Each plain case is what it says, and its judges cannot be fooled."""

from __future__ import annotations

import numpy as np
import pytest

from detection import plain
from detection.plain import recurring, season, slow, start, still
from detection.plain.case import Case, Twins, marked
from detection.plain.judge import by_channel, granted, judge_ours, judge_peer
from detection.plain.traffic import traffic

every_case = pytest.mark.parametrize("case", plain.CASES, ids=lambda case: case.name)


def test_there_is_one_case_of_a_name():
    assert len({case.name for case in plain.CASES}) == len(plain.CASES) >= 30


@every_case
def test_twins_are_the_same_up_to_what_happens(case: Case):
    clean, changed, labels = case.twins(0)
    assert clean.shape == changed.shape
    assert len(labels) == len(clean)
    assert np.isfinite(clean).all()
    # A machine that is stuck is so before that can be told.
    first = int(np.argmax(labels)) - (41 if "on and off" in case.name else 0)
    np.testing.assert_array_equal(clean[:first], changed[:first])
    assert labels.any()
    if case.options.get("warmup") is None:
        assert not np.array_equal(clean[first:], changed[first:], equal_nan=True)


@every_case
def test_what_happens_is_judged(case: Case):
    assert np.argmax(case.twins(0).labels) >= case.silent


@every_case
def test_twins_follow_from_the_seed(case: Case):
    first, again, other = case.twins(3), case.twins(3), case.twins(4)
    np.testing.assert_array_equal(first.changed, again.changed)
    assert not np.array_equal(first.clean, other.clean)


def test_days_and_weeks_repeat():
    quiet = traffic(np.random.default_rng(0), 14, 24, weekend=0.5)
    by_day = quiet.reshape(14, 24).sum(axis=1)
    assert by_day[[5, 6, 12, 13]].max() < 0.7 * by_day[[0, 1, 2, 3, 4, 7, 8, 9, 10, 11]].min()
    grown = traffic(np.random.default_rng(0), 30, 24, growth=2.0)
    assert grown[-24:].sum() > 2.5 * grown[:24].sum()


def test_events_have_the_size_that_they_say():
    rng = np.random.default_rng
    clean, changed, labels = recurring.recurring(rng(0), shift=-10, lasts=30, every=1000)
    np.testing.assert_allclose((changed - clean)[labels], -10)
    assert labels.sum() == 20 * 30
    clean, changed, labels = season.missing_job(rng(0))
    assert clean[labels].min() > 60
    assert changed[labels].max() < 30
    clean, changed, _ = slow.fewer_requests(rng(0))
    assert changed[-2000:].mean() == pytest.approx(10, abs=0.3)
    assert clean[-2000:].mean() == pytest.approx(20, abs=0.5)
    clean, changed, labels = start.early_spike(rng(0), place=200)
    assert (changed - clean)[labels] == pytest.approx([12])
    _, changed, labels = still.stuck_state(rng(0))
    assert changed[labels][:70].min() > 90


def constant(_: np.random.Generator) -> Twins:
    """Return 12,000 zeros, of which the 8001st and the 9001st become one."""
    clean = np.zeros(12_000)
    changed = clean.copy()
    changed[[8000, 9000]] = 1
    return Twins(clean, changed, marked(12_000, (8000, 8001), (9000, 9001)))


def test_a_perfect_score_finds_all_and_a_constant_one_nothing():
    case = Case("two ones", constant)
    perfect = judge_peer(case, range(2), lambda x, _period: x)
    assert (perfect.found, perfect.events, perfect.false) == (4, 4, 0)
    assert judge_peer(case, range(2), lambda x, _period: np.ones(len(x))).found == 0


def test_an_alarm_that_was_on_before_tells_nothing():
    case = Case("two ones", constant)
    assert judge_peer(case, range(1), lambda x, _period: np.arange(len(x)) * x.any()).found == 0


def test_the_threshold_that_is_granted_leaves_one_false_alarm_in_10_000_points():
    scores = np.zeros(20_000)
    scores[[1000, 3000, 5000, 7000]] = 4, 3, 2, 1
    assert granted([scores]) == 2
    assert granted([scores[:5000]]) == 4


def test_a_season_is_told_and_channels_are_scored_one_by_one():
    told = []

    def score(x: np.ndarray, period: int | None) -> np.ndarray:
        told.append((x.shape, period))
        return np.full(len(x), np.nan)

    judge_peer(Case("two ones", constant, {"season": 7}), range(1), score)
    assert set(told) == {((12_000,), 7)}
    np.testing.assert_array_equal(by_channel(lambda x, _: x, np.array([[1.0, 2.0], [np.nan, 0.0]]), None), [2, 1])


def test_the_detector_finds_ones_among_zeros():
    found = judge_ours(Case("two ones", constant), range(1), {})
    assert (found.events, found.false, found.points) == (2, 0, 11_500)
    assert found.found >= 1
