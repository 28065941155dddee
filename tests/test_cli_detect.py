"""``anet-lite detect`` and ``anet-lite trace --detector``, as a shell sees them."""

from __future__ import annotations

import csv
import io
import json
import signal
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


def clock(row: int) -> str:
    return str(np.datetime64("2024-01-01T00:00") + 5 * row)


@pytest.fixture
def file(series: np.ndarray, tmp_path: Path) -> str:
    lines = ["time,host,load", *(f"{clock(i)},web,{value}" for i, value in enumerate(series))]
    lines[501] = f"{clock(500)},web,"
    path = tmp_path / "load.csv"
    path.write_text("\n".join(lines) + "\n")
    return str(path)


def said(*arguments: str, status: int = 0) -> str:
    done = command_line.run("detect", *arguments)
    assert done.returncode == status, done.stderr
    return done.stdout


def refused(*arguments: str) -> str:
    done = command_line.run("detect", *arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    return " ".join(done.stderr.replace("│", " ").split())


def test_csv_has_the_detectors_numbers(file: str, series: np.ndarray) -> None:
    rows = list(csv.DictReader(io.StringIO(said(file, "--format", "csv"))))
    series[500] = np.nan
    found = StreamDetector().push_many(series)
    assert np.array_equal([float(row["score"]) for row in rows], found.score, equal_nan=True)
    assert [int(row["alarm"]) for row in rows] == (found.p_value <= 1e-4).astype(int).tolist()
    assert (rows[7]["index"], rows[7]["time"]) == ("7", "2024-01-01 00:35:00")


def test_a_file_is_told_in_words(file: str) -> None:
    shown = said(file)
    assert "load.csv: a table with commas; load looked at, time time" in shown
    assert "1 alarm in 1,200 samples." in shown
    assert "load is" in shown or "load was" in shown
    assert "2024-01-04 03:" in shown
    assert "load" in said(file, "--lang", "ja")


def test_alarms_alone_are_lines_with_all_that_is_known(file: str) -> None:
    (row,) = map(json.loads, said(file, "--format", "jsonl", "--alarms").splitlines())
    assert 900 <= row["start"] <= 910
    assert (row["direction"], row["name"]) == ("up", "load")
    (line,) = csv.DictReader(io.StringIO(said(file, "--format", "csv", "--alarms")))
    assert line["start"] == str(row["start"])


def test_a_calm_series_is_said_to_be_calm_with_its_strangest_moments(tmp_path: Path) -> None:
    path = tmp_path / "calm.csv"
    path.write_text("\n".join(["1.5"] * 300))
    assert "No alarm in 300 samples." in said(str(path))
    path.write_text("\n".join(str(x) for x in np.random.default_rng(0).normal(size=500).round(3)))
    assert "Strangest, though nothing that rings" in said(str(path), "--strangest", "2")


def test_a_long_table_is_a_stream_a_host(series: np.ndarray, tmp_path: Path) -> None:
    path, random = tmp_path / "long.csv", np.random.default_rng(1)
    calm = np.sin(np.arange(1200) / 8) + 0.1 * random.standard_normal((2, 1200))
    rows = [f"{clock(i)},h{k},{x}" for i in range(1200) for k, x in enumerate((series[i], *calm[:, i]))]
    path.write_text("\n".join(["ts,host,value", *rows]))
    for options in ((), ("--key", "host")):
        shown = said(str(path), *options)
        assert "a stream for each host" in shown
        assert "1 alarm in 3,600 samples of 3 streams." in shown
        assert "h0 " in shown
    alone = said(str(path), "--key", "none")
    assert "a stream for each" not in alone
    assert "rows left out whose time had come before" in alone


def test_several_columns_are_several_streams(series: np.ndarray, tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text("\n".join(["a,b", *(f"{x},{-x}" for x in series)]))
    assert "several columns of numbers: a, b" in refused(str(path))
    assert "of 2 streams" in said(str(path), "--column", "a", "--column", "b")
    assert "of 2 streams" in said(str(path), "--all-columns")
    names = {row["stream"] for row in csv.DictReader(io.StringIO(said(str(path), "--all-columns", "--format", "csv")))}
    assert names == {"a", "b"}


def test_missing_rows_and_resampling_are_told(series: np.ndarray, tmp_path: Path) -> None:
    path = tmp_path / "gap.csv"
    rows = [f"{clock(i)},{x}" for i, x in enumerate(series) if not 300 <= i < 340]
    path.write_text("\n".join(["time,load", *rows]))
    assert "40 missing rows taken for gaps, one every 5m expected" in said(str(path))
    assert "in 400 samples" in said(str(path), "--resample", "15m:max")


@pytest.mark.parametrize("command", ["replay", "plot", "report", "watch"])
def test_every_command_that_reads_is_told_how_a_file_is_written(command: str, tmp_path: Path) -> None:
    path = tmp_path / "run.csv"
    path.write_text("step|loss\n" + "".join(f"{at}|{2 - at / 1000:.3f}\n".replace(".", ",") for at in range(200)))
    done = command_line.run(command, str(path), "--decimal", "x")
    assert done.returncode == 2
    assert "--decimal" in done.stderr
    if command == "replay":
        assert "200 rows" in command_line.run(command, str(path), "--decimal", ",", "--delimiter", "|").stdout


def test_what_is_no_number_is_told_and_never_read_as_one(tmp_path: Path) -> None:
    path, cells = tmp_path / "odd.csv", [str(10 + at % 7) for at in range(200)]
    cells[50:54] = ["inf", "NaN", "true", "0x10"]
    path.write_text("\n".join(["load", *cells]))
    shown = said(str(path))
    assert "load: 2 values not finite, the first inf in row 50, taken for missing" in shown
    assert "2 cells cannot be read, the first 'true' in line 54" in shown
    rows = list(csv.DictReader(io.StringIO(said(str(path), "--format", "csv"))))
    assert [row["value"] for row in rows[49:55]] == ["10.0", "inf", "nan", "nan", "nan", "15.0"]


def test_an_alarm_can_fail_the_command(file: str) -> None:
    said(file, "--fail-on", "alarm", status=1)
    said(file, "--fail-on", "alarm", "--threshold", "1e-300")


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


def live(text: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    line = [*command_line.COMMAND, "detect", *arguments]
    return subprocess.run(line, input=text, capture_output=True, text=True, timeout=60, check=False)


def test_a_live_alarm_is_a_line_where_it_begins_and_where_it_is_over(file: str) -> None:
    with open(file) as text:
        done = live(text.read())
    begins, over = done.stdout.splitlines()
    assert begins.startswith("2024-01-04 03:")
    assert "ALARM load: load is" in begins
    assert "over load: " in over


def test_ctrl_c_ends_a_live_stream_whole(series: np.ndarray, tmp_path: Path) -> None:
    line = [*command_line.COMMAND, "detect", "--state", str(tmp_path / "state")]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(line, text=True, **pipes) as command:
        assert command.stdin is not None
        assert command.stdout is not None
        command.stdin.write("\n".join(map(str, series[:910])) + "\n")
        command.stdin.flush()
        assert "ALARM" in command.stdout.readline()
        command.send_signal(signal.SIGINT)
        assert command.wait(30) == 130
        assert "Traceback" not in (command.stderr.read() if command.stderr else "")
    done = live("\n".join(map(str, series[910:])), "--state", str(tmp_path / "state"))
    assert ": " in done.stdout
    assert "over" in done.stdout
    assert "ALARM" not in done.stdout


def test_a_state_with_other_settings_is_refused(file: str, tmp_path: Path) -> None:
    state = str(tmp_path / "state")
    said(file, "--state", state)
    assert "was made with threshold 0.0001, and 0.001 is asked now" in refused(
        file, "--state", state, "--threshold", ".001"
    )
    (tmp_path / "other").write_text("x")
    assert "data must be what StreamAlarms.to_bytes gave" in refused(file, "--state", str(tmp_path / "other"))


def test_a_command_runs_for_each_event_and_cannot_be_named_by_the_data(tmp_path: Path, series: np.ndarray) -> None:
    out = tmp_path / "out"
    name = "$(touch pwned)`touch pwned`;touch pwned"
    text = "\n".join([f'"{name}"', *map(str, series)])
    done = live(text, "--exec", f'echo "$ANET_EVENT $ANET_NAME" >> {out}; cat > {out}.json', "--header")
    assert done.returncode == 0, done.stderr
    assert out.read_text().splitlines() == [f"begins {name}", f"over {name}"]
    assert json.loads((tmp_path / "out.json").read_text())["event"] == "over"
    assert not (tmp_path / "pwned").exists()


def test_a_silent_stream_is_told_once_and_when_it_is_back() -> None:
    line = [*command_line.COMMAND, "detect", "--stale", "300ms"]
    with subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as command:
        assert command.stdin is not None
        assert command.stdout is not None
        command.stdin.write("load\n1.0\n")
        command.stdin.flush()
        assert "SILENT: no sample for 0.3s" in command.stdout.readline()
        command.stdin.write("2.0\n")
        command.stdin.flush()
        assert "back: samples come again" in command.stdout.readline()
        command.stdin.close()
        assert command.wait(30) == 0


def test_a_file_that_grows_is_followed_through_a_rotation(series: np.ndarray, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("load\n" + "\n".join(map(str, series[:600])) + "\n")
    line = [*command_line.COMMAND, "detect", str(path), "--follow", "--format", "csv"]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as command:
        assert command.stdout is not None
        first = [command.stdout.readline() for _ in range(601)]
        assert first[-1].startswith("599,")
        path.rename(tmp_path / "log.1")
        path.write_text("load\n" + "\n".join(map(str, series[600:])) + "\n")
        rest = [command.stdout.readline() for _ in range(600)]
        assert rest[-1].startswith("1199,")
        command.send_signal(signal.SIGINT)
        assert command.wait(30) == 130


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_the_picture_is_drawn(file: str, tmp_path: Path, ending: str) -> None:
    pytest.importorskip("matplotlib")
    picture = tmp_path / f"load.{ending}"
    said(file, "--plot", str(picture))
    assert picture.read_bytes()[:5] in (b"\x89PNG\r", b"<?xml")


def test_a_reader_that_has_enough_ends_the_command_quietly(file: str) -> None:
    line = [*command_line.COMMAND, "detect", file, "--format", "csv"]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as command:
        assert command.stdout is not None
        assert command.stderr is not None
        assert command.stdout.readline() == "index,time,value,score,p_value,held,alarm\n"
        command.stdout.close()
        assert command.wait(30) == 141
        assert "Error" not in command.stderr.read()


def test_the_page_holds_the_alarm_in_words(file: str, tmp_path: Path) -> None:
    page = tmp_path / "load.html"
    said(file, "--report", str(page), "--lang", "ja")
    text = page.read_text(encoding="utf-8")
    assert "警報が1件あります" in text
    assert '"axis":"time"' in text


@pytest.mark.parametrize(
    ("text", "options", "sentence"),
    [
        ("a,b\nx,y\n", (), "its columns are a, b"),
        ("a,b,c\n1,2,x\n", (), "several columns of numbers: a, b"),
        ("a,b\n1,2\n", ("--column", "c"), "has no column 'c'; its columns are a, b"),
        ("a,b\n1,2\n", ("--column", "a", "--key", "c"), "has no column 'c'"),
        ("", (), "is empty"),
        ("a\n1\n2\n", ("--budget", "1/day"), "budget 1/day needs the time between two samples"),
        ("a\n1\n2\n", ("--budget", "lots"), "budget must be such as 3/10k, 1/day or 2/week"),
        ("a\n1\n2\n", ("--interval", "fast"), "interval must be a duration such as 30s"),
        ("a\n1\n2\n", ("--resample", "5m"), "resample needs times"),
        ("a\n1\n2\n", ("--threshold", "2"), "threshold"),
        ("a\n1\n2\n", ("--delimiter", "ab"), "--delimiter"),
        ("a\n1\n2\n", ("--decimal", "x"), "--decimal"),
        ("a\n1\n2\n", ("--encoding", "klingon"), "--encoding"),
    ],
)
def test_one_sentence_says_what_is_wrong(text: str, options: tuple[str, ...], sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text(text)
    assert sentence in refused(str(path), *options)


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
