"""TSB-AD-U: 870 series from forty sources, curated (Liu and Paparrizos, NeurIPS 2024)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from detection.files.period import period
from detection.series import Series

if TYPE_CHECKING:
    from pathlib import Path


def from_tsb_ad(folder: Path) -> list[Series]:
    """Every CSV file of ``folder``: columns Data, Label. The points of ``..._tr_N_...`` in its name are not judged."""
    return [_series(path) for path in sorted(folder.glob("*_tr_*.csv"))]


def _series(path: Path) -> Series:
    rows = np.loadtxt(path, delimiter=",", skiprows=1, ndmin=2)
    train = re.search(r"_tr_(\d+)_", path.name)
    return Series(path.stem, rows[:, 0], rows[:, -1] > 0, int(train[1]) if train else 0, period(rows[:, 0]))
