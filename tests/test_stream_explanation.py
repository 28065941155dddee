"""What an explanation says of an event in a stream: as data, and in sentences of two languages."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from anet_lite import StreamDetector, explain
from anet_lite.diagnosis.stream.figures import about, above, below, figure, step_of
from anet_lite.diagnosis.stream.words import SHAPES, TEXTS

LENGTH = 1500
RNG = np.random.default_rng(7)
NOISE = RNG.normal(size=LENGTH)
LEVEL = 50 + 2 * NOISE
SINE = 100 + 20 * np.sin(2 * np.pi * np.arange(LENGTH) / 96) + NOISE
JOBS = 10 + NOISE + 30 * (np.arange(LENGTH) % 60 < 3)


def changed(stream: np.ndarray, last: int, new: object) -> np.ndarray:
    """Return a stream whose newest samples are replaced."""
    samples = stream.copy()
    samples[-last:] = new
    return samples


def seen(samples: np.ndarray, **options: object) -> StreamDetector:
    """Return a detector that has taken them."""
    detector = StreamDetector(**options)
    detector.push_many(samples, parts=False)
    return detector


EVENTS = {
    "spike": (changed(LEVEL, 2, 80), 2, "up"),
    "dip": (changed(LEVEL, 3, 20), 3, "down"),
    "level_up": (changed(LEVEL, 80, LEVEL[-80:] + 15), 80, "up"),
    "level_down": (changed(SINE, 80, SINE[-80:] - 15), 80, "down"),
    "slow_climb": (changed(LEVEL, 400, LEVEL[-400:] + np.linspace(0, 20, 400)), 400, "up"),
    "slow_fall": (changed(LEVEL, 400, LEVEL[-400:] - np.linspace(0, 20, 400)), 400, "down"),
    "drop_to_zero": (changed(SINE, 12, 0.0), 12, "down"),
    "flat_line": (changed(LEVEL, 40, 50.25), 40, "none"),
    "noisier": (changed(LEVEL, 90, 50 + 6 * NOISE[-90:]), 90, "none"),
    "quieter": (changed(LEVEL, 120, 50 + 0.4 * NOISE[-120:]), 120, "none"),
    "missing_samples": (changed(SINE, 30, np.nan), 30, "none"),
    "missing_event": (changed(JOBS, 80, 10 + NOISE[-80:])[: LENGTH - 40], 20, "down"),
    "extra_event": (changed(JOBS, 33, 10 + NOISE[-33:] + 30 * (np.arange(33) < 3))[: LENGTH - 30], 3, "up"),
    "unusual_shape": (np.append(SINE, 100 + 20 * np.sin(2 * np.pi * np.arange(30, 126) / 96)), 96, "none"),
}


@pytest.mark.parametrize("shape", EVENTS)
def test_an_event_has_the_shape_and_the_direction_that_a_person_sees(shape: str):
    samples, length, direction = EVENTS[shape]
    found = seen(samples).explain(since=length - 1)
    assert (found.shape, found.direction) == (shape, direction)
    assert found.since == length - 1


def test_every_shape_has_words_in_both_languages():
    assert set(SHAPES["en"]) == set(SHAPES["ja"]) == set(EVENTS)
    assert set(TEXTS["en"]) == set(TEXTS["ja"])


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("shape", EVENTS)
def test_a_sentence_never_speaks_of_the_inside_of_the_detector(shape: str, lang: str):
    samples, length, _ = EVENTS[shape]
    found = seen(samples).explain(since=length - 1)
    said = explain(found, lang, quiet=(1.0, 2.0))
    assert SHAPES[lang][shape] in said
    for inside in ("deviations", "part", "token", "rarity", "d16", "None", "{", "nan"):
        assert inside not in said


def test_the_usual_range_is_that_of_this_time():
    detector = seen(SINE)
    trough, peak = detector, seen(SINE[: LENGTH - 48])
    for usual, at in ((trough.explain(since=0), LENGTH - 1), (peak.explain(since=0), LENGTH - 49)):
        expected = 100 + 20 * math.sin(2 * math.pi * at / 96)
        assert usual.season == 96
        assert usual.usual_low < expected < usual.usual_high
        assert usual.usual_high - usual.usual_low < 8


def test_an_event_that_is_over_is_told_by_its_most_unusual_sample():
    samples = changed(LEVEL, 40, LEVEL[-40:])
    samples[-31:-29] = [95.0, 92.0]
    found = seen(samples).explain(since=30)
    assert (found.value, found.value_age, found.since, found.length) == (95.0, 30, 30, 2)
    assert found.shape == "spike"


def test_what_began_after_an_event_is_another_one():
    samples = changed(LEVEL, 30, LEVEL[-30:] + 20)
    samples[-60:-57] -= 25
    dip = seen(samples).explain(since=59, until=57)
    assert (dip.shape, dip.direction, dip.since, dip.length) == ("dip", "down", 59, 3)
    assert 57 <= (dip.value_age or 0) <= 59
    assert dip.value < dip.usual_low
    assert seen(samples).explain(since=59).shape == "level_up"


def test_a_spike_that_is_told_late_is_not_called_by_what_its_value_belies():
    """The alarm comes on its way down: what came before is part of the event and no forecast of it."""
    wandering = 5 + NOISE
    for at in range(1, LENGTH):
        wandering[at] += 0.9 * (wandering[at - 1] - 5)
    samples = wandering.copy()
    samples[-25:-19] += [60, 90, 80, 110, 100, 40]
    found = seen(samples).explain(since=19, until=19)
    assert (found.shape, found.direction, found.value) == ("spike", "up", samples[-20])
    assert found.usual_high < 20


def test_a_jump_of_a_walk_that_is_taken_back_is_a_spike():
    walk = np.cumsum(NOISE)
    samples = walk.copy()
    samples[-30] += 60
    found = seen(samples).explain(since=29, until=29)
    assert (found.shape, found.direction, found.value, found.length) == ("spike", "up", samples[-30], 1)
    samples[-30:] = walk[-30:] + 60
    assert seen(samples).explain(since=29).shape == "level_up"


def test_an_event_of_a_walk_is_told_by_how_far_it_went_and_not_by_its_largest_step():
    samples = np.cumsum(NOISE)
    samples[-40:] += np.minimum(np.arange(40) * 6, 150)
    samples[-35] += 5
    found = seen(samples).explain(since=39, until=0)
    assert found.direction == "up"
    assert found.value > samples[-40] + 100


def test_where_an_event_began_is_found():
    found = seen(EVENTS["level_up"][0]).explain()
    assert abs((found.since or 0) - 79) <= 3
    assert seen(EVENTS["spike"][0]).explain().since == 1


def test_an_earlier_stretch_of_the_same_course_is_similar_and_a_new_one_has_none():
    samples = LEVEL.copy()
    samples[700:712] += 30
    samples[-12:] += 30
    found = seen(samples).explain(since=11)
    assert found.similar == (LENGTH - 1 - 700, 12)
    assert seen(EVENTS["spike"][0]).explain(since=1).similar is None


def test_a_channel_is_named_by_its_name_or_its_number():
    detector = seen(np.column_stack([LEVEL, EVENTS["spike"][0]]), channels=["memory", "cpu"])
    found = detector.explain()
    assert (found.channel, found.name, detector.channel_names) == (1, "cpu", ["memory", "cpu"])
    assert detector.explain("memory").channel == 0
    plain = seen(np.column_stack([LEVEL, EVENTS["spike"][0]]), channels=2)
    assert (plain.explain().name, plain.channel_names) == (None, [])
    assert str(plain.explain()).startswith("The stream's channel 1 is 80")


def test_a_saved_detector_keeps_its_names_and_its_samples():
    detector = seen(np.column_stack([LEVEL, EVENTS["dip"][0]]), channels=["memory", "cpu"])
    twin = StreamDetector.from_bytes(detector.to_bytes())
    assert twin.channel_names == ["memory", "cpu"]
    assert twin.explain(since=2).to_dict() == detector.explain(since=2).to_dict()


def test_an_explanation_as_a_dict_is_plain():
    found = seen(EVENTS["spike"][0]).explain()
    said = found.to_dict()
    assert json.loads(json.dumps(said))["shape"] == "spike"
    assert said["rarity"] == pytest.approx(1 / found.p_value)
    assert list(said["contributions"]) == list(found.contributions)


def test_nothing_is_judged_in_the_warm_up():
    found = seen(LEVEL[:40]).explain()
    assert (found.shape, found.direction, found.since) == (None, "none", None)
    assert math.isnan(found.value)
    assert str(found) == "Nothing is judged yet: the stream has given 40 samples of the 65 that it takes."
    assert explain(found, "ja", name="cpu") == "まだ判定していません: cpuのサンプルは40個で、65個必要です。"


def test_the_sentence_of_an_alarm():
    detector = seen(np.tile([31.0, 46.0, 38.0, 35.0, 41.0, 33.0, 44.0], 100))
    quiet = detector.quiet_range()
    detector.push(97.2)
    found = detector.explain()
    said = explain(found, name="cpu of host web-3", quiet=quiet, time=lambda age: f"14:{17 - age:02}")
    first, second = said.split(". ")[:2]
    assert first == "cpu of host web-3 is 97, usually 31 at this time of its cycle; since 14:17 (1 sample): a spike up"
    assert second == f"{below(quiet[1], 1.0)} or less would not have alarmed"
    japanese = explain(found, "ja", name="cpu", quiet=quiet)
    assert japanese.startswith("cpuは97、周期のこの時点では通常は31。1サンプル継続: 上向きのスパイク。")


def test_times_stand_wherever_samples_would_be_counted():
    samples = LEVEL.copy()
    samples[700:712] += 30
    samples[-42:-30] += 30
    found = seen(samples).explain(since=41)
    plain, timed = explain(found), explain(found, time=lambda age: f"<{age}>")
    assert "it began 41 samples ago and lasted 12 samples: " in plain
    assert "from <41> on, for 12 samples: " in timed
    assert f"<{LENGTH - 1 - 700}>" in timed


def test_how_rare_it_was_can_be_told_from_the_whole_event():
    found = seen(LEVEL).explain(since=0)
    assert "healthy sample" not in explain(found)
    assert "About one healthy sample in 25,000 looks like this." in explain(found, p_value=4e-5)


def test_a_name_cannot_end_the_line():
    found = seen(EVENTS["spike"][0]).explain()
    assert "\n" not in explain(found, name="cpu\nstep 9: fine", time=lambda _: "14:05\n")


def test_a_language_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="lang must be 'en' or 'ja', got 'de'"):
        explain(seen(LEVEL).explain(), "de")


# --- figures ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        ((31.234, 45.872, 97.18), ["31", "46", "97"]),
        ((0.0312, 0.0458, 0.0412), ["0.031", "0.046", "0.041"]),
        ((1_700_000_000.001, 1_700_000_000.004, 1_700_000_000.01), 3 * [""]),
        ((5.0, 5.0, 5.0), ["5", "5", "5"]),
        ((1_234_567.0, 2_345_678.0, 9_345_678.0), ["1,200,000", "2,300,000", "9,300,000"]),
        ((-2e-9, 3e-9, 9e-9), ["-2e-09", "3e-09", "9e-09"]),
    ],
)
def test_numbers_have_the_digits_that_tell_them_apart(numbers: tuple[float, float, float], shown: list[str]):
    step = step_of(*numbers)
    written = [figure(number, step) for number in numbers]
    if shown[0]:
        assert written == shown
    if numbers[0] != numbers[1]:
        assert len(set(written)) == 3


def test_what_would_not_have_alarmed_is_never_rounded_past_its_end():
    for number in (64.697, -64.697, 1e-7, 123_456.7):
        step = step_of(0.0, 53.0, number)
        assert float(below(number, step).replace(",", "")) <= number <= float(above(number, step).replace(",", ""))


def test_counts_are_about_right():
    assert [about(count) for count in (3.2, 99.0, 41_237.0, 1e9)] == ["3", "99", "41,000", "1,000,000,000"]


# --- what would not have alarmed --------------------------------------------------------------------------------------


@pytest.mark.parametrize("stream", [LEVEL, SINE, JOBS, np.round(LEVEL), np.full(300, 5.0)])
@pytest.mark.parametrize("threshold", [1e-4, 1e-2])
def test_the_ends_of_the_quiet_range_are_quiet_and_the_next_numbers_are_not(stream: np.ndarray, threshold: float):
    detector = seen(stream)
    before = detector.to_bytes()
    low, high = detector.quiet_range(threshold)
    assert low <= high
    for end, outwards in ((low, -math.inf), (high, math.inf)):
        twin, neighbour = StreamDetector.from_bytes(before), StreamDetector.from_bytes(before)
        assert twin.push(end).p_value > threshold
        assert neighbour.push(np.nextafter(end, outwards)).p_value <= threshold
    assert detector.to_bytes() == before


def test_everything_is_quiet_in_the_warm_up():
    assert seen(LEVEL[:30]).quiet_range() == (-math.inf, math.inf)


def test_nothing_is_quiet_where_the_threshold_is_above_every_p_value():
    detector = seen(EVENTS["spike"][0])
    low, high = detector.quiet_range(0.9999999)
    assert math.isnan(low) == math.isnan(high)


def test_the_quiet_range_of_a_channel_counts_all_channels():
    block = np.column_stack([LEVEL, SINE])
    detector = seen(block, channels=["a", "b"])
    low, high = detector.quiet_range(1e-4, "b")
    assert (
        detector.peek([LEVEL[-1], high]).p_value > 1e-4 >= detector.peek([LEVEL[-1], np.nextafter(high, 1e9)]).p_value
    )
    alone = seen(SINE).quiet_range(1e-4)
    assert low <= alone[0] < alone[1] <= high


def test_peek_says_what_push_would_and_learns_nothing():
    detector = seen(SINE)
    before = detector.to_bytes()
    ahead = [detector.peek(x).to_dict() for x in (100.0, 300.0)]
    assert detector.to_bytes() == before
    assert repr(detector.push(100.0).to_dict()) == repr(ahead[0])  # without a band its ends are NaN
    assert ahead[1]["p_value"] < 1e-4


@pytest.mark.parametrize(
    ("call", "error", "text"),
    [
        (lambda d: d.explain(since=-1), ValueError, "since must be a number of samples from 0, got -1"),
        (lambda d: d.explain(since=9, until=-1), ValueError, "until must be a number of samples from 0, got -1"),
        (lambda d: d.explain(since=1.5), TypeError, "since must be an integer, got float"),
        (lambda d: d.explain("disk"), ValueError, "channel must be one of the names 'cpu', 'memory', got 'disk'"),
        (lambda d: d.explain(2), ValueError, "channel must be the number of a channel, from 0, got 2"),
        (lambda d: d.quiet_range(1.0), ValueError, "threshold must be at least 0 and below 1, got 1"),
        (lambda d: d.quiet_range(1e-4, 9), ValueError, "channel must be the number of a channel, from 0, got 9"),
        (lambda _: StreamDetector(channels=["a", "a"]), ValueError, "no two are the same, got 'a' twice"),
        (lambda _: StreamDetector(channels=["a", ""]), ValueError, "names of 1 to 1024 bytes in UTF-8, got 0 bytes"),
        (lambda _: StreamDetector(channels=[]), ValueError, "channels must be from 1 to 1024, got 0"),
        (lambda _: StreamDetector(channels="cpu"), TypeError, "channels must be an integer or a list of names, got"),
        (lambda _: StreamDetector(channels=["a", 3]), TypeError, "list of names, got an item that is int"),
    ],
)  # fmt: skip
def test_errors_name_the_argument(call, error, text):
    with pytest.raises(error, match=text):
        call(StreamDetector(channels=["cpu", "memory"]))
