"""How streams are judged: seasons in samples or in time, counters, what is held back, young streams, all together."""

from __future__ import annotations

import numpy as np
import pytest

from anet_lite import StreamAlarms, StreamDetector
from anet_lite.stream import Whole, judge_whole, summary
from anet_lite.stream.grid import Grid
from anet_lite.stream.held_back import HeldBack

DAY = 288
MINUTES = 300.0 * np.arange(4 * DAY)


def days(count: int, seed: int = 0) -> np.ndarray:
    at = np.arange(count * DAY)
    return 10 * np.sin(2 * np.pi * at / DAY) ** 3 + np.random.default_rng(seed).normal(size=len(at))


def test_a_season_in_time_is_one_in_samples() -> None:
    x = days(4)
    found = StreamAlarms(season="1d", warmup="6h").push_many(x, MINUTES)
    assert np.array_equal(found.score, StreamDetector(season=DAY, warmup=72).push_many(x).score)


def test_a_season_in_time_waits_for_the_distance_of_the_first_rows() -> None:
    x, watched = days(2), StreamAlarms(season=["1d", "7d"])
    scores = [watched.push_many(x[[at]], MINUTES[[at]]).score[0] for at in range(len(x))]
    assert scores == StreamDetector(season=[DAY, 7 * DAY]).push_many(x).score.tolist()


def test_several_seasons_may_stand_in_one_text() -> None:
    assert StreamAlarms(season="1d, 7d").rule == StreamAlarms(season=("1d", "7d")).rule
    assert StreamAlarms(season="288").rule == StreamAlarms(season=288).rule


def test_the_clock_of_a_season_goes_on_over_missing_rows() -> None:
    x = days(4)
    kept = np.r_[: 2 * DAY + 10, 2 * DAY + 100 : 4 * DAY]
    found = StreamAlarms(season="1d").push_many(x[kept], MINUTES[kept])
    x[2 * DAY + 10 : 2 * DAY + 100] = np.nan
    assert np.array_equal(found.score, StreamDetector(season=DAY).push_many(x).score, equal_nan=True)


@pytest.mark.parametrize("gap", [5000, 100_000])
def test_a_gap_too_long_to_be_filled_is_cut_by_whole_seasons(gap: int) -> None:
    grid = Grid(60.0, season=1440)
    grid.place(np.zeros(2), np.array([0.0, 60.0]), np.arange(2))
    filled = len(grid.place(np.zeros(1), np.array([60.0 * (gap + 2)]), np.arange(1)).values) - 1
    assert filled % 1440 == gap % 1440
    assert filled < 4096 + 1440


@pytest.mark.parametrize(
    ("options", "error", "text"),
    [
        ({"season": 1.5}, TypeError, "season must be samples or a time such as '1d', got float"),
        ({"season": "1x"}, ValueError, "season must be a duration such as 30s, 5m or 1h30m, got '1x'"),
        ({"season": 1}, ValueError, "season must be from 2 to 105120 samples, got 1"),
        ({"warmup": [1, 2]}, ValueError, r"warmup must be one number of samples or one time, got \[1, 2\]"),
        ({"counter": 3}, TypeError, "counter must be a bool or the names of columns, got int"),
        ({"difference": [3]}, TypeError, r"difference must be a bool or the names of columns, got \(3,\)"),
    ],
)
def test_settings_that_cannot_be_are_refused_at_once(options: dict, error: type[Exception], text: str) -> None:
    with pytest.raises(error, match=text):
        StreamAlarms(**options)


def test_a_time_is_refused_where_samples_have_none() -> None:
    with pytest.raises(ValueError, match="season 1d is a time, and the stream has no times: give season in samples"):
        StreamAlarms(season="1d").push_many(days(1))
    with pytest.raises(ValueError, match="warmup 1d is a time, and the times of a come at unequal distances"):
        StreamAlarms(warmup="1d").push_many(days(2), np.geomspace(1, 1e6, 2 * DAY), name="a")
    with pytest.raises(ValueError, match="2 to 105,120 samples: season 5m has 1 where one comes every 5m"):
        StreamAlarms(season="5m").push_many(days(1), MINUTES[:DAY])


def test_a_counter_is_judged_by_its_growth_and_others_are_not() -> None:
    x = np.random.default_rng(0).poisson(50, 1000).astype(float)
    watched = StreamAlarms(counter=["requests_total"])
    counted = watched.push_many(np.cumsum(x), name="web requests_total", column="requests_total")
    assert np.array_equal(counted.score, StreamDetector(counter=True).push_many(np.cumsum(x)).score, equal_nan=True)
    assert np.array_equal(watched.push_many(x, name="cpu").score, StreamDetector().push_many(x).score)


def test_what_is_held_back_is_counted_and_told_on_request() -> None:
    counts = np.random.default_rng(0).poisson(0.01, 6000).astype(float)
    quiet, told = StreamAlarms(), StreamAlarms(held=True)
    rang = [alarm for alarm in [*quiet.push_many(counts).alarms, *quiet.finish()] if alarm.end is not None]
    both = [alarm for alarm in [*told.push_many(counts).alarms, *told.finish()] if alarm.end is not None]
    held = [alarm for alarm in both if alarm.held]
    assert len(held) == quiet.held_back[""] == told.held_back[""] >= 5
    assert [alarm.start for alarm in both if not alarm.held] >= [alarm.start for alarm in rang]
    assert all("Held back: it is as strange as this at other times, too." in alarm.sentence() for alarm in held)
    assert all("would not have alarmed" not in alarm.sentence() for alarm in held)
    assert all("保留" in alarm.sentence("ja") for alarm in held)


