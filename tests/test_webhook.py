"""Alarms reach a real server on the loopback; a slow or refusing one stops nothing."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from anet_lite import Monitor
from anet_lite.integrations.webhook import WebhookTracker

if TYPE_CHECKING:
    from collections.abc import Iterator


class Server(ThreadingHTTPServer):
    """Keeps what is posted, and answers as it is told."""

    status = 200
    wait = 0.0

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.posts: list[tuple[dict[str, str], Any]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.posts.append((dict(self.headers), json.loads(body)))
        time.sleep(self.server.wait)
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("no_proxy", "*")
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


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
    assert len(server.posts) == 1
    with WebhookTracker(server.url, cooldown=0.0) as tracker:
        run(tracker)
        run(tracker)
    assert len(server.posts) == 3


def test_a_refusing_server_is_reported_once(server: Server, caplog: pytest.LogCaptureFixture):
    server.status = 500
    with WebhookTracker(server.url, cooldown=0.0) as tracker:
        run(tracker)
        run(tracker)
    assert tracker.lost == 2
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


def test_nobody_listens(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("no_proxy", "*")
    with Server() as server:
        url = server.url
    with WebhookTracker(url, timeout=2.0) as tracker:
        run(tracker)
    assert tracker.lost == 1
    assert caplog.text.count("training goes on") == 1


def test_other_addresses_are_refused():
    with pytest.raises(ValueError, match=r"url must begin with http:// or https://, got 'file:///etc/passwd'"):
        WebhookTracker("file:///etc/passwd")
