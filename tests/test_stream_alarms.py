"""Named streams to alarms that begin and end: against the detector and the episodes alone, in pieces, and saved."""

from __future__ import annotations

import json
import pickle
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anet_lite import Episodes, StreamAlarms, StreamDetector
from anet_lite.reader.table import Wanted, of_rows
from anet_lite.stream import Whole, judge_whole
from anet_lite.stream.columns import Choice, series_of

if TYPE_CHECKING:
    from anet_lite import StreamAlarm


def series(seed: int = 0, n: int = 1500) -> np.ndarray:
    x = np.sin(np.arange(n) / 8) + 0.1 * np.random.default_rng(seed).standard_normal(n)
    x[700:720] = np.nan
    x[900:908] += 3
    x[1200:1201] = -7
    return x


def spans(alarms: list[StreamAlarm]) -> list[tuple[Any, ...]]:
    return [(a.name, a.start, a.peak, a.end, a.value, a.score, a.p_value, str(a.quiet), a.sentence()) for a in alarms]


def naive(x: np.ndarray) -> list[tuple[int, int, int | None]]:
    """The detector and the episodes, one sample after another."""
    detector, episodes = StreamDetector(), Episodes()
    found = [episodes.push(detector.push(value).p_value) for value in x]
    return [(each.start, each.peak, each.end) for each in [*found, episodes.finish()] if each]


def test_alarms_are_those_of_detector_and_episodes() -> None:
    watched, x = StreamAlarms(), series()
    found = watched.push_many(x)
    alarms = [*found.alarms, *watched.finish()]
    assert [(a.start, a.peak, a.end) for a in alarms] == naive(x)
    assert np.array_equal(found.score, StreamDetector().push_many(x).score, equal_nan=True)
    assert len(alarms) >= 4


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(1, 700), min_size=1, max_size=12))
def test_pieces_of_any_length_give_the_same_alarms(cuts: list[int]) -> None:
    x, watched, found, at = series(1), StreamAlarms(), list[Any](), 0
    for cut in [*cuts, len(x)]:
        found += watched.push_many(x[at : at + cut]).alarms
        at += cut
    whole = StreamAlarms().push_many(x).alarms
    assert spans(found) == spans(whole)


def test_one_sample_after_another_gives_the_same_alarms() -> None:
    x, watched = series(2, 1000), StreamAlarms()
    found = [alarm for value in x for alarm in watched.push(None if np.isnan(value) else value)]
    assert spans(found) == spans(StreamAlarms().push_many(x).alarms)


def test_a_value_within_the_quiet_range_does_not_alarm_and_one_outside_does() -> None:
    x = series(3)
    alarm = StreamAlarms().push_many(x).alarms[0]
    before = StreamDetector()
    before.push_many(x[: alarm.start])
    low, high = alarm.quiet
    assert low < high < alarm.value
    for value, rings in ((low, False), (high, False), (alarm.value, True), (high + 1e-3 * (high - low), True)):
        copy = pickle.loads(pickle.dumps(before)) if hasattr(before, "__reduce__") else before
        assert (copy.push(value).p_value <= 1e-4) == rings


def test_times_are_told_and_missing_rows_are_gaps() -> None:
    x = series(4)
    times = np.datetime64("2024-01-01T00:00:00") + np.arange(len(x)) * np.timedelta64(60, "s")
    keep = np.r_[0:300, 330 : len(x)]
    watched = StreamAlarms(zone=3600)
    found = watched.push_many(x[keep], times[keep], name="cpu")
    alarm = next(a for a in found.alarms if 870 <= a.start < 878)  # 30 rows fewer than samples
    assert alarm.when() == f"2024-01-01 16:0{alarm.start - 870}:00+01:00"
    assert alarm.sentence().startswith("cpu is ")
    assert f"2024-01-01 16:0{alarm.start - 870}" in found.alarms[1].sentence()
    assert watched.remarks() == {"cpu": ["30 missing rows taken for gaps, one every 1m expected"]}
    assert json.dumps(alarm.to_dict())


def test_streams_by_name_are_independent() -> None:
    watched, a, b = StreamAlarms(), series(5), series(6)
    for at in range(0, 1500, 100):
        watched.push_many(a[at : at + 100], name="a")
        watched.push_many(b[at : at + 100], name="b")
    assert watched.names == ["a", "b"]
    alone = StreamAlarms()
    alone.push_many(b, name="b")
    assert spans(watched.open) + spans(watched.finish()) == spans(alone.open) + spans(alone.finish())


