"""Prints how many tests ran and how many were skipped, from the logs of the runs: ``tally.py FOLDER``."""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

RESULT = re.compile(r"^test result: .* (\d+) passed; (\d+) failed; (\d+) ignored", re.MULTILINE)


def rust(log: Path) -> tuple[int, int]:
    """Count the tests that ran and those ignored, over every binary of one ``cargo test``."""
    rows = RESULT.findall(log.read_text(encoding="utf-8"))
    return sum(int(passed) for passed, _, _ in rows), sum(int(ignored) for _, _, ignored in rows)


def python(report: Path) -> tuple[int, int]:
    """Count the tests that ran and those skipped, from pytest's JUnit report."""
    suites = ET.parse(report).getroot().iter("testsuite")
    counts = [(int(suite.attrib["tests"]), int(suite.attrib["skipped"])) for suite in suites]
    skipped = sum(count for _, count in counts)
    return sum(count for count, _ in counts) - skipped, skipped


def main(folder: Path) -> None:
    """Print one line a log."""
    for log in sorted(folder.iterdir()):
        ran, skipped = rust(log) if log.suffix == ".log" else python(log)
        print(f"{log.stem:>10}: {ran} ran, {skipped} skipped")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
