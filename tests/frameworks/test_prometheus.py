"""The text file is what Prometheus parses."""

from __future__ import annotations

import math
import pickle
import urllib.request

import prometheus_client
import pytest
from prometheus_client.parser import text_string_to_metric_families
from watched import snapshots

from anet_lite import Monitor, StreamDetector
from anet_lite.integrations.prometheus import PrometheusTracker
from anet_lite.integrations.remarks import Remark
from incident_run import CHANGES, ENDS, incident_run
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


def scraped(port, address="127.0.0.1"):
    with urllib.request.urlopen(f"http://{address}:{port}/metrics", timeout=10) as answer:
        families = text_string_to_metric_families(answer.read().decode())
    return {(sample.name, *sorted(sample.labels.items())): sample.value for f in families for sample in f.samples}


def test_the_newest_numbers_are_served_while_an_incident_goes_on_and_after_it():
    run, seen = incident_run(first=140), {}
    with PrometheusTracker(port=0, labels={"run": "r1"}) as tracker:
        for at, snapshot in enumerate(run, 140):
            tracker.log(snapshot)
            if at in (150, CHANGES, ENDS):
                tracker.flush()
                seen[at] = scraped(tracker.port)
        port = tracker.port
    labels = ("run", "r1")
    assert [seen[at]["anet_incident", labels] for at in (150, CHANGES, ENDS)] == [0.0, 1.0, 0.0]
    assert seen[CHANGES]["anet_step", labels] == CHANGES
    assert seen[ENDS]["anet_alarms_total", ("rule", "drift_loss"), labels, ("severity", "failing")] == 1
    with pytest.raises(OSError, match="refused"):
        scraped(port)


def test_a_page_is_served_on_this_machine_alone_unless_told():
    with PrometheusTracker(port=0) as inside, PrometheusTracker(port=0, address="0.0.0.0") as outside:
        bound = [tracker._endpoint._server.server_address[0] for tracker in (inside, outside)]
    assert bound == ["127.0.0.1", "0.0.0.0"]


def test_a_port_that_is_taken_is_told_at_once_and_a_copy_takes_another():
    with PrometheusTracker(port=0) as tracker:
        with pytest.raises(OSError, match=rf"127\.0\.0\.1:{tracker.port}"):
            PrometheusTracker(port=tracker.port)
        with pickle.loads(pickle.dumps(tracker)) as other:
            assert other.port not in (None, 0, tracker.port)


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({}, ValueError, "path or port must be given"),
        ({"port": 70_000}, ValueError, "port must be from 0 to 65535, got 70000"),
        ({"port": "9105"}, TypeError, "port must be an integer, got str"),
        ({"port": 0, "address": 5}, TypeError, "address must be a str, got int"),
    ],
)
def test_an_impossible_page_is_refused(options, error, words):
    with pytest.raises(error, match=words):
        PrometheusTracker(**options)


def test_a_remark_that_no_step_comes_makes_no_step_young(tmp_path):
    path = tmp_path / "run.prom"
    with PrometheusTracker(path) as tracker:
        tracker.log(Monitor().update(loss=1.0, step=7))
        tracker.flush()
        before = read(path)
        tracker.tell(Remark("stalled", 7, "No step has come for 10 minutes."))
    assert read(path) == before
    assert before["anet_step",] == 7


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
