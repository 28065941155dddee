"""A record a step, and a run read back, against what a user would write by hand."""

from __future__ import annotations

import csv
import itertools
import json
import time
from typing import TYPE_CHECKING

import pytest

import anet_lite as ours
from anet_lite.replay import replay
from race import OURS

if TYPE_CHECKING:
    from pathlib import Path

BY_HAND, PANDAS = "json.dumps and a write", "pandas.read_csv and a loop of updates"
SIGNALS = ("loss", "grad_norm", "step_norm", "noise", "lr")
METRICS = ("theta", "sdot", "proc", "f_total", "zscore", "precursor")
ROWS = [(1 + step % 7 / 10, 1 + step % 5 / 10, 0.1, 0.5 + step % 3 / 10, 0.1) for step in range(1000)]


@pytest.mark.parametrize("contender", [BY_HAND, OURS])
def test_write(race, contender, tmp_path: Path):
    """Each line is handed to the system before the next step, so that a killed process loses none."""
    monitor, path = ours.Monitor(), tmp_path / "run.jsonl"
    seen = [monitor.update(*row) for row in ROWS]
    coming = itertools.cycle(zip(seen, ROWS))
    recorder = ours.Recorder(path) if contender == OURS else None
    file = None if recorder else path.open("w", encoding="utf-8")

    def by_hand() -> None:
        snap, signals = next(coming)
        record = {"time": time.time(), "step": snap.step, "row": snap.row, "status": snap.status}
        record |= zip(SIGNALS, signals)
        record |= {name: getattr(snap, name) for name in METRICS}
        record["alarms"] = ",".join(alarm.rule for alarm in snap.alarms)
        file.write(json.dumps(record) + "\n")
        file.flush()

    write = (lambda: recorder.write(next(coming)[0])) if recorder else by_hand
    for _ in ROWS:
        write()
    records = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    numbers = [[record[name] for name in (*SIGNALS, *METRICS)] for record in records]
    race("Recorder, a JSON line a step", contender, write, numbers)
    (recorder or file).close()


@pytest.mark.parametrize("contender", [PANDAS, OURS])
def test_replay(race, peer, contender, quick, tmp_path: Path):
    """The answer is the steps in which an incident opens."""
    path, rows = tmp_path / "run.csv", 1000 if quick else 1_000_000
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(SIGNALS)
        out.writerows(itertools.islice(itertools.cycle(ROWS), rows - 1))
        out.writerow([float("nan"), 1.0, 0.1, 0.5, 0.1])

    def loop() -> list[int]:
        monitor = ours.Monitor()
        table = peer("pandas").read_csv(path)
        return [snap.step for row in table.itertuples(index=False) if (snap := monitor.update(*row)).alarms]

    def replayed() -> list[int]:
        return [incident.first.step for incident in replay(str(path), ours.Monitor(), {}, lambda _: None).incidents]

    race("replay of 1,000,000 rows of CSV, a row", contender, {PANDAS: loop, OURS: replayed}[contender], items=rows)
