"""A run watched from outside: rows that do not come are told and posted, and so are its messages."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import pytest

import command_line
from anet_lite.cli.live import run_events
from anet_lite.cli.live.run_events import RunEvents

if TYPE_CHECKING:
    from pathlib import Path


class Run:
    """What is looked at of a run."""

    def __init__(self) -> None:
        self.rows, self.news = 0, list[str]()


class Sink:
    """Keeps events."""

    def __init__(self, _: str) -> None:
        self.taken: list[dict[str, Any]] = []
        Sink.made = self

    def take(self, event: Any) -> None:
        self.taken.append(event.to_dict())


def test_a_stall_is_told_once_and_that_it_is_over(monkeypatch: pytest.MonkeyPatch):
    now = [0.0]
    monkeypatch.setattr("anet_lite.cli.live.silence.time.monotonic", lambda: now[0])
    monkeypatch.setattr(run_events, "WebhookSink", Sink)
    events, run, said = RunEvents("10m", "http://127.0.0.1:9/x"), Run(), list[str]()
    for second, rows in ((0, 1), (599, 1), (600, 1), (700, 1), (701, 2), (1302, 2)):
        now[0], run.rows = float(second), rows
        run.news = ["nonfinite: Step 7"] if second == 700 else []
        said += [event.line().partition("  ")[2] for event in events.of(run)]  # type: ignore[arg-type]
    assert said == ["SILENT: no row for 10m", "back: rows come again", "SILENT: no row for 10m"]
    kinds = [(event["event"], event["text"]) for event in Sink.made.taken]
    assert kinds[:2] == [("silent", "no row for 10m"), ("begins", "nonfinite: Step 7")]
    assert len(kinds) == 4


def test_without_a_time_nothing_stalls(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("anet_lite.cli.live.silence.time.monotonic", lambda: 1e9 * time.perf_counter())
    events, run = RunEvents(), Run()
    assert [events.of(run) for _ in range(3)] == [[]] * 3  # type: ignore[arg-type]


def test_the_command_tells_a_stall(tmp_path: Path):
    (tmp_path / "run.jsonl").write_text(json.dumps({"step": 0, "loss": 1.0}) + "\n")
    with command_line.start("watch", str(tmp_path / "run.jsonl"), "--stall", "0.2s", "--every", "0.05") as watching:
        assert watching.stdout is not None
        line = watching.stdout.readline()
        watching.kill()
        watching.communicate(timeout=60)
    assert line.endswith("SILENT: no row for 0.2s\n")


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [("--stall", "soon", "--stall must be a duration"), ("--webhook", "x", "url must be")],
)
def test_an_impossible_option_is_named(tmp_path: Path, option: str, value: str, words: str):
    done = command_line.run("watch", str(tmp_path / "run.jsonl"), option, value)
    assert done.returncode == 2
    assert words in done.stderr.replace("\n", " ").replace("│ ", "")