def test_an_episode_in_which_a_sample_alarms_is_not_held_back() -> None:
    def flags(*at: int) -> np.ndarray:
        return np.isin(np.arange(40), at)

    seen = HeldBack(merge=5)
    seen.push(0, flags(2, 4, 12, 30), flags(13))
    assert seen.count == 2  # that of 2 and 4, and that of 30; 12 and 13 are one, which alarmed
    seen.push(40, flags(), flags(0))
    assert seen.count == 2
    near = HeldBack(merge=50)
    near.push(0, flags(39), flags())
    near.push(40, flags(), flags(0))
    assert near.count == 0


def test_held_back_and_young_are_kept_with_the_state() -> None:
    watched = StreamAlarms(season="1d", counter="a")
    watched.push_many(np.cumsum(np.ones(40)), MINUTES[:40], name="a")
    again = StreamAlarms.from_bytes(watched.to_bytes())
    assert again.rule == watched.rule
    assert again.young == watched.young
    assert again.young["a"] == (40, 66)  # 64 are learned and one has no growth
    x = np.cumsum(np.ones(100))
    assert np.array_equal(
        again.push_many(x, 300.0 * np.arange(40, 140), name="a").score,
        watched.push_many(x, 300.0 * np.arange(40, 140), name="a").score,
        equal_nan=True,
    )


def test_of_what_was_not_judged_no_calm_is_told() -> None:
    short, long = (Whole(name, days(9)[:n], None, np.arange(n)) for name, n in (("short", 64), ("long", 2000)))
    alone, both = judge_whole([short], StreamAlarms()), judge_whole([short, long], StreamAlarms())
    assert summary(alone) == "Nothing was judged: 64 samples."
    assert alone.young["short"].sentence("short") == "short: too short to judge: 64 samples, 65 are needed"
    assert summary(both).startswith("No alarm in 2,000 samples of 1 streams that were judged, of 2.")
    assert "判定したものはありません" in summary(alone, "ja")
    assert judge_whole([Whole("", days(1)[:65], None, np.arange(65))], StreamAlarms()).is_judged("")


def test_a_young_stream_is_told_to_be_judged_less_sharply() -> None:
    found = judge_whole([Whole("cpu", days(2), None, np.arange(2 * DAY))], StreamAlarms())
    assert found.young["cpu"].sentence("cpu") == (
        "cpu: 576 samples: the first 1,000 of a stream are judged less sharply"
    )


def pair(seed: int = 1) -> list[Whole]:
    """Two streams that move together but for 100 samples, in which each is as usual."""
    rng, at = np.random.default_rng(seed), np.arange(5000)
    one = np.sin(at / 30) + 0.3 * rng.normal(size=5000)
    other = one + 0.05 * rng.normal(size=5000)
    other[4000:4100] = np.sin(at[4000:4100] / 30) + 0.3 * rng.normal(size=100)
    times = 1.7e9 + 60.0 * at
    return [Whole("web-3", one, times, at), Whole("web-4", other, times, at)]


def test_streams_that_no_longer_go_together_are_told() -> None:
    (alarm,) = judge_whole(pair(), StreamAlarms(), joint=True).alarms
    assert judge_whole(pair(), StreamAlarms()).alarms == []
    assert abs(alarm.start - 4000) < 10
    assert alarm.together == ("web-3", "web-4")
    assert alarm.sentence().startswith("web-3 and web-4 do not go together as usual; since 2023-11-17 16:53:20")
    assert alarm.sentence("ja").startswith("web-3とweb-4の関係が普段と違い")
    assert alarm.to_dict()["shape"] == "joint"


def test_of_three_streams_the_one_with_the_largest_part_is_named() -> None:
    one, other = pair()
    third = one._replace(name="web-5", values=one.values + 0.05 * np.random.default_rng(9).normal(size=5000))
    (alarm,) = judge_whole([one, other, third], StreamAlarms(), joint=True).alarms
    assert alarm.name == "web-4"
    assert "web-3 and web-4 and web-5 do not go together as usual, and web-4 has the largest part" in alarm.sentence()
    assert "web-4です" in alarm.sentence("ja")


def test_what_one_stream_rings_for_is_not_told_twice() -> None:
    one, other = pair()
    other.values[4000:4100] = one.values[4000:4100]
    other.values[4500:4520] += 40
    alarms = judge_whole([one, other], StreamAlarms(), joint=True).alarms
    assert [alarm.name for alarm in alarms if alarm.start in range(4490, 4530)] == ["web-4"]
    assert not any(alarm.together for alarm in alarms)


def test_streams_that_cannot_be_judged_together_are_refused() -> None:
    one, other = pair()
    with pytest.raises(ValueError, match="joint judges 2 to 64 streams together, got 1"):
        judge_whole([one], StreamAlarms(), joint=True)
    with pytest.raises(ValueError, match="joint needs samples at equal times, got one every 1m and 2m"):
        judge_whole([one, other._replace(times=2 * other.rows * 60.0)], StreamAlarms(), joint=True)
    with pytest.raises(ValueError, match="difference and counter of all streams or of none"):
        judge_whole([one, other], StreamAlarms(counter="web-3"), joint=True)


def test_a_stream_that_sends_nothing_any_more_is_told_once() -> None:
    one, other = pair()
    one.values[4700:] = np.nan
    assert judge_whole([one, other], StreamAlarms()).remarks["web-3"] == [
        "sends nothing since 2023-11-18 04:33:20; others do"
    ]
    ends = other._replace(values=other.values[:4800], times=other.times[:4800], rows=other.rows[:4800])
    assert "web-4" not in judge_whole([one, ends], StreamAlarms()).remarks  # nor does the other go on
    one.values[4000:4500] = np.nan  # it has been silent for as long before
    assert "web-3" not in judge_whole([one, other], StreamAlarms()).remarks
