"""Sentences about streams that must be true: the value that is told, what would not have alarmed, and why it rang."""

from __future__ import annotations

import numpy as np
import pytest

from anet_lite import StreamAlarms, StreamDetector, explain


def alarms(x: np.ndarray) -> list:
    watched = StreamAlarms()
    return [alarm for alarm in [*watched.push_many(x).alarms, *watched.finish()] if alarm.end is not None]


def noise(n: int = 6000, seed: int = 5) -> np.ndarray:
    return 20 + 0.7 * np.random.default_rng(seed).normal(size=n)


def test_a_level_that_is_up_is_told_by_a_value_that_is_up() -> None:
    """Values of a level that comes and goes are as low as ever now and then: the newest says nothing of it."""
    rng = np.random.default_rng(0)
    x = 0.2 * rng.random(700)
    x[500:] = np.where(rng.random(200) < 0.7, rng.uniform(0.5, 12, 200), 0.0)
    for end in range(520, 700):
        detector = StreamDetector()
        detector.push_many(x[: end + 1])
        found = detector.explain(since=end - 500)
        if x[end] == 0 and found.shape == "level_up":
            assert found.value > found.usual_high
            assert str(found).startswith("The stream was")
            return
    pytest.fail("no level ends with a value as low as ever")


def test_a_spike_stays_the_value_that_is_told_while_little_things_follow() -> None:
    x = np.abs(np.random.default_rng(1).normal(size=1500))
    x[1200] = 90
    x[1206:1209] += 4
    (alarm, *_) = [each for each in alarms(x) if each.start == 1200]
    assert alarm.value == 90
    assert "was 90" in alarm.sentence()


def test_of_a_value_that_stands_still_others_are_told_to_be_quiet() -> None:
    x = noise()
    x[5000:5030] = x[4990]
    (alarm, *_) = [each for each in alarms(x) if each.start >= 5000]
    low, high = alarm.quiet
    if not low <= alarm.first <= high:
        pytest.fail("the line stands where no value is quiet")
    assert "other values from" in alarm.sentence()
    assert "別の値なら" in alarm.sentence("ja")


def test_what_a_first_sample_should_have_been_is_told() -> None:
    x = noise()
    x[5000] = 97
    (alarm, *_) = [each for each in alarms(x) if each.start == 5000]
    assert "was 97 (row 5,000), expected 20, usually 19 to 21" in alarm.sentence()
    assert "予測は20" in alarm.sentence("ja")


def test_a_slow_drift_is_told_as_a_mean_that_moved() -> None:
    x = noise(9000)
    x[5000:] += 0.7 * 6 * np.minimum(np.arange(4000) / 2000, 1)
    found = [alarm for alarm in alarms(x) if alarm.reason == "drift"]
    assert found
    assert "Its mean over many samples has moved further than such means do." in found[0].sentence()
    assert "平均" in found[0].sentence("ja")


def test_all_channels_together_have_words_of_their_own() -> None:
    rng = np.random.default_rng(1)
    one = rng.normal(size=3000)
    other = one + 0.05 * rng.normal(size=3000)
    other[2900:] = rng.normal(size=100)
    detector = StreamDetector(channels=["web-3", "web-4"], joint=True)
    said = detector.push_many(np.column_stack([one, other])[:2940])
    assert said.joint[2910:].any()
    while not detector.explain().joint:
        detector.push([one[2950], other[2950]])
    found = detector.explain()
    assert str(found).startswith(f"The channels do not go together as usual, and {found.name} has the largest part")
    assert "チャンネルどうしの関係が普段と違います" in explain(found, "ja")
