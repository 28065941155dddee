"""Alarms reach a real server on the loopback; a slow or refusing one stops nothing."""

from __future__ import annotations

import time
import traceback
from http.client import InvalidURL

import pytest

from anet_lite import Monitor, StreamDetector
from anet_lite._internal import poster
from anet_lite.integrations.webhook import WebhookTracker
from posted import Server
from posted import server as server  # noqa: PLC0414 - a fixture
from told_alarm import begun, over


def run(tracker: WebhookTracker, bad: tuple[int, ...] = (20,)) -> None:
    monitor = Monitor()
    for step in range(30):
        tracker.log(monitor.update(loss=float("inf") if step in bad else 1.0 + 0.1 * (step % 7), step=step))


def test_an_alarm_is_posted_as_json(server: Server):
    with WebhookTracker(server.url, "r1", {"Authorization": "Bearer t"}) as tracker:
        run(tracker)
    ((headers, post),) = server.posts
    assert headers["Content-Type"] == "application/json"
    assert headers["Authorization"] == "Bearer t"
    assert post["title"] == "r1 step 20: failing, nonfinite"
    assert post["text"].startswith("r1 Step 20: the run is failing. The loss is inf (nonfinite).")
    assert (post["run"], post["step"], post["status"]) == ("r1", 20, "failing")
    assert post["metrics"]["anet/loss"] == "Infinity"
    assert post["alarms"][0]["rule"] == "nonfinite"
    assert post["alarms"][0]["value"] == "Infinity"


def test_the_same_alarm_is_not_posted_twice(server: Server):
    with WebhookTracker(server.url) as tracker:
        run(tracker)
        run(tracker)
    assert [post["kind"] for _, post in server.posts] == ["opens", "ends"]
    server.posts.clear()
    with WebhookTracker(server.url, cooldown=0.0) as tracker:
        run(tracker)
        run(tracker)
    assert [post["kind"] for _, post in server.posts] == ["opens", "ends", "opens"]


def test_a_refusing_server_is_reported_once(server: Server, caplog: pytest.LogCaptureFixture):
    server.status = 500
    with WebhookTracker(server.url, cooldown=0.0) as tracker:
        run(tracker)
        run(tracker)
    assert tracker.lost == 3
    assert caplog.text.count("writing to WebhookTracker failed") == 1
    assert "HTTP Error 500" in caplog.text


def test_a_slow_server_does_not_hold_the_loop_up(server: Server):
    server.wait = 2.0
    tracker = WebhookTracker(server.url)
    begin = time.perf_counter()
    run(tracker)
    assert time.perf_counter() - begin < 1.5
    tracker.close()
    assert len(server.posts) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_a_failure_and_gets_no_secret(server: Server, caplog: pytest.LogCaptureFixture, status: int):
    server.status, server.location = status, f"http://localhost:{server.server_port}/elsewhere?SECRET"
    with WebhookTracker(f"{server.url}?key=SECRET", headers={"Authorization": "Bearer SECRET"}) as tracker:
        run(tracker)
    assert (tracker.lost, len(server.posts)) == (1, 1)
    assert f"HTTP Error {status}, a redirect, which is not followed" in caplog.text
    assert "SECRET" not in caplog.text


def five_alarms(tracker: WebhookTracker) -> None:
    for step in range(5):
        tracker.log(Monitor().update(loss=float("nan"), step=step))


def test_one_failed_post_keeps_the_others(server: Server):
    server.answers = [400]
    with WebhookTracker(server.url, cooldown=0.0) as tracker:
        five_alarms(tracker)
    assert [post["step"] for _, post in server.posts] == [0, 1, 2, 3, 4]
    assert tracker.lost == 1


def test_a_busy_server_is_asked_again_a_few_times(server: Server):
    server.answers = [503, 429, 200, 503, 503, 503]
    with WebhookTracker(server.url, cooldown=0.0) as tracker:
        five_alarms(tracker)
    assert [post["step"] for _, post in server.posts] == [0, 0, 0, 1, 1, 1, 2, 3, 4]
    assert tracker.lost == 1


def test_a_text_calls_nobody_in_a_chat(server: Server):
    with WebhookTracker(server.url, "<!here>") as tracker:
        tracker.log(Monitor().update(loss=float("nan"), batch_id="<!channel> @all <https://x|y>\nstep 9"))
    ((_, post),) = server.posts
    assert "\u2039!channel> \uff20all \u2039https://x|y>\\nstep 9" in post["text"]
    assert post["title"].startswith("\u2039!here> step 0")


