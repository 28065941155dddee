"""What a collector of OpenTelemetry is sent, decoded from the bytes that reach a server on the loopback."""

from __future__ import annotations

import gzip
import math
import pickle
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from opentelemetry import _logs, metrics
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest

from anet_lite import Monitor, StreamDetector
from anet_lite.integrations.otel import OtelTracker
from anet_lite.integrations.remarks import Remark
from incident_run import CHANGES, ENDS, OPENS, incident_run
from told_alarm import begun, over

NEEDS = ("opentelemetry",)


class Collector(ThreadingHTTPServer):
    """Keeps what it is sent."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.metrics, self.logs, self.headers = [], [], []
        self.answers = []  # of the first requests, before 200
        self.url = f"http://127.0.0.1:{self.server_port}"

    def points(self):
        """The values of the newest request, by name and attributes."""
        (resource,) = self.metrics[-1].resource_metrics
        points = {}
        for metric in resource.scope_metrics[0].metrics:
            for point in (metric.gauge if metric.HasField("gauge") else metric.sum).data_points:
                value = point.as_double if point.HasField("as_double") else point.as_int
                points[(metric.name, *sorted(plain(point.attributes).items()))] = value
        return points

    def events(self):
        return [event for sent in self.logs for event in sent.resource_logs[0].scope_logs[0].log_records]


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        server = self.server
        server.headers.append((self.path, self.headers))
        if self.path == "/v1/metrics":
            server.metrics.append(ExportMetricsServiceRequest.FromString(body))
        else:
            server.logs.append(ExportLogsServiceRequest.FromString(body))
        self.send_response(server.answers.pop(0) if server.answers else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def plain(attributes):
    return {each.key: getattr(each.value, each.value.WhichOneof("value")) for each in attributes}


@pytest.fixture
def collector(monkeypatch):
    monkeypatch.setenv("no_proxy", "*")
    with Collector() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_the_newest_numbers_are_gauges_and_alarms_are_counted(collector):
    with OtelTracker(collector.url, "llama", {"X-Key": "k"}, {"team": "a"}, every=1) as tracker:
        for seen in incident_run(first=140):
            tracker.log(seen)
    points = collector.points()
    assert tracker.lost == 0
    assert points["anet.step",] == 239
    assert points["anet.loss",] == incident_run()[-1].recent("loss")[-1]
    assert (points["anet.status",], points["anet.incident",]) == (1.0, 0.0)
    assert points["anet.alarms", ("rule", "drift_loss"), ("status", "failing")] == 1
    assert not [name for name, *_ in points if name.startswith("anet.alarm.")]
    resource = plain(collector.metrics[-1].resource_metrics[0].resource.attributes)
    assert (resource["service.name"], resource["anet.run"], resource["team"]) == ("anet-lite", "llama", "a")
    assert {headers["X-Key"] for _, headers in collector.headers} == {"k"}


def test_an_incident_is_three_events_of_one_name(collector):
    with OtelTracker(collector.url, "llama", lang="ja") as tracker:
        for seen in incident_run():
            tracker.log(seen)
    events = collector.events()
    assert [event.event_name for event in events] == [f"anet.incident.{kind}" for kind in ("opens", "changes", "ends")]
    assert [event.severity_text for event in events] == ["WARN", "ERROR", "INFO"]
    told = [plain(event.attributes) for event in events]
    assert [each["anet.step"] for each in told] == [OPENS, CHANGES, ENDS]
    assert {each["anet.since"] for each in told} == {OPENS}
    assert len({each["anet.incident.id"] for each in told}) == 1
    assert [each["anet.message.id"][-2:] for each in told] == ["-0", "-1", "-2"]
    assert [value.string_value for value in told[0]["anet.rules"].values] == ["jump_loss"]
    assert events[0].body.string_value.startswith(f"ステップ{OPENS}: 学習は要注意です。")


def test_numbers_that_are_not_finite_are_counted_and_one_that_is_gone_is_not_sent(collector, caplog):
    with OtelTracker(collector.url, every=1) as tracker:
        monitor = Monitor()
        tracker.log(monitor.update(loss=math.nan, lr=0.1))
        tracker.flush()
        first = collector.points()
        tracker.log(Monitor().update(loss=2.0))
    last = collector.points()
    assert (first["anet.nonfinite",], last["anet.nonfinite",]) == (1.0, 0.0)
    assert (("anet.loss",) in first, last["anet.loss",]) == (False, 2.0)
    assert (first["anet.lr",], ("anet.lr",) in last) == (0.1, False)
    assert not caplog.text


def test_streams_have_an_attribute_and_events_of_their_own(collector):
    with OtelTracker(collector.url) as tracker:
        tracker.log(StreamDetector().push(1.0), "cpu")
        tracker.log(begun())
        tracker.log(over(begun()))
    points, cpu = collector.points(), ("stream", "cpu")
    assert (points["anet.stream.score", cpu], points["anet.stream.p_value", cpu]) == (0.0, 1.0)
    assert (points["anet.stream.alarm", cpu], points["anet.stream.alarms", cpu]) == (0.0, 1)
    assert [event.event_name for event in collector.events()] == ["anet.stream_alarm.opens", "anet.stream_alarm.ends"]
    assert {plain(event.attributes)["anet.stream"] for event in collector.events()} == {"cpu"}


def test_a_remark_is_an_event_and_no_step(collector):
    with OtelTracker(collector.url) as tracker:
        tracker.tell(Remark("save_marked", 7, "It is saved and marked."))
        tracker.tell(Remark("stalled", 7, "No step for 10 minutes."))
    remark, stall = collector.events()
    assert (remark.event_name, remark.body.string_value) == ("anet.remark", "It is saved and marked.")
    assert (stall.event_name, plain(stall.attributes)["anet.status"]) == ("anet.incident.opens", "stalled")
    assert not collector.metrics or "anet.step" not in {name for name, *_ in collector.points()}


def test_a_busy_collector_is_asked_again_and_one_that_refuses_costs_rows(collector, caplog):
    collector.answers = [503]
    with OtelTracker(collector.url, timeout=20.0) as tracker:
        tracker.log(Monitor().update(loss=math.nan))
    assert tracker.lost == 0
    assert len(collector.logs) == 2
    collector.answers = [400, 400]
    with OtelTracker(collector.url) as tracker:
        tracker.log(Monitor().update(loss=math.nan))
    assert tracker.lost == 1
    assert "the collector did not take the events and the metrics" in caplog.text
    assert "OtelTracker: 1 of 1 rows were not confirmed as delivered" in caplog.text


def test_what_the_program_has_set_up_for_itself_is_not_touched(collector):
    before = metrics.get_meter_provider(), _logs.get_logger_provider()
    with OtelTracker(collector.url) as tracker:
        tracker.log(Monitor().update(loss=1.0))
    assert (metrics.get_meter_provider(), _logs.get_logger_provider()) == before


def test_the_environment_names_the_collector_and_a_copy_sends_there_too(collector, monkeypatch):
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url)
    monkeypatch.setenv("OTEL_SERVICE_NAME", "trainer")
    with pickle.loads(pickle.dumps(OtelTracker())) as copy:
        copy.log(Monitor().update(loss=1.0))
    resource = plain(collector.metrics[-1].resource_metrics[0].resource.attributes)
    assert resource["service.name"] == "trainer"


def test_an_address_that_is_none_is_refused_and_not_repeated():
    with pytest.raises(ValueError, match="endpoint must begin with http") as caught:
        OtelTracker("SECRET:4317")
    assert "SECRET" not in str(caught.value)
