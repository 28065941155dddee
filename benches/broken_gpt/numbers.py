"""The recorded rows, watched again by numbers: ``python -m broken_gpt.numbers FILE``. Needs no torch."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from anet_lite import Monitor
from broken_gpt.outcome import ONSET, Run
from broken_gpt.report import totals
from planted.idle import told

COLUMNS = ("loss", "grad_norm", "lr", "step_norm", "noise")
SIGNALS = {"loss alone": COLUMNS[:1], "loss, gradient, rate": COLUMNS[:3], "all": COLUMNS}


def save(runs: list[Run], path: Path) -> None:
    """Write the signals of each run. A signal that was not measured is kept apart from one that is NaN."""
    arrays = {}
    for run in runs:
        rows = [[getattr(snapshot, name) for name in COLUMNS] for snapshot in run.snapshots]
        arrays[f"{run.fault}-{run.seed}"] = np.array(rows, float)
        arrays[f"{run.fault}-{run.seed}-given"] = np.array([[cell is not None for cell in row] for row in rows])
    np.savez_compressed(path, **arrays)


def load(path: Path) -> dict[tuple[str, int], list[dict[str, float]]]:
    """Return the arguments of `Monitor.update`, row by row, of each fault and seed."""
    runs = {}
    with np.load(path) as file:
        for key in (key for key in file.files if not key.endswith("-given")):
            fault, seed = key.rsplit("-", 1)
            cells = zip(file[key].tolist(), file[f"{key}-given"].tolist())
            runs[fault, int(seed)] = [{n: v for n, v, is_given in zip(COLUMNS, *row) if is_given} for row in cells]
    return runs


def watched(fault: str, seed: int, rows: list[dict[str, float]], names: tuple[str, ...]) -> Run:
    """Return a run as a monitor sees it that is told these signals alone."""
    monitor = Monitor()
    picked = [{name: value for name, value in row.items() if name in names} for row in rows]
    return Run(fault, seed, [monitor.update(**row) for row in picked])


def idle(recorded: dict[tuple[str, int], list[dict[str, float]]]) -> str:
    """Return how many runs that break ring as soon when signals that show nothing are added."""
    names = COLUMNS[:3]
    broken = [rows for (fault, _), rows in recorded.items() if fault != "healthy"]
    whole = [rows for rows in broken if all(name in row for row in rows for name in names)]
    return told([({name: np.array([row[name] for row in rows]) for name in names}, ONSET) for rows in whole])


def main() -> None:
    """Print a line for each choice of signals, and what idle signals do to the first alarm."""
    recorded = load(Path(sys.argv[1]))
    for label, names in SIGNALS.items():
        print(f"{label}: {totals([watched(*key, rows, names) for key, rows in recorded.items()])}", flush=True)
    print(f"loss, gradient, rate: as soon with idle signals; with three idle groups too: {idle(recorded)}")


if __name__ == "__main__":
    main()