def test_what_is_saved_goes_on_as_if_it_had_not_been_away() -> None:
    x, times = series(7), 1.7e9 + 10.0 * np.arange(1500)
    for cut in (10, 400, 904, 1201):
        whole, first = StreamAlarms(resample="20s"), StreamAlarms(resample="20s")
        whole.push_many(x[:cut], times[:cut], name="a")
        first.push_many(x[:cut], times[:cut], name="a")
        second = StreamAlarms.from_bytes(first.to_bytes())
        for each in (whole, second):
            each.push_many(x[cut:], times[cut:], name="a")
        assert [s[:7] for s in spans(second.finish())] == [s[:7] for s in spans(whole.finish())]
        assert second.samples == whole.samples


@pytest.mark.parametrize("data", [b"", b"{}", b"[1]", b'{"format":"anet-lite stream alarms","version":9}', b"\xff"])
def test_a_damaged_state_is_one_sentence(data: bytes) -> None:
    with pytest.raises(ValueError, match="data must be"):
        StreamAlarms.from_bytes(data)


def test_a_state_damaged_anywhere_is_refused_or_read() -> None:
    watched = StreamAlarms()
    watched.push_many(series(8, 200), name="a")
    whole, random = watched.to_bytes(), np.random.default_rng(0)
    for _ in range(300):
        data = bytearray(whole)
        data[random.integers(len(data))] = random.integers(32, 127)
        with suppress(ValueError):
            StreamAlarms.from_bytes(bytes(data)).push_many([1.0, 2.0], name="a")


def test_the_strangest_are_kept_while_nothing_rings() -> None:
    calm = 0.1 * np.random.default_rng(9).standard_normal(1500)
    watched = StreamAlarms(threshold=1e-12, strangest=3)
    scores = watched.push_many(calm)
    found = watched.strangest
    assert len(found) == 3
    assert found[0].p_value == np.nanmin(scores.p_value)
    assert all(abs(one.peak - other.peak) >= 50 for one in found for other in found if one is not other)
    assert all(alarm.sentence() for alarm in found)
    watched.push_many([1e9])
    watched.push_many([-1e9])
    assert watched.open == [] or watched.strangest == []


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"threshold": 2}, "threshold"),
        ({"merge": 1}, "merge"),
        ({"interval": -1}, "interval must be seconds"),
        ({"resample": "5x"}, "resample must be a duration"),
        ({"resample": "5m:mode"}, "resample must end in one of mean"),
    ],
)
def test_a_bad_setting_is_named_at_once(settings: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        StreamAlarms(**settings)


def test_bad_samples_change_nothing() -> None:
    watched = StreamAlarms()
    watched.push_many([1.0, 2.0], name="a")
    for values, options, error in (
        (["x"], {}, TypeError),
        ([[1.0]], {}, ValueError),
        ([1.0], {"times": [1.0, 2.0]}, ValueError),
        ([1.0], {"times": [1.0]}, ValueError),
        ([1.0], {"rows": [1.5]}, TypeError),
        ([1.0], {"rows": [1, 2]}, ValueError),
    ):
        with pytest.raises(error):
            watched.push_many(values, name="a", **options)
    with pytest.raises(ValueError, match="times must be as many as values"):
        watched.push_many([1.0], [1.0, 2.0], name="new")
    assert (watched.samples, watched.names) == (2, ["a"])


def test_resampling_without_times_is_refused() -> None:
    with pytest.raises(ValueError, match="resample needs times"):
        StreamAlarms(resample="5m").push_many([1.0])


def test_a_long_table_has_a_stream_a_key_and_a_wide_one_a_stream_a_column() -> None:
    rows = [{"t": i, "host": f"h{i % 3}", "dc": "x", "cpu": i, "mem": -i} for i in range(9)]
    choice = Choice(("cpu", "mem"), ("dc", "host"), "t")
    table = of_rows(rows, choice.wanted)
    found = {each.name: each for each in series_of(table, choice, first_row=100)}
    assert list(found) == [f"x h{k} {column}" for k in range(3) for column in ("cpu", "mem")]
    assert found["x h1 mem"].values.tolist() == [-1, -4, -7]
    assert found["x h1 mem"].rows.tolist() == [101, 104, 107]
    assert found["x h1 mem"].times is not None
    alone = list(series_of(of_rows(rows, Wanted(("cpu",))), Choice(("cpu",))))
    assert [each.name for each in alone] == ["cpu"]


def test_series_out_of_order_are_sorted_and_that_is_told() -> None:
    x = series(10)
    times = 60.0 * np.arange(1500)
    rows = np.arange(1500)
    forward = judge_whole([Whole("a", x, times, rows)], StreamAlarms())
    backward = judge_whole([Whole("a", x[::-1], times[::-1], rows[::-1])], StreamAlarms())
    assert spans(forward.alarms) == spans(backward.alarms)
    assert "the newest stood first" in backward.remarks["a"][0]
    assert all(alarm.end is not None for alarm in forward.alarms)
