"""Writes records and tombstones without end, and tells each step that was acknowledged: `writer.py FOLDER FIRST MODE`.

MODE is `killed`, or `interrupted`: then Ctrl-C may come anywhere, ends the step that it meets, and no more.
"""

from __future__ import annotations

import os
import signal
import sys

from anet_lite import Monitor, Recorder, TombstoneLog


def write_all(folder: str, first: int, goes_on: bool) -> None:
    """Write until the process is killed, or the file `over` stands in the folder."""
    snapshots = Monitor()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    files = Recorder(f"{folder}/run.jsonl"), Recorder(f"{folder}/run.csv")
    log = TombstoneLog(f"{folder}/log")
    step = first
    print("ready", flush=True)
    while not (goes_on and os.path.exists(f"{folder}/over")):
        try:
            step += 1
            snapshot = snapshots.update(loss=2.0 + step % 7, step=step)
            for file in files:
                file.write(snapshot)
            log.tombstone(event="note", policy="p", evidence={"step": step})
            os.write(1, f"{step}\n".encode())
        except KeyboardInterrupt:  # noqa: PERF203
            if not goes_on:
                raise


if __name__ == "__main__":
    write_all(sys.argv[1], int(sys.argv[2]), sys.argv[3] == "interrupted")
