"""The Numenta Anomaly Benchmark (Lavin and Ahmad, ICMLA 2015)."""

from __future__ import annotations

import csv
import json
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np

from detection.files.period import period
from detection.series import Series

if TYPE_CHECKING:
    from pathlib import Path

BURN, PROBATION = 750, 0.15


def from_nab(folder: Path) -> list[Series]:
    """Every CSV file below ``folder``; points inside the windows of ``combined_windows.json`` are anomalous.

    It lies in a folder ``labels`` inside ``folder`` or, as it is published, beside it.
    """
    labels = folder / "labels" if (folder / "labels").exists() else folder.parent / "labels"
    windows = json.loads((labels / "combined_windows.json").read_text())
    paths = sorted(path for path in folder.rglob("*.csv") if path.relative_to(folder).as_posix() in windows)
    return [_series(path, path.relative_to(folder).as_posix(), windows) for path in paths]


def _series(path: Path, name: str, windows: dict[str, list[list[str]]]) -> Series:
    with path.open(newline="") as file:
        rows = [(row["timestamp"], float(row["value"])) for row in csv.DictReader(file)]
    times = np.array([datetime.fromisoformat(stamp) for stamp, _ in rows])
    x = np.array([value for _, value in rows])
    labels = np.zeros(len(x), bool)
    for first, last in windows[name]:
        labels |= (times >= datetime.fromisoformat(first)) & (times <= datetime.fromisoformat(last))
    return Series(name, x, labels, min(int(PROBATION * len(x)), BURN), period(x))
