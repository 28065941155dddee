"""Rows with times, some of them absent, as a series with a point for each step."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import numpy as np

from detection.files.period import period
from detection.series import Series

if TYPE_CHECKING:
    from pathlib import Path

    from detection.series import Floats

EMPTY = re.compile(r",(?=,|\r?$)", re.MULTILINE)
BURN, SHARE = 3000, 0.15
"""15 % of a series are scored but not judged, 3000 points at most."""


def read(paths: list[Path]) -> Floats:
    """Return timestamp, value and label of the rows of CSV files that follow one another; an empty cell is NaN."""
    return np.concatenate([_rows(path) for path in paths])


def _rows(path: Path) -> Floats:
    text = EMPTY.sub(",nan", path.read_text())
    return np.loadtxt(io.StringIO(text), delimiter=",", skiprows=1, usecols=(0, 1, 2), ndmin=2)


def series(name: str, rows: Floats) -> Series:
    """Return a series from rows of time, value and label, in any order.

    The median distance of two times is a step. Where rows are absent stands NaN; of two rows in one step the first
    counts.
    """
    rows = rows[np.argsort(rows[:, 0], kind="stable")]
    steps = np.diff(rows[:, 0])
    places = np.rint((rows[:, 0] - rows[0, 0]) / np.median(steps[steps > 0])).astype(int)
    places, kept = np.unique(places, return_index=True)
    x, labels = np.full(places[-1] + 1, np.nan), np.zeros(places[-1] + 1, bool)
    x[places] = rows[kept, 1]
    labels[places] = rows[kept, 2] > 0
    return Series(name, x, labels, min(int(SHARE * len(x)), BURN), period(x))
