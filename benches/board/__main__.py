"""Prints the tables: ``python -m board [RUNS] [ROWS]``. Needs Playwright and Chromium, and TensorBoard beside it."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from board import beside, many, storm


def main() -> None:
    """Measure, and print a table each."""
    runs, rows = (int(text) for text in (*sys.argv[1:3], *("200", "10000")[len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for lines in (
            many.table(root / "many", runs, rows),
            storm.table(root / "storm"),
            storm.table(root / "sent", sent=True),
            beside.table(root / "beside"),
        ):
            print("\n".join(lines), end="\n\n", flush=True)


if __name__ == "__main__":
    main()
