"""``anet-lite trace`` prints the numbers of ``anomaly_trace_from_rh``, in each of its forms."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

import command_line
from rh_sparse_anomaly import anomaly_trace_from_rh

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SMALL = ("trace", "--k-zeros", "400", "--window", "64", "--scales", "16,64")
EXPECTED = anomaly_trace_from_rh(400, 64, (16, 64))


def table(rows: list[tuple[int, float, dict[int, float]]]) -> list[dict[str, Any]]:
    """Rows of the function as rows of the command."""
    return [{"index": i, "combined": c, **{f"scale_{k}": v for k, v in per.items()}} for i, c, per in rows]


def test_json_lines() -> None:
    lines = command_line.run(*SMALL, "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == table(EXPECTED)


def test_csv_keeps_every_digit() -> None:
    rows = csv.DictReader(io.StringIO(command_line.run(*SMALL, "--format", "csv").stdout))
    assert [{name: float(value) for name, value in row.items()} for row in rows] == table(EXPECTED)


def test_table_shows_every_fiftieth_row() -> None:
    shown = command_line.run(*SMALL).stdout
    rows = [line.split("│")[1:4] for line in shown.splitlines() if line.startswith("│")]
    assert [int(row[0]) for row in rows] == [index for index, _, _ in EXPECTED[::50]]
    assert [row[1].strip() for row in rows] == [f"{combined:.4f}" for _, combined, _ in EXPECTED[::50]]


def test_every_thins_the_rows() -> None:
    lines = command_line.run(*SMALL, "--format", "jsonl", "--every", "100").stdout.splitlines()
    assert [json.loads(line) for line in lines] == table(EXPECTED[::100])


@pytest.mark.parametrize(
    ("options", "parameters"),
    [
        (("--no-inject-jolt",), {"inject_jolt": False}),
        (("--dim", "64", "--topk", "16"), {"dim": 64, "topk": 16}),
        (("--knn-k", "1", "--seed", "other"), {"knn_k": 1, "seed": "other"}),
    ],
)
def test_options_are_the_parameters(options: tuple[str, ...], parameters: dict[str, Any]) -> None:
    lines = command_line.run(*SMALL, *options, "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == table(anomaly_trace_from_rh(400, 64, (16, 64), **parameters))


@pytest.mark.parametrize("zeros", [67, 68, 80])
def test_jolt_near_the_end_is_cut_as_the_function_cuts_it(zeros: int) -> None:
    lines = command_line.run(
        "trace", "--k-zeros", str(zeros), "--window", "64", "--format", "jsonl"
    ).stdout.splitlines()
    assert [json.loads(line) for line in lines] == table(anomaly_trace_from_rh(zeros, 64))


def test_no_bar_in_a_pipe() -> None:
    assert command_line.run(*SMALL).stderr == ""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_bar_on_a_terminal(tmp_path: Path) -> None:
    import pty

    ours, terminal = pty.openpty()
    with (tmp_path / "rows.csv").open("w") as rows:
        line = [*command_line.COMMAND, *SMALL, "--format", "csv"]
        with subprocess.Popen(line, stdout=rows, stderr=terminal, env={**os.environ, "TERM": "xterm"}):
            os.close(terminal)
            shown = b"".join(read_until_closed(ours))
    assert b"scoring" in shown


def read_until_closed(terminal: int) -> Iterator[bytes]:
    """What is written to a terminal; at its end Linux reports an error, others an empty read."""
    with contextlib.suppress(OSError):
        while part := os.read(terminal, 4096):
            yield part
    os.close(terminal)
