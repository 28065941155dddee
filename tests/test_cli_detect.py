"""``anet-lite detect`` and ``anet-lite trace --detector``, as a shell sees them."""

from __future__ import annotations

import csv
import io
import json
import subprocess
from typing import TYPE_CHECKING

import numpy as np
import pytest

import command_line
import rh_sparse_anomaly as rh
from anet_lite import StreamDetector

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def series() -> np.ndarray:
    x = np.round(np.sin(np.arange(1200) / 8) + 0.1 * np.random.default_rng(0).standard_normal(1200), 4)
    x[900:920] += 3
    return x


@pytest.fixture
def file(series: np.ndarray, tmp_path: Path) -> str:
    lines = ["time,host,load", *(f"t{i},web,{value}" for i, value in enumerate(series))]
    lines[501] = "t500,web,"
    path = tmp_path / "load.csv"
    path.write_text("\n".join(lines) + "\n")
    return str(path)


def test_csv_has_the_detectors_numbers(file: str, series: np.ndarray) -> None:
    rows = list(csv.DictReader(io.StringIO(command_line.run("detect", file, "--format", "csv").stdout)))
    series[500] = np.nan
    found = StreamDetector().push_many(series)
    assert np.array_equal([float(row["score"]) for row in rows], found.score, equal_nan=True)
    assert [int(row["alarm"]) for row in rows] == (found.p_value <= 1e-4).astype(int).tolist()


def test_the_table_lists_alarms_with_reasons(file: str) -> None:
    shown = command_line.run("detect", file).stdout
    rows = [line.split("│")[1:] for line in shown.splitlines() if line.startswith("│")]
    assert any(cells[0].strip().isdigit() and 900 <= int(cells[0]) <= 910 for cells in rows)
    assert "part" in shown


def test_a_calm_series_is_said_to_be_calm(tmp_path: Path) -> None:
    path = tmp_path / "calm.csv"
    path.write_text("\n".join(["1.5"] * 300))
    assert command_line.run("detect", str(path)).stdout == "no alarm in 300 samples\n"


def test_standard_input_is_scored_as_it_comes() -> None:
    line = [*command_line.COMMAND, "detect", "--format", "jsonl"]
    with subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as command:
        assert command.stdin is not None
        assert command.stdout is not None
        command.stdin.write("load\n1.0\n")
        command.stdin.flush()
        assert json.loads(command.stdout.readline())["value"] == 1.0
        command.stdin.write("2.0\n")
        command.stdin.flush()
        assert json.loads(command.stdout.readline())["index"] == 1
        command.stdin.close()
        assert command.wait(30) == 0


def test_the_picture_is_drawn(file: str, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    picture = tmp_path / "load.png"
    assert command_line.run("detect", file, "--plot", str(picture)).returncode == 0
    assert picture.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("text", "options", "sentence"),
    [
        ("a,b\nx,y\n", (), "has no column of numbers; its columns are a, b"),
        ("a,b,c\n1,2,x\n", (), "has several columns of numbers: a, b"),
        ("a,b\n1,2\n", ("--column", "c"), "has no 'c'; its columns are a, b"),
        ("a\n1\nx\n", ("--column", "a"), "row 2: 'x' is not a number"),
        ("", (), "is empty"),
    ],
)
def test_one_sentence_says_what_is_wrong(text: str, options: tuple[str, ...], sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text(text)
    done = command_line.run("detect", str(path), *options)
    assert done.returncode == 2
    assert sentence in " ".join(done.stderr.replace("│", " ").split())


def test_the_detector_stands_beside_the_trace() -> None:
    line = ("trace", "--k-zeros", "600", "--window", "64", "--scales", "16", "--detector", "--format", "jsonl")
    rows = [json.loads(row) for row in command_line.run(*line).stdout.splitlines()]
    highest = max(rows, key=lambda row: row["detector"])
    assert 599 // 2 < highest["index"] <= 599 // 2 + 8
    assert min(rows, key=lambda row: row["p_value"])["p_value"] < 1e-6


# --- the jolt stands out ----------------------------------------------------------------------------------------------

GAPS = rh.normalized_gaps(rh.generate_gammas(3000))
JOLT, ECHO = 8, 72


@pytest.mark.parametrize("factor", [0.5, 0.9, 1.05, 1.2, 1.8, 3.0])
@pytest.mark.parametrize("place", [300, 800, 1499, 2200, 2900])
def test_the_jolt_is_the_clear_maximum(factor: float, place: int) -> None:
    gaps = GAPS.copy()
    gaps[place : place + JOLT] *= factor
    found = StreamDetector().push_many(gaps)
    inside = found.score[place : place + JOLT].max()
    elsewhere = np.r_[found.score[:place], found.score[place + JOLT + ECHO :]]
    assert inside == found.score.max()
    assert inside > 3 * elsewhere.max()
    assert found.p_value[place : place + JOLT].min() < 1e-6
    assert found.p_value[:place].min() > 1e-4
