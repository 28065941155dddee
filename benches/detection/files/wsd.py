"""WSD: 210 metrics of web services, a point a minute (Zhang et al., AnoTransfer, JSAC 2022)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from detection.files import grid

if TYPE_CHECKING:
    from pathlib import Path

    from detection.series import Series


def from_wsd(folder: Path) -> list[Series]:
    """Every CSV file of ``folder``: columns timestamp, value, label. Absent minutes are missing points."""
    return [grid.series(path.stem, grid.read([path])) for path in sorted(folder.glob("*.csv"))]
