"""``anet-lite zeros`` prints and saves what ``zeta_zeros`` gives."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import mpmath
import numpy as np
import pytest

import command_line
from rh_sparse_anomaly import anomaly_trace_from_rh, zeta_zeros

if TYPE_CHECKING:
    from pathlib import Path


def test_json_lines_keep_every_digit() -> None:
    lines = command_line.run("zeros", "--start", "5", "--count", "30", "--format", "jsonl").stdout.splitlines()
    rows = [json.loads(line) for line in lines]
    assert [row["ordinal"] for row in rows] == list(range(5, 35))
    assert [row["height"] for row in rows] == zeta_zeros(5, 30).tolist()


def test_csv_and_table_have_a_row_for_each() -> None:
    assert len(command_line.run("zeros", "--count", "7", "--format", "csv").stdout.splitlines()) == 8
    assert "14.1347251417 " in command_line.run("zeros", "--count", "7").stdout


def test_heights_and_digits_are_as_asked() -> None:
    options = ("--from-height", "1000", "--to-height", "1004", "--digits", "20", "--json")
    rows = [json.loads(line) for line in command_line.run("zeros", *options).stdout.splitlines()]
    assert [row["ordinal"] for row in rows] == [650, 651, 652]
    with mpmath.workdps(30):
        assert rows[0]["height"] == mpmath.nstr(mpmath.zetazero(650).imag, 24, strip_zeros=False)


@pytest.mark.parametrize(
    ("options", "text"),
    [
        (("--start", "3", "--from-height", "9"), "--start and --from-height both say where to begin"),
        (("--count", "3", "--to-height", "9"), "--count and --to-height both say where to end"),
        (("--from-height", "9", "--to-height", "8"), "--to-height must be at least --from-height, 9.0, got 8.0"),
        (("--count", "-1"), "count must be at least 0, got -1"),
        (("--digits", "-1"), "digits must be at least 0, got -1"),
    ],
)
def test_what_is_wrong_is_named(options: tuple[str, ...], text: str) -> None:
    wrong = command_line.run("zeros", *options)
    assert wrong.returncode == 2
    assert text in " ".join(wrong.stderr.replace("│", " ").split())


def test_a_numpy_file_holds_all_chunks(tmp_path: Path) -> None:
    file = tmp_path / "zeros.npy"
    done = command_line.run("zeros", "--count", "70000", "--npy", str(file))
    assert (done.returncode, done.stdout) == (0, "")
    assert (np.load(file) == zeta_zeros(1, 70_000)).all()


@pytest.mark.skipif(os.name == "nt", reason="no SIGINT to another process there")
def test_ctrl_c_leaves_at_once(tmp_path: Path) -> None:
    file = tmp_path / "zeros.npy"
    long = command_line.start("zeros", "--start", "1000000000", "--count", "100000000", "--npy", str(file))
    wait_for(file)
    start = time.monotonic()
    long.send_signal(signal.SIGINT)
    long.communicate(timeout=30)
    assert long.returncode != 0
    assert time.monotonic() - start < 5


@pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminals there")
def test_long_ranges_show_a_bar_on_a_terminal(tmp_path: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    command = [*command_line.COMMAND, "zeros", "--count", "300000", "--npy", str(tmp_path / "zeros.npy")]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env={**os.environ, "TERM": "xterm"}):
        os.close(theirs)
        shown = b""
        with suppress(OSError):  # the other end is closed
            while piece := os.read(ours, 4096):
                shown += piece
    os.close(ours)
    assert b"finding" in shown
    assert b"%" in shown


def wait_for(file: Path) -> None:
    """Wait until the first chunk is there."""
    deadline = time.monotonic() + 30
    while not file.exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_impossible_ranges_are_named() -> None:
    wrong = command_line.run("zeros", "--start", "0")
    assert wrong.returncode == 2
    assert "start must be at least 1, got 0" in wrong.stderr


def test_the_trace_takes_true_zeros() -> None:
    options = ("--k-zeros", "300", "--window", "64", "--scales", "16", "--method", "exact", "--format", "jsonl")
    rows = [json.loads(line) for line in command_line.run("trace", *options).stdout.splitlines()]
    assert [row["combined"] for row in rows] == [c for _, c, _ in anomaly_trace_from_rh(300, 64, (16,), method="exact")]
