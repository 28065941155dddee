"""Damages files of every form and gives each to every command: `python tests/hostile/files.py COUNT SEED`.

A command may refuse a file with a sentence and status 2; a traceback, or a process that hangs, is a fault.
"""

from __future__ import annotations

import csv
import faulthandler
import gzip
import io
import json
import os
import random
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from pathlib import Path
from types import SimpleNamespace

from typer.testing import CliRunner

from anet_lite import Monitor, Recorder, TombstoneLog, merge
from anet_lite.cli.app import app
from anet_lite.cli.commands import watch

COMMANDS = {
    "replay": [],
    "report": ["-o", "out.html"],
    "plot": ["-o", "out.png"],
    "detect": ["--column", "loss"],
    "watch": [],
    "tombstones verify": [],
    "merge-check": ["whole.safetensors"],
}
SECONDS = 120
SIGNS = [b'"', b"\n", b"\r", b"\0", b"\xff", b"{", b"]", b",", b";", b"-"]
PIECES = [*SIGNS, b"nan", b"1e999", b"9" * 400, "\u2028é".encode(), b"\x1b["]


def seeds(folder: Path) -> dict[str, bytes]:
    """Return whole files by name: ours, and those of others."""
    monitor, losses = Monitor(), [2 - 0.01 * at if at != 60 else float("nan") for at in range(120)]
    with Recorder(folder / "a.jsonl") as lines, Recorder(folder / "a.csv") as table:
        for at, loss in enumerate(losses):
            snapshot = monitor.update(loss=loss, lr=0.1, step=at, batch_id=f"b{at}")
            lines.write(snapshot, epoch=at // 10)
            table.write(snapshot, epoch=at // 10)
    with TombstoneLog(folder / "log.jsonl") as log:
        for at in range(20):
            log.tombstone(event="note", policy="p", evidence={"at": at})
    rows = [{"step": at, "loss": loss, "learning_rate": 0.1} for at, loss in enumerate(losses)]
    text = io.StringIO()
    writer = csv.DictWriter(text, ["step", "loss", "learning_rate"], delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    found = {name: (folder / name).read_bytes() for name in ("a.jsonl", "a.csv", "log.jsonl")}
    found["trainer_state.json"] = json.dumps({"log_history": rows}).encode()
    found["other.csv"] = text.getvalue().encode()
    found["packed.csv.gz"] = gzip.compress(text.getvalue().encode(), mtime=0)
    weights = {name: [[at + step / 9 for step in range(9)] for at in range(9)] for name in ("a", "b")}
    merge.save(folder / "whole.safetensors", weights)
    found["model.safetensors"] = (folder / "whole.safetensors").read_bytes()
    found["train.log"] = "".join(f"step {at}: loss={loss:.4f} lr=0.1\n" for at, loss in enumerate(losses)).encode()
    return found


def damaged(content: bytes, dice: random.Random) -> bytes:
    """Return a file that was cut, or whose bytes were changed, moved or repeated."""
    found = bytearray(content)
    for _ in range(dice.randrange(1, 6)):
        at, kind = dice.randrange(len(found) or 1), dice.randrange(6)
        if kind == 0:
            del found[at:]
        elif kind == 1:
            found[at : at + 1] = dice.choice(PIECES)
        elif kind == 2:
            found[at:at] = dice.choice(PIECES) * dice.choice([1, 1, 50])
        elif kind == 3:
            found[at:at] = found[at : at + dice.randrange(200)]
        elif kind == 4:
            del found[at : at + dice.randrange(200)]
        else:
            found[at:at] = bytes(dice.randrange(256) for _ in range(20))
    return bytes(found)


def leave(_: float) -> None:
    """End ``watch`` after its first look."""
    raise KeyboardInterrupt


def main(count: int, seed: int) -> int:
    dice, ended, faults = random.Random(seed), Counter[str](), 0
    watch.time = SimpleNamespace(monotonic=time.monotonic, sleep=leave)
    whole = seeds(Path())
    for at in range(count):
        name = dice.choice(sorted(whole))
        Path(name).write_bytes(content := damaged(whole[name], dice))
        for command, options in COMMANDS.items():
            faulthandler.dump_traceback_later(SECONDS, exit=True)
            done = CliRunner().invoke(app, [*command.split(), name, *options])
            known = done.exception is None or isinstance(done.exception, SystemExit)
            ended[f"{command}: {done.exit_code}" if known else f"{command}: TRACEBACK"] += 1
            if not known:
                faults += 1
                print(f"file {at}, {name}, {command}: {content[:60]!r}...")
                traceback.print_exception(*done.exc_info, limit=-4, file=sys.stdout)
    faulthandler.cancel_dump_traceback_later()
    print(f"{count} damaged files, {len(COMMANDS)} commands: {dict(sorted(ended.items()))}")
    return int(faults > 0)


if __name__ == "__main__":
    warnings.simplefilter("ignore", DeprecationWarning)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        status = main(int(sys.argv[1]), int(sys.argv[2]))
    sys.exit(status)
