"""``anet-lite watch`` beside a process that appends, and ``anet-lite plot``."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

import command_line
from anet_lite import Monitor
from anet_lite.reader.follow import Watched
from anet_lite.reader.tail import Tail
from test_replay import files, run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and terminals of POSIX")

APPEND = """
import json, sys, time
sys.path[:0] = ["tests", "benches"]
from test_replay import run
with open(sys.argv[1], "a", buffering=1) as file:
    for row in run():
        file.write(json.dumps(row) + "\\n")
        time.sleep(0.0005)
"""


def read_until(terminal: int, done: Callable[[str], bool]) -> str:
    """Read what is shown. A terminal that nobody reads would hold the last lines back, and the program with them."""
    shown, until = "", time.monotonic() + 60
    while not done(shown) and time.monotonic() < until:
        if select.select([terminal], [], [], 0.1)[0]:
            with suppress(OSError):  # The other side is closed.
                shown += os.read(terminal, 1 << 16).decode(errors="replace")
    return shown


@posix
def test_alarms_of_a_growing_file_come_as_lines_and_ctrl_c_leaves(tmp_path: Path) -> None:
    path = str(tmp_path / "run.jsonl")
    with command_line.start("watch", path, "--every", "0.05") as watching:
        assert watching.stdout is not None
        subprocess.run([sys.executable, "-c", APPEND, path], check=True, timeout=60)
        first = watching.stdout.readline()
        watching.send_signal(signal.SIGINT)
        _, errors = watching.communicate(timeout=60)
    assert first.startswith("lr_jump: Step 4000: the run is suspect.")
    assert (watching.returncode, errors) == (0, "")


@posix
def test_the_live_view_shows_the_run_and_leaves_on_ctrl_c(tmp_path: Path) -> None:
    import pty

    path = files(tmp_path, run())["records.jsonl"]
    ours, theirs = pty.openpty()
    environment = {**os.environ, "COLUMNS": "100", "LINES": "40", "TERM": "xterm"}
    line = [*command_line.COMMAND, "watch", path, "--every", "0.05"]
    with subprocess.Popen(line, stdout=theirs, stderr=theirs, env=environment, start_new_session=True) as watching:
        os.close(theirs)
        shown = read_until(ours, lambda shown: "grad_norm" in shown and "drawdown" in shown)
        watching.send_signal(signal.SIGINT)
        shown += read_until(ours, lambda _: watching.poll() is not None)
        watching.kill()
        assert watching.wait() == 0
    os.close(ours)
    assert "drawdown" in shown
    assert "failing" in shown
    assert "step 5,990" in shown
    assert "▁" in shown
    assert "Traceback" not in shown


def test_a_tail_takes_only_whole_lines_and_begins_again_with_a_shorter_file(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    tail = Tail(str(path))
    assert tail.look() == []
    path.write_text('{"loss": 1}\n{"lo')
    assert tail.look() == [{"loss": 1}]
    with path.open("a") as file:
        file.write('ss": 2}\nhello\n')
    assert tail.look() == [{"loss": 2}]
    path.write_text("loss,lr\n3,\n")
    assert tail.look() == [{"loss": 3.0}]
    assert tail.look() == []


@pytest.mark.parametrize("name", ["records.jsonl", "records.csv", "plain.jsonl", "wandb.csv"])
def test_what_is_watched_is_what_the_loop_saw(name: str, tmp_path: Path) -> None:
    monitor = Monitor()
    expected = [snap for snap in (monitor.update(**row) for row in run()) if snap.alarms]
    watched = Watched(files(tmp_path, run())[name], Monitor(), {})
    found = watched.look()
    assert [(alarm.step, alarm.rules.split()) for alarm in found] == [
        (snap.step, [alarm.rule for alarm in snap.alarms]) for snap in expected
    ]
    assert (watched.rows, watched.status) == (600, monitor.status)
    assert len(watched.curves["loss"]) == 600
    assert watched.look() == []


@pytest.mark.parametrize("name", ["records.jsonl", "plain.jsonl"])
def test_an_incident_is_told_in_few_lines(name: str, tmp_path: Path) -> None:
    watched = Watched(files(tmp_path, run())[name], Monitor(), {})
    alarms = len(watched.look())
    assert watched.news[0].startswith("lr_jump: Step 4000: the run is suspect.")
    assert len(watched.news) < alarms


def test_a_curve_of_theta_is_blank_until_there_is_evidence(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    path.write_text("".join(json.dumps({"loss": 2.0 + 0.1 * (at % 7)}) + "\n" for at in range(60)))
    watched = Watched(str(path), Monitor(), {})
    watched.look()
    assert "theta" not in watched.curves
    assert watched.needed == 155


def test_a_file_without_signals_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"speed": 1}) + "\n")
    done = command_line.run("watch", str(tmp_path / "a.jsonl"))
    assert done.returncode == 2
    assert "has no column that looks like a signal" in " ".join(done.stderr.replace("│", " ").split())


@pytest.mark.parametrize(("ending", "start"), [("png", b"\x89PNG"), ("svg", b"<?xml")])
def test_a_run_is_drawn(ending: str, start: bytes, tmp_path: Path) -> None:
    path = files(tmp_path, run())["trainer_state.json"]
    done = command_line.run("plot", path, "-o", str(tmp_path / f"run.{ending}"))
    assert (done.returncode, done.stdout) == (0, f"Drawn: {tmp_path / f'run.{ending}'}\n")
    assert (tmp_path / f"run.{ending}").read_bytes().startswith(start)


def test_an_ending_that_is_no_picture_is_one_sentence(tmp_path: Path) -> None:
    path = files(tmp_path, run())["plain.jsonl"]
    done = command_line.run("plot", path, "-o", str(tmp_path / "run.txt"))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
