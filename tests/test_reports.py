"""Every report of the page of reports is backed by a test that is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LINES = (ROOT / "docs/reports.md").read_text(encoding="utf-8").splitlines()
ROWS = [line for line in LINES if line.startswith("| ") and not line.startswith(("| **", "| report", "| then"))]


@pytest.mark.parametrize("row", ROWS, ids=[row.split("|")[1].strip()[:40] for row in ROWS])
def test_a_row_names_tests_that_are_there(row: str):
    named = re.findall(r"`([\w/]+\.py)::(\w+)`", row.split("|")[-2])
    assert named
    for path, name in named:
        assert f"def {name}(" in (ROOT / "tests" / path).read_text(encoding="utf-8")


def test_every_report_has_a_row_of_its_own():
    reports = [row for row in ROWS if "](https://github.com/" in row]
    assert len(reports) == len({row.split("|")[1] for row in reports}) == 18
