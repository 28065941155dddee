"""A hundred runs with ten records a second each, and kills of boards and writers: whether a record is missing.

Once the runs are written below the board's folder, once they are sent to it.
"""

from __future__ import annotations

import json
import os
import random
import socket
import subprocess
import sys
import time
import urllib.request
from typing import TYPE_CHECKING

from board.process import served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_WRITERS, _PROCESSES, _SECONDS, _KILLS = 100, 4, 40, 20
_WRITE = """
import sys, time
from anet_lite import Monitor, Recorder
folder, first, last, seconds = sys.argv[1], *map(int, sys.argv[2:5])
runs = [(Recorder(f"{folder}/run-{at:03}.jsonl"), Monitor()) for at in range(first, last)]
end, due = time.monotonic() + seconds, time.monotonic()
while due < end:
    for recorder, monitor in runs:
        recorder.write(monitor.update(loss=1.0 + 0.01 * (recorder.records % 7)))
        print(recorder.path, flush=True)
    due += 0.1
    time.sleep(max(0.0, due - time.monotonic()))
"""


def table(folder: Path, sent: bool = False) -> Iterator[str]:
    """Yield the table, of runs that are sent to the board, or of runs that are written below its folder."""
    folder.mkdir()
    chance, kills, port = random.Random(0), 0, _free_port()
    to, options = (f"http://127.0.0.1:{port}", ["--accept"]) if sent else (str(folder), [])
    acknowledged = [_start(folder, to, part, _SECONDS) for part in range(_PROCESSES)]
    logs = [log for _, log in acknowledged]
    end = time.monotonic() + _SECONDS
    while kills < _KILLS and time.monotonic() < end:
        with served(folder, folder.parent / "cache", port, *options):
            time.sleep(_SECONDS / _KILLS - 1)
        kills += 1
        if kills % 2:
            part = chance.randrange(_PROCESSES)
            acknowledged[part][0].kill()
            acknowledged[part] = _start(folder, to, part, max(1, int(end - time.monotonic())))
            logs.append(acknowledged[part][1])
            kills += 1
    with served(folder, folder.parent / "cache", port, *options):
        for process, _ in acknowledged:
            process.wait()
        for part in range(_PROCESSES if sent else 0):  # what is left of a writer is sent by the next one
            _start(folder, to, part, 0)[0].wait()
    told = sum(log.read_bytes().count(b"\n") for log in logs)
    written = sum(path.read_bytes().count(b"\n") for path in folder.glob("*.jsonl"))
    with served(folder, folder.parent / "cache", port) as (address, _):
        shown = _rows(address)
    where = "sent to the board" if sent else "in the board's folder"
    yield f"| {_WRITERS} runs {where}, ten records a second each, {kills} kills of boards and writers | records |"
    yield "|---|---|"
    yield f"| acknowledged to a writer | {told:,} |"
    yield f"| in the files | {written:,} |"
    yield f"| on the board | {shown:,} |"


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def _start(folder: Path, to: str, part: int, seconds: int) -> tuple[subprocess.Popen[bytes], Path]:
    """Start a process that writes its part of the runs, and prints a line for each record that was taken."""
    share = _WRITERS // _PROCESSES
    log = folder.parent / f"written-{part}-{time.monotonic_ns()}"
    command = [sys.executable, "-c", _WRITE, to, str(part * share), str((part + 1) * share), str(seconds)]
    env = {**os.environ, "XDG_STATE_HOME": str(folder.parent / "state")}
    with log.open("wb") as out:
        return subprocess.Popen(command, stdout=out, env=env), log


def _rows(address: str) -> int:
    """Return the rows of all runs, once all were read."""
    while True:
        with urllib.request.urlopen(f"{address}api/runs") as answer:
            found = json.loads(answer.read())
        if found["ready"]:
            return sum(card["rows"] for card in found["cards"] if not card["error"])
        time.sleep(0.2)
