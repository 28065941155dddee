"""Metrics in a real store (sqlite): in batches, with NaN, with alarms as tags."""

from __future__ import annotations

import math
import pickle

import mlflow
import pytest
from watched import snapshots

from anet_lite import StreamDetector
from anet_lite.integrations.mlflow import MlflowTracker
from incident_run import CHANGES, ENDS, OPENS, incident_run
from told_alarm import begun, over

NEEDS = ("mlflow",)


@pytest.fixture(scope="session")
def client(tmp_path_factory):
    """Making a store takes seconds: one for all tests."""
    folder = tmp_path_factory.mktemp("mlflow")
    before = mlflow.get_tracking_uri()
    mlflow.set_tracking_uri(f"sqlite:///{folder}/runs.db")
    client = mlflow.MlflowClient()
    client.create_experiment("anet", artifact_location=f"{folder}/artifacts")
    mlflow.set_experiment("anet")
    yield client
    mlflow.set_tracking_uri(before)


@pytest.fixture
def run_id(client):  # noqa: ARG001
    with mlflow.start_run() as run:
        yield run.info.run_id


def read(client, run_id, name):
    return {metric.step: metric.value for metric in client.get_metric_history(run_id, name)}


def test_numbers_are_read_back(client, run_id):
    run = snapshots()
    with MlflowTracker(every=5) as tracker:
        for seen in run:
            tracker.log(seen)
    assert tracker.run_id == run_id
    losses = read(client, run_id, "anet/loss")
    assert set(losses) == {0, 5, 10, 15, 20, 25}
    assert losses[5] == 1.5
    assert math.isnan(losses[20])
    assert read(client, run_id, "anet/alarm/nonfinite") == {20: 1.0}


def test_an_alarm_is_a_tag_in_words(client, run_id):
    with MlflowTracker(run_id) as tracker:
        for seen in snapshots():
            tracker.log(seen)
    tags = client.get_run(run_id).data.tags
    assert tags["anet.alarm"] == tags["anet.alarm.20"]
    assert tags["anet.alarm"].startswith("Step 20: the run is failing. The loss is nan")


def test_an_incident_is_one_tag_that_says_the_newest_of_it(client, run_id):
    run = incident_run(first=140)
    with MlflowTracker(run_id, timeout=60.0) as tracker:
        for seen in run[: CHANGES - 140 + 1]:
            tracker.log(seen)
        tracker.flush()
        tags = client.get_run(run_id).data.tags
        assert tags["anet.incident"].startswith(f"step {CHANGES}: failing")
        assert tags[f"anet.incident.{OPENS}"] == tags[f"anet.alarm.{CHANGES}"] != tags[f"anet.alarm.{OPENS}"]
        for seen in run[CHANGES - 140 + 1 :]:
            tracker.log(seen)
    tags = client.get_run(run_id).data.tags
    assert tags["anet.incident"] == f"step {ENDS}: over, healthy"
    assert f"the incident of step {OPENS} is over" in tags[f"anet.incident.{OPENS}"]
    assert [name for name in tags if name.startswith("anet.incident.")] == [f"anet.incident.{OPENS}"]
    incident = read(client, run_id, "anet/incident")
    assert (incident[OPENS], incident[ENDS]) == (1.0, 0.0)


def test_a_stream_is_written_under_its_name_where_mlflow_allows_it(client, run_id):
    detector, disk = StreamDetector(), 'disk "d:"'
    with MlflowTracker(run_id, every=2) as tracker:
        for _ in range(4):
            tracker.log(detector.push(1.0), disk)
        tracker.log(begun())
        tracker.log(over(begun()))
    assert tracker.lost == 0
    assert read(client, run_id, "anet/stream/disk _d__/p_value") == {0: 1.0, 2: 1.0}
    assert read(client, run_id, "anet/stream/cpu/alarm") == {900: 1.0, 904: 0.0}
    tags = client.get_run(run_id).data.tags
    assert tags["anet.alarm.cpu.900"] == "cpu jumped to 9.5"
    assert tags["anet.alarm"] == tags["anet.alarm.cpu.904"]


def test_calls_hold_no_more_than_the_server_takes():
    sizes = []

    class Client:
        def log_batch(self, run_id, metrics):
            assert run_id == "r"
            sizes.append(len(metrics))

        def set_tag(self, *_):
            pass

    with MlflowTracker("r", Client(), every=1) as tracker:
        for seen in snapshots(500, bad=999):
            tracker.log(seen)
    assert max(sizes) == 1000
    assert sum(sizes) == 500 * 10, "theta is left out while there is no evidence for it"


def test_a_run_is_begun_where_there_is_none(client):  # noqa: ARG001
    assert mlflow.active_run() is None
    tracker = MlflowTracker()
    assert mlflow.active_run().info.run_id == tracker.run_id
    tracker.close()
    mlflow.end_run()


def test_a_server_that_is_gone_stops_nothing(caplog):
    class Client:
        def log_batch(self, *_, **__):
            raise ConnectionError("no server")

    with MlflowTracker("r", Client(), every=1) as tracker:
        for seen in snapshots():
            tracker.log(seen)
    assert tracker.lost == 30
    assert caplog.text.count("writing to MlflowTracker failed") == 1


def test_a_copy_goes_on_with_the_same_run(run_id):
    with MlflowTracker(timeout=60.0) as tracker, pickle.loads(pickle.dumps(tracker)) as other:
        assert (other.run_id, other.timeout) == (run_id, 60.0)
