"""A test whose framework is missing is counted and gives the command that installs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
MODULE = """
NEEDS = ("{package}",)

import {package}

def test_one():
    assert {package}.__name__ == "{package}"

def test_two():
    pass
"""


def run(folder: Path, package: str) -> str:
    (folder / "conftest.py").write_text("from needs import pytest_pycollect_makemodule\n", encoding="utf-8")
    (folder / "test_it.py").write_text(MODULE.format(package=package), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-rs", "-o", f"pythonpath={HERE}", "--rootdir", str(folder), str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder).stdout


def test_a_missing_framework_skips_every_test_by_name(tmp_path):
    printed = run(tmp_path, "no_such_framework")
    assert "2 skipped" in printed
    assert "no_such_framework not installed: make test-frameworks" in printed


def test_a_framework_that_is_there_runs_its_tests(tmp_path):
    assert "2 passed" in run(tmp_path, "json")
