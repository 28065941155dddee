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
    monitor, log, is_writing = Monitor(), TombstoneLog(f"{folder}/log"), [False]
    files = Recorder(f"{folder}/run.jsonl"), Recorder(f"{folder}/run.csv")

    def interrupt(*_: object) -> None:
        if is_writing[0]:
            is_writing[0] = False
            raise KeyboardInterrupt

    signal.signal(signal.SIGINT, interrupt)
    print("ready", flush=True)
    step = first
    while not (goes_on and os.path.exists(f"{folder}/over")):
        step += 1
        try:
            is_writing[0] = True
            snapshot = monitor.update(loss=2.0 + step % 7, step=step)
            for file in files:
                file.write(snapshot)
            log.tombstone(event="note", policy="p", evidence={"step": step})
            os.write(1, f"{step}\n".encode())
            is_writing[0] = False
        except KeyboardInterrupt:
            pass


if __name__ == "__main__":
    write_all(sys.argv[1], int(sys.argv[2]), sys.argv[3] == "interrupted")
