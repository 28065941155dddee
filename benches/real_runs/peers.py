"""Tools that users would install instead, each by its own documented entry point: a log in, its findings out."""

from __future__ import annotations

import csv
import io
import json
import math
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from importlib import import_module
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Callable

import numpy as np

from failure_zoo.score import incidents
from real_runs.logs import SIGNALS

if TYPE_CHECKING:
    from real_runs.logs import Log


@dataclass(frozen=True)
class Finding:
    """What a tool says of a run: by its gravest severity or by a lesser one, and of which row, if it says one."""

    grave: bool
    row: int | None = None


#: Takes a log, gives what the tool finds above the level of a remark.
Peer = Callable[["Log"], "list[Finding]"]

#: The engine is asked at most this often in a run, since it reads 1,500 rows anew each time.
QUESTIONS = 500


def steps(log: Log) -> list[int]:
    """Return the step of each row; the row itself where a log does not say."""
    if not log.given["step"].all():
        return list(range(len(log)))
    return [int(step) for step in log.columns["step"]]


def write_csv(log: Log, path: Path) -> Path:
    """Write a log as a trainer would: a column a signal, an empty cell where nothing is given."""
    names = [name for name in SIGNALS if log.given[name].any()]
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["step", *names])
        for row, step in enumerate(steps(log)):
            table.writerow([step, *(repr(float(log.columns[n][row])) if log.given[n][row] else "" for n in names)])
    return path


def runmedic(log: Log) -> list[Finding]:
    """Ask `runmedic diagnose FILE --json`."""
    report = _said(import_module("runmedic.cli").main, log, "diagnose", "--json")
    found = (finding for run in report for finding in run["findings"])
    return [
        Finding(finding["severity"] == "critical", _row(log, finding["step"]))
        for finding in found
        if finding["severity"] != "info"
    ]


def losslint(log: Log) -> list[Finding]:
    """Ask `losslint check FILE --format json`. It lists up to five steps of a finding."""
    findings = []
    for finding in _said(import_module("losslint.cli").main, log, "check", "--format", "json")["findings"]:
        if finding["severity"] != "info":
            rows = [_row(log, step) for step in finding["details"].get("steps", [])] or [None]
            findings += [Finding(finding["severity"] == "error", row) for row in rows]
    return findings


def trainscope(log: Log) -> list[Finding]:
    """Feed its default detector, a CUSUM, as its `step` does: losses that are not finite are passed over."""
    detector = import_module("trainscope.core").make_detector({"name": "changepoint"})
    losses = log.columns["loss"].tolist()
    rings = [math.isfinite(loss) and detector.update(loss) is not None for loss in losses]
    return [Finding(grave=True, row=row) for row in incidents(np.array(rings))]


def pulseml(log: Log) -> list[Finding]:
    """Feed its `DetectionEngine` as its background process does, which asks by the clock: here every few rows."""
    engine = import_module("pulse.pulse_detect").DetectionEngine(require_new_data=True)
    names = [name for name in SIGNALS if log.given[name].any()]
    every, findings = math.ceil(len(log) / QUESTIONS), []
    for end in range(every, len(log) + 1, every):
        seen = {name: log.columns[name][:end][log.given[name][:end]].tolist() for name in names}
        counts = {name: len(values) for name, values in seen.items()}
        kept = {name: values[-1500:] for name, values in seen.items()}
        raised = engine.update(kept, step=end - 1, counts=counts)["raised"]
        findings += [Finding(found.severity == "critical", end - 1) for found in raised if found.severity != "info"]
    return findings


def _said(main: Callable[[list[str]], Any], log: Log, command: str, *options: str) -> Any:
    """Run a tool's command line on a log, and read the JSON that it prints."""
    out = io.StringIO()
    with TemporaryDirectory() as folder, redirect_stdout(out), redirect_stderr(io.StringIO()):
        main([command, str(write_csv(log, Path(folder) / "run.csv")), *options])
    return json.loads(out.getvalue())


def _row(log: Log, step: float | None) -> int | None:
    """Return the first row of a step."""
    return next((row for row, at in zip(count(), steps(log)) if at == step), None)


def installed() -> dict[str, Peer]:
    """Return the tools that this environment has; print the names of the others."""
    wanted = {runmedic: "runmedic.cli", losslint: "losslint.cli", trainscope: "trainscope.core", pulseml: "pulse"}
    found = {peer.__name__: peer for peer, module in wanted.items() if _imports(module)}
    missing = [peer.__name__ for peer in wanted if peer.__name__ not in found]
    if missing:
        print("not installed, so left out:", ", ".join(missing))
    return found


def _imports(module: str) -> bool:
    try:
        import_module(module)
    except ImportError:
        return False
    return True
