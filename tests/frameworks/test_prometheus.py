"""The text file is what Prometheus parses."""

from __future__ import annotations

import math

import prometheus_client
from prometheus_client.parser import text_string_to_metric_families
from watched import snapshots

from anet_lite import Monitor, StreamDetector
from anet_lite.integrations.prometheus import PrometheusTracker
from test_dashboard import WRITTEN
from told_alarm import begun, over

NEEDS = ("prometheus_client",)


def read(path):
    families = text_string_to_metric_families(path.read_text(encoding="utf-8"))
    return {(sample.name, *sorted(sample.labels.items())): sample.value for f in families for sample in f.samples}


def test_the_newest_numbers_are_in_the_file(tmp_path):
    path, run = tmp_path / "run.prom", snapshots()
    with PrometheusTracker(path, {"run": "r1"}, every=1) as tracker:
        for seen in run:
            tracker.log(seen)
    numbers = read(path)
    assert numbers["anet_loss", ("run", "r1")] == run[-1].recent("loss")[-1]
    assert numbers["anet_status", ("run", "r1")] >= 0
    assert numbers["anet_step", ("run", "r1")] == 29
    assert numbers["anet_last_step_timestamp_seconds", ("run", "r1")] > 1.7e9
    assert numbers["anet_alarms_total", ("rule", "nonfinite"), ("run", "r1"), ("severity", "failing")] == 1
    assert not [name for name, *_ in numbers if name.endswith("_created")]


def test_alarms_between_two_files_are_counted(tmp_path):
    path = tmp_path / "run.prom"
    with PrometheusTracker(path, every=1000) as tracker:
        for _ in range(3):
            for seen in snapshots():
                tracker.log(seen)
    assert read(path)["anet_alarms_total", ("rule", "nonfinite"), ("severity", "failing")] == 3


def test_nothing_is_left_in_the_common_registry(tmp_path):
    before = prometheus_client.generate_latest()
    with PrometheusTracker(tmp_path / "a.prom") as first, PrometheusTracker(tmp_path / "b.prom") as second:
        first.log(snapshots()[0])
        second.log(snapshots()[0])
    assert b"anet" not in before + prometheus_client.generate_latest()
    counter = prometheus_client.Counter("mine", "mine", registry=prometheus_client.CollectorRegistry())
    assert [sample.name for sample in counter.collect()[0].samples] == ["mine_total", "mine_created"]


def test_a_path_that_cannot_be_written_stops_nothing(tmp_path, caplog):
    with PrometheusTracker(tmp_path / "absent" / "run.prom", every=1) as tracker:
        for seen in snapshots():
            tracker.log(seen)
    assert tracker.lost == 30
    assert caplog.text.count("writing to PrometheusTracker failed") == 1


def test_a_stream_is_a_label(tmp_path):
    path, detector = tmp_path / "streams.prom", StreamDetector()
    with PrometheusTracker(path, {"site": "a"}, every=1) as tracker:
        tracker.log(detector.push(1.0), "cpu")
        tracker.log(begun())
        tracker.log(StreamDetector().push(2.0), 'disk "d:\\"')
        tracker.log(detector.push(1.0), "cpu")
    numbers, cpu = read(path), (("site", "a"), ("stream", "cpu"))
    assert (numbers[("anet_stream_score", *cpu)], numbers[("anet_stream_p_value", *cpu)]) == (0.0, 1.0)
    assert (numbers[("anet_stream_alarm", *cpu)], numbers[("anet_stream_alarms_total", *cpu)]) == (1.0, 1.0)
    assert numbers[("anet_stream_last_sample_timestamp_seconds", *cpu)] > 1.7e9
    assert numbers["anet_stream_p_value", ("site", "a"), ("stream", 'disk "d:\\"')] == 1.0
    assert ("anet_stream_alarm", ("site", "a"), ("stream", 'disk "d:\\"')) not in numbers
    assert "anet_step" not in {name for name, *_ in numbers}


def test_an_alarm_that_is_over_is_counted_and_no_more_shown(tmp_path):
    path = tmp_path / "streams.prom"
    with PrometheusTracker(path) as tracker:
        for alarm in (begun(), over(begun())):
            tracker.log(alarm)
    numbers = read(path)
    assert numbers["anet_stream_alarm", ("stream", "cpu")] == 0.0
    assert numbers["anet_stream_alarms_total", ("stream", "cpu")] == 1.0


def test_the_file_holds_every_metric_that_the_dashboard_knows(tmp_path):
    path, monitor = tmp_path / "both.prom", Monitor()
    with PrometheusTracker(path, every=1) as tracker:
        for step in range(130):
            wave = 1.0 + 0.1 * math.sin(step * step)
            tracker.log(monitor.update(loss=wave, grad_norm=wave, step_norm=wave, noise=wave, lr=0.1))
        tracker.log(Monitor().update(loss=math.nan))
        tracker.log(monitor.update(loss=1.0, grad_norm=1.0, step_norm=1.0, noise=1.0, lr=0.1))
        tracker.log(StreamDetector().push(1.0), "cpu")
        tracker.log(begun())
    assert {name for name, *_ in read(path)} == WRITTEN
