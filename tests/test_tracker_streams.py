"""Trackers take what is said of streams: rows under the stream's name, a message where an alarm begins and is over."""

from __future__ import annotations

import logging
import math
from typing import TYPE_CHECKING, Any

from anet_lite import Monitor, StreamDetector
from anet_lite.tracker import Batched, Cooldown, Row
from anet_lite.tracker.intake import Intake
from told_alarm import begun, over

if TYPE_CHECKING:
    import pytest


class Kept(Batched):
    def __init__(self, every: int = 1, **options: Any) -> None:
        super().__init__(every, **options)
        self.rows: list[Row] = []

    def _write(self, rows: list[Row]) -> None:
        self.rows.extend(rows)


def test_a_detection_is_a_row_under_the_name_of_its_stream():
    with Kept() as tracker:
        tracker.log(StreamDetector().push(1.0), "cpu")
        tracker.log(StreamDetector().push(1.0))
    assert [row.metrics for row in tracker.rows] == [
        {"anet/stream/cpu/score": 0.0, "anet/stream/cpu/p_value": 1.0},
        {"anet/stream/score": 0.0, "anet/stream/p_value": 1.0},
    ]
    assert [(row.stream, row.alert) for row in tracker.rows] == [("cpu", None), ("", None)]


def test_samples_of_each_stream_are_counted_or_numbered():
    with Kept(every=2) as tracker:
        for sample in range(5):
            tracker.log(StreamDetector().push(1.0), "cpu")
            tracker.log(StreamDetector().push(1.0), stream="disk", step=100 + sample)
    steps = [(row.stream, row.step) for row in tracker.rows]
    assert sorted(steps) == [("cpu", 0), ("cpu", 2), ("cpu", 4), ("disk", 100), ("disk", 102), ("disk", 104)]


def test_an_alarming_sample_always_becomes_a_row():
    detector = StreamDetector()
    detector.push_many([math.sin(t / 8) for t in range(1000)])
    assert (strange := detector.push(9.0)).p_value <= 1e-4
    intake = Intake(every=1000)
    assert intake.take(StreamDetector().push(1.0), "cpu") is not None
    assert intake.take(StreamDetector().push(1.0), "cpu") is None
    assert intake.take(strange, "cpu") is not None


def test_a_missing_sample_is_no_row_unless_it_is_flagged():
    assert Intake(every=1).take(StreamDetector().push(None)) is None
    flagged = Intake(every=1).take(StreamDetector(missing="flag").push(None))
    assert flagged is not None
    assert flagged.metrics == {"anet/stream/score": math.inf, "anet/stream/p_value": 0.0}


def test_an_alarm_is_a_row_where_it_begins_and_where_it_is_over():
    with Kept(every=1000) as tracker:
        tracker.log(begun())
        tracker.log(over(begun()))
    assert [(row.step, row.metrics) for row in tracker.rows] == [
        (900, {"anet/stream/cpu/alarm": 1.0}),
        (904, {"anet/stream/cpu/alarm": 0.0}),
    ]
    first, last = (row.alert for row in tracker.rows)
    assert first is not None
    assert last is not None
    assert (first.title, first.text, first.kind, first.status) == (
        "cpu row 900: alarm",
        "cpu jumped to 9.5",
        "opens",
        "alarm",
    )
    assert (last.title, last.kind, last.status) == ("cpu row 904: over", "ends", "over")


def test_alarms_of_a_stream_that_follow_each_other_give_one_message():
    now = [0.0]
    cooldown = Cooldown(60.0, clock=lambda: now[0])
    told = []
    for now[0], alarm in (
        (0.0, begun()),
        (1.0, begun("disk")),
        (2.0, over(begun())),
        (50.0, begun(start=950)),
        (51.0, over(begun(start=950))),
        (70.0, begun(start=970)),
        (71.0, over(begun(start=970))),
    ):
        told.append(cooldown.stream_alert(alarm) is not None)
    assert told == [True, True, True, False, False, True, True]


def test_a_tracker_of_messages_takes_no_other_row():
    intake = Intake(every=1, only_messages=True)
    assert intake.take(StreamDetector().push(1.0), "cpu") is None
    assert intake.take(begun()) is not None
    assert intake.take(begun()) is None
    assert intake.take(Monitor().update(loss=1.0)) is None
    assert intake.take(Monitor().update(loss=math.nan)) is not None


def test_what_is_neither_is_named_and_stops_nothing(caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.ERROR, "anet_lite"), Kept() as tracker:
        tracker.log(StreamDetector().push_many([1.0]))  # type: ignore[arg-type]
        tracker.log(StreamDetector().push(1.0))
    assert "log takes a Snapshot, a Detection or a StreamAlarm, got Detections" in caplog.text
    assert len(tracker.rows) == 1
