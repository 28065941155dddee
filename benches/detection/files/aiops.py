"""AIOPS: 29 metrics of web services from the challenge of 2018, a point in one or five minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detection.files import grid

if TYPE_CHECKING:
    from pathlib import Path

    from detection.series import Series


def from_aiops(folder: Path) -> list[Series]:
    """``separate_train_data/Nth_ts_train.csv``, each followed by ``separate_test_data/Nth_ts_test.csv``."""
    parts = sorted((folder / "separate_train_data").glob("*th_ts_train.csv"))
    return [_series(train, folder / "separate_test_data" / train.name.replace("train", "test")) for train in parts]


def _series(train: Path, test: Path) -> Series:
    return grid.series(train.name.partition("_")[0], grid.read([train, test]))
