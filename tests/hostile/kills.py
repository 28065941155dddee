"""Kills and interrupts a writer of records and tombstones at random moments: `kills.py KILLS INTERRUPTS`.

Nothing that was acknowledged may be missing, and the chain is whole each time that the files are opened again.
"""

from __future__ import annotations

import csv
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from anet_lite import Recorder, TombstoneLog
from anet_lite.tombstone import verify

if TYPE_CHECKING:
    from collections.abc import Iterator

WRITER = Path(__file__).with_name("writer.py")


def started(folder: Path, first: int, mode: str) -> subprocess.Popen[str]:
    """Return a writer that has opened its files."""
    line = [sys.executable, str(WRITER), str(folder), str(first), mode]
    process = subprocess.Popen(line, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def acknowledged(process: subprocess.Popen[str]) -> list[int]:
    """Return the steps of which the writer said that they are written. The last may be cut off."""
    told = process.communicate(timeout=60)[0]
    return [int(line) for line in told.split("\n")[:-1]]


def killed(folder: Path, kills: int, dice: random.Random) -> Iterator[list[int]]:
    """Kill a writer again and again, and give what it had acknowledged; each goes on in the files of the last."""
    for at in range(kills):
        process = started(folder, at * 1_000_000, "killed")
        time.sleep(dice.expovariate(1 / 0.05))
        os.kill(process.pid, signal.SIGKILL)
        yield acknowledged(process)


def interrupted(folder: Path, interrupts: int, dice: random.Random) -> list[int]:
    """Interrupt one writer again and again; return what it acknowledged."""
    process = started(folder, 0, "interrupted")
    for _ in range(interrupts):
        time.sleep(dice.expovariate(1 / 0.02))
        os.kill(process.pid, signal.SIGINT)
    time.sleep(0.5)
    (folder / "over").touch()
    steps = acknowledged(process)
    assert process.returncode == 0, process.returncode
    return steps


def check(folder: Path, steps: list[int]) -> int:
    """Open the files as the next run would, and look for each step in all three; return how many bytes the log has."""
    for name in ("run.jsonl", "run.csv"):
        with Recorder(folder / name) as recorder:
            assert recorder.lost == 0
    with TombstoneLog(folder / "log") as log:
        assert log.lost == 0
    lines = (folder / "run.jsonl").read_text().splitlines()
    missing(steps, "run.jsonl", [json.loads(line)["step"] for line in lines])
    with open(folder / "run.csv", newline="") as file:
        missing(steps, "run.csv", [int(row["step"]) for row in csv.DictReader(file)])
    fault = verify(folder / "log").fault
    assert fault is None, fault
    notes = [json.loads(line) for line in (folder / "log").read_text(errors="replace").splitlines() if line[:1] == "{"]
    missing(steps, "log", [note["evidence"]["step"] for note in notes if note.get("event") == "note"])
    return (folder / "log").stat().st_size


def missing(steps: list[int], name: str, found: list[int]) -> None:
    """Refuse a file that lacks a step, or has one twice."""
    assert set(steps) <= set(found), f"{name} lacks {sorted(set(steps) - set(found))[:5]}"
    assert len(found) == len(set(found)), f"{name} has a step twice"


def main(kills: int, interrupts: int) -> None:
    dice = random.Random(kills)
    with tempfile.TemporaryDirectory() as name:
        folder, steps = Path(name), []
        for told in killed(folder, kills, dice):
            steps += told
            check(folder, steps)
        print(f"{kills} kills: {len(steps)} steps acknowledged in all, each in three files; the chain whole each time")
    with tempfile.TemporaryDirectory() as name:
        steps = interrupted(Path(name), interrupts, dice)
        check(Path(name), steps)
        print(f"{interrupts} interrupts: {len(steps)} steps acknowledged, each in three files; the chain whole")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