def test_what_waits_at_the_end_is_lost(server: Server):
    server.wait = 1.0
    tracker = WebhookTracker(server.url, cooldown=0.0, timeout=0.1)
    five_alarms(tracker)
    tracker.close()
    assert tracker.lost == 5


def test_nobody_listens(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setattr(poster, "PAUSES", (0.01, 0.02))
    with Server() as server:
        url = server.url
    with WebhookTracker(url, timeout=2.0) as tracker:
        run(tracker)
    assert tracker.lost == 1
    assert caplog.text.count("training goes on") == 1


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("file:///SECRET", "url must begin with http:// or https://"),
        ("SECRET", "url must begin with http:// or https://"),
        ("https://host/SECRET\n", "url must hold no space, no control character"),
        ("https://host/SECRET x", "url must hold no space, no control character"),
        ("https://host/SECRET\u00e9", "nothing but ASCII"),
        ("https://user:SECRET@host/", "url must name a host, and after it a port at most"),
        ("https://host:SECRET/", "url must name a host, and after it a port at most"),
        ("https://[SECRET/", "url must name a host, and after it a port at most"),
        ("https:///SECRET", "url must name a host, and after it a port at most"),
    ],
)
def test_other_addresses_are_refused_and_not_repeated(url: str, wanted: str):
    with pytest.raises(ValueError, match="url must") as caught:
        WebhookTracker(url)
    assert wanted in str(caught.value)
    assert "SECRET" not in "".join(traceback.format_exception(None, caught.value, None))


def test_headers_that_cannot_be_sent_are_refused_and_not_repeated():
    for headers in ({"Authorization": "Bearer SECRET\n"}, {"Authorization": "SECRET\u2028"}, {"SECRET\n": "x"}):
        with pytest.raises(ValueError, match="headers") as caught:
            WebhookTracker("https://host/", headers=headers)
        assert "SECRET" not in "".join(traceback.format_exception(None, caught.value, None))


def test_an_address_is_a_text():
    with pytest.raises(TypeError, match="url must be a str, got int"):
        WebhookTracker(5)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="headers must map str to str"):
        WebhookTracker("https://host/", headers={"Authorization": 5})  # type: ignore[dict-item]


def test_no_error_of_a_connection_repeats_the_secret(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch):
    class Refusing:
        def open(self, *_: object, **__: object) -> None:
            raise InvalidURL("URL can't contain control characters. '/SECRET'")

    with WebhookTracker("https://host/SECRET") as tracker:
        monkeypatch.setattr(tracker._delivery._poster, "_opener", Refusing())
        run(tracker)
    assert "no answer: InvalidURL" in caplog.text
    assert "SECRET" not in caplog.text + repr(tracker)


def test_an_alarm_of_a_stream_is_posted_where_it_begins_and_where_it_is_over(server: Server):
    with WebhookTracker(server.url) as tracker:
        tracker.log(StreamDetector().push(1.0), "cpu")
        tracker.log(begun())
        tracker.log(over(begun()))
    first, last = (post for _, post in server.posts)
    assert (first["stream"], first["kind"], first["status"], first["step"]) == ("cpu", "opens", "alarm", 900)
    assert (first["title"], first["text"]) == ("cpu row 900: alarm", "cpu jumped to 9.5")
    assert first["alarms"] == [{"name": "cpu", "start": 900, "end": None, "value": 9.5}]
    assert (last["kind"], last["status"], last["step"]) == ("ends", "over", 904)


def test_detect_posts_what_happens_and_counts_what_a_server_refuses(server: Server) -> None:
    from anet_lite.cli.live.event import OVER, Event
    from anet_lite.cli.live.sinks.webhook import WebhookSink

    sink = WebhookSink(server.url)
    for text in ("<!channel> is 9", "@all of it"):
        sink.take(Event(OVER, "cpu", "2026-01-01 00:00:00", text))
    assert sink.close() == 0
    (_, first), (_, second) = server.posts
    assert (first["event"], first["name"], first["time"]) == ("over", "cpu", "2026-01-01 00:00:00")
    assert "<!channel>" not in first["text"]
    assert "@all" not in second["text"]
    server.status = 400
    refused = WebhookSink(server.url)
    refused.take(Event(OVER, "cpu", "", "x"))
    assert refused.close() == 1
