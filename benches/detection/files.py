"""Series from files: a set in one .npz, and the Numenta Anomaly Benchmark as it is published."""

from __future__ import annotations

import csv
import json
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np

from detection.series import Floats, Series

if TYPE_CHECKING:
    from pathlib import Path

NAB_BURN, NAB_PROBATION = 750, 0.15


def from_npz(path: Path) -> list[Series]:
    """Arrays ``x|NAME`` and ``y|NAME``, and ``meta``: JSON with ``burn`` and a ``window`` for each name."""
    arrays = np.load(path)
    meta = json.loads(bytes(arrays["meta"]))
    names = [key[2:] for key in arrays.files if key.startswith("x|")]
    return [
        Series(name, arrays[f"x|{name}"].astype(float), arrays[f"y|{name}"] > 0, meta["burn"], meta["window"][name])
        for name in names
    ]


def from_nab(folder: Path) -> list[Series]:
    """Every CSV file below ``folder``; points inside the windows of ``labels/combined_windows.json`` are anomalous."""
    windows = json.loads((folder / "labels" / "combined_windows.json").read_text())
    paths = sorted(path for path in folder.rglob("*.csv") if path.relative_to(folder).as_posix() in windows)
    return [_nab_series(path, path.relative_to(folder).as_posix(), windows) for path in paths]


def _nab_series(path: Path, name: str, windows: dict[str, list[list[str]]]) -> Series:
    with path.open(newline="") as file:
        rows = [(row["timestamp"], float(row["value"])) for row in csv.DictReader(file)]
    times = np.array([datetime.fromisoformat(stamp) for stamp, _ in rows])
    x = np.array([value for _, value in rows])
    labels = np.zeros(len(x), bool)
    for first, last in windows[name]:
        labels |= (times >= datetime.fromisoformat(first)) & (times <= datetime.fromisoformat(last))
    return Series(name, x, labels, min(int(NAB_PROBATION * len(x)), NAB_BURN), period(x))


def period(x: Floats) -> int:
    """Lag of the highest peak of the autocorrelation at lags 3 to 400, or 125 where that lies past 303."""
    x = x[:20_000] - x[:20_000].mean()
    correlation = np.array([x[lag:] @ x[:-lag] for lag in range(3, min(401, len(x)))])
    inner = correlation[1:-1]
    peaks = 1 + np.flatnonzero((inner > correlation[:-2]) & (inner > correlation[2:]))
    if len(peaks) == 0:
        return 125
    offset = int(peaks[np.argmax(correlation[peaks])])
    return offset + 3 if 3 <= offset <= 300 else 125
