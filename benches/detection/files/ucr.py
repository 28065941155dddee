"""The UCR anomaly archive: 250 series, one event in each (Wu and Keogh, TKDE 2021)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from detection.files.period import period
from detection.series import Series

if TYPE_CHECKING:
    from pathlib import Path


def from_ucr(folder: Path) -> list[Series]:
    """Every ``N_UCR_Anomaly_NAME_TRAIN_FIRST_LAST.txt``: numbers, a line each or all in one.

    The first TRAIN points are healthy and not judged; the event goes from FIRST to LAST, counted from 1.
    """
    return [_series(path) for path in sorted(folder.glob("*_UCR_Anomaly_*.txt"))]


def _series(path: Path) -> Series:
    x = np.array(path.read_text().split(), float)
    train, first, last = map(int, path.stem.split("_")[-3:])
    labels = np.zeros(len(x), bool)
    labels[first - 1 : last] = True
    return Series(path.stem, x, labels, train, period(x))
