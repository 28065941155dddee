"""A table of ``ts,value`` as columns, beside pandas on the same file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import anet_lite as ours
from race import OURS

if TYPE_CHECKING:
    from pathlib import Path

PANDAS = "pandas.read_csv"


@pytest.mark.parametrize("contender", [PANDAS, OURS])
def test_read(race, peer, contender, quick, tmp_path: Path):
    """The answer is the values; both read the times too. pandas is told which column they are in."""
    path, rows = tmp_path / "table.csv", 1000 if quick else 1_000_000
    with path.open("w", encoding="utf-8") as file:
        file.write("ts,value\n")
        for row in range(rows):
            clock = f"{row // 3600 % 24:02d}:{row // 60 % 60:02d}:{row % 60:02d}"
            file.write(f"2024-01-{1 + row // 86400:02d} {clock},{row % 100}.{row % 1000:03d}\n")

    def theirs() -> Any:
        return peer("pandas").read_csv(path, parse_dates=["ts"])["value"].to_numpy()

    def read() -> Any:
        return ours.read(path).numbers["value"]

    race("read a CSV", contender, read if contender == OURS else theirs, items=rows)
