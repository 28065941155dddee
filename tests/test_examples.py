"""The examples that need no framework run, and say what their first lines promise."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"


def run(name: str, *arguments: str, folder: Path) -> str:
    line = [sys.executable, str(EXAMPLES / name), *arguments]
    return subprocess.run(line, cwd=folder, capture_output=True, encoding="utf-8", check=True, timeout=120).stdout


def test_plain_loop_stops_at_the_wrong_rate_and_leaves_its_records(tmp_path: Path) -> None:
    output = run("plain_loop.py", "run.jsonl", folder=tmp_path)
    assert output.startswith("Step 400: the run is suspect. The learning rate is 0.4, 8 times the largest before, 0.05")
    assert "401 records in run.jsonl" in output
    last = json.loads((tmp_path / "run.jsonl").read_text().splitlines()[-1])
    assert (last["step"], last["alarms"]) == (400, "lr_jump")


def step_of(output: str) -> int:
    return int(output.partition(":")[0].rpartition(" ")[2])


def test_sklearn_partial_fit_sees_the_mixed_labels(tmp_path: Path) -> None:
    pytest.importorskip("sklearn", reason="the example needs scikit-learn")
    assert 500 <= step_of(run("sklearn_partial_fit.py", folder=tmp_path)) < 520


def test_river_pipeline_sees_the_changed_sign(tmp_path: Path) -> None:
    pytest.importorskip("river", reason="the example needs river")
    assert 2000 <= step_of(run("river_pipeline.py", folder=tmp_path)) < 2050


def test_inference_stream_sees_the_empty_feature(tmp_path: Path) -> None:
    assert step_of(run("inference_stream.py", folder=tmp_path)) == 3000


def test_merge_two_nets_is_warned_and_better_aligned(tmp_path: Path) -> None:
    output = run("merge_two_nets.py", folder=tmp_path)
    assert "2 of 2 matrices of A and B do not match" in output
    assert "put back: 63 of 64 units" in output
    losses = {name: float(loss) for name, loss in re.findall(r"^(.+): mean loss (\S+) at 1/2", output, re.MULTILINE)}
    assert losses["aligned"] < 0.5 * losses["as it is"]
