"""A run watched from outside: rows that do not come are told and posted, and so are its messages."""

from __future__ import annotations

import json
import signal
import time
from typing import TYPE_CHECKING

import pytest

import command_line
from anet_lite import Monitor, Recorder
from anet_lite.cli.live.run_events import RunEvents
from anet_lite.cli.live.sinks.messengers import Told
from anet_lite.reader.follow import Watched
from anet_lite.tracker import Alert
from incident_run import CHANGES, ENDS, KINDS, OPENS, incident_run
from posted import server as server  # noqa: PLC0414 - a fixture

if TYPE_CHECKING:
    from pathlib import Path

    from posted import Server


class Run:
    """What is looked at of a run."""

    def __init__(self) -> None:
        self.rows, self.messages = 0, list[Alert]()


def test_a_stall_is_told_once_and_that_it_is_over(monkeypatch: pytest.MonkeyPatch, server: Server):
    now = [0.0]
    monkeypatch.setattr("anet_lite.cli.live.silence.time.monotonic", lambda: now[0])
    events, run, said = RunEvents("10m", Told(server.url)), Run(), list[str]()
    for second, rows in ((0, 1), (599, 1), (600, 1), (700, 1), (701, 2), (1302, 2)):
        now[0], run.rows = float(second), rows
        run.messages = [Alert("step 7: failing", "Step 7", "opens", "failing", [])] if second == 700 else []
        said += [event.line().partition("  ")[2] for event in events.of(run)]  # type: ignore[arg-type]
    assert said == ["SILENT: no row for 10m", "back: rows come again", "SILENT: no row for 10m"]
    assert events.close() == 0
    posts = [post for _, post in server.posts]
    assert [(post["event"], post["title"]) for post in posts] == [
        ("silent", "silent"), ("begins", "step 7: failing"), ("back", "back"), ("silent", "silent"),
    ]  # fmt: skip
    silences = [post["incident"] for post in posts if post["event"] != "begins"]
    assert len(set(silences)) == 1
    assert len({post["id"] for post in posts}) == 4


def test_without_a_time_nothing_stalls(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("anet_lite.cli.live.silence.time.monotonic", lambda: 1e9 * time.perf_counter())
    events, run = RunEvents(), Run()
    assert [events.of(run) for _ in range(3)] == [[]] * 3  # type: ignore[arg-type]


def numbers(path: Path) -> str:
    rows = [{"step": seen.step, "loss": seen.recent("loss")[-1], "lr": 0.1} for seen in incident_run()]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return str(path)


def records(path: Path) -> str:
    with Recorder(path) as recorder:
        for seen in incident_run():
            recorder.write(seen)
    return str(path)


@pytest.mark.parametrize("write", [numbers, records])
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_an_incident_that_is_watched_is_told_where_it_opens_changes_and_ends(write, lang: str, tmp_path: Path):  # type: ignore[no-untyped-def]
    run = Watched(write(tmp_path / "run.jsonl"), Monitor(), {}, lang=lang)
    run.look()
    assert [message.kind for message in run.messages] == KINDS
    assert [message.key[-2:] for message in run.messages] == ["-0", "-1", "-2"]
    assert {message.since for message in run.messages} == {OPENS}
    titles = [message.title for message in run.messages]
    if lang == "en":
        assert titles[0] == f"step {OPENS}: suspect, jump_loss"
        assert titles[2] == f"step {ENDS}: over, healthy"
    else:
        assert titles[1] == f"ステップ{CHANGES}: 異常、drift_loss"
        assert f"ステップ{OPENS}からの異常は収まり" in run.messages[2].text
    run.look()
    assert run.messages == []


def test_the_command_posts_in_the_form_of_a_chat_and_says_what_was_not_taken(tmp_path: Path, server: Server):
    path = numbers(tmp_path / "run.jsonl")
    server.answers = [200, 200, 400]
    with command_line.start("watch", path, "--webhook", server.url, "--form", "discord", "--lang", "ja") as watching:
        for _ in range(600):
            time.sleep(0.05)
            if len(server.posts) == len(KINDS):
                break
        watching.send_signal(signal.SIGINT)
        out, err = watching.communicate(timeout=60)
    assert [post["embeds"][0]["title"] for _, post in server.posts] == [
        f"ステップ{OPENS}: 要注意、jump_loss", f"ステップ{CHANGES}: 異常、drift_loss", f"ステップ{ENDS}: 終了、正常",
    ]  # fmt: skip
    assert "--webhook: the server answered HTTP Error 400" in err
    assert "1 events were not confirmed as delivered" in err
    assert f"ステップ{OPENS}" in out


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
    [
        ("--stall", "soon", "--stall must be a duration"),
        ("--webhook", "x", "url must be"),
        ("--form", "irc", "form must be one of json, slack, discord, teams, pagerduty, got 'irc'"),
    ],
)
def test_an_impossible_option_is_named(tmp_path: Path, option: str, value: str, words: str):
    done = command_line.run("watch", str(tmp_path / "run.jsonl"), option, value)
    assert done.returncode == 2
    assert words in " ".join(done.stderr.replace("│", " ").split())
