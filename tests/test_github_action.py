"""The GitHub Action: its script in an environment like GitHub's, and its description."""

from __future__ import annotations

import math
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from anet_lite.verdict import KINDS

ROOT = Path(__file__).parent.parent
ACTION = ROOT / ".github" / "actions" / "verdict"
DESCRIPTION = (ACTION / "action.yml").read_text(encoding="utf-8")
FALLING = [2.0 * 0.99**at + 0.05 * (at % 7) for at in range(300)]


class Done(NamedTuple):
    """What the script left."""

    status: int
    printed: str
    summary: str
    outputs: dict[str, str]


def judge(folder: Path, losses: list[float], name: str = "run.csv", **given: str) -> Done:
    """Run the step of the action as GitHub does: by its own command, with its own variables."""
    (folder / name).write_text("step,loss\n" + "".join(f"{at},{loss}\n" for at, loss in enumerate(losses)))
    return step(folder, ANET_FILE=name, **given)


def step(folder: Path, **given: str) -> Done:
    files = {"GITHUB_STEP_SUMMARY": folder / "summary.md", "GITHUB_OUTPUT": folder / "outputs"}
    for file in files.values():
        file.write_text("")
    paths = {name: str(file) for name, file in files.items()}
    environment = {**os.environ, **paths, "GITHUB_ACTION_PATH": str(ACTION), **given}
    command = DESCRIPTION.rpartition("run: ")[2]
    line = ["bash", "-c", f'python() {{ "{sys.executable}" "$@"; }}\n{command}']
    done = subprocess.run(line, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert "Traceback" not in done.stderr, done.stderr
    outputs = dict(each.split("=", 1) for each in files["GITHUB_OUTPUT"].read_text().splitlines())
    return Done(done.returncode, done.stdout, files["GITHUB_STEP_SUMMARY"].read_text(), outputs)


def test_a_healthy_run_passes_and_is_told(tmp_path: Path) -> None:
    done = judge(tmp_path, FALLING)
    assert done.status == 0
    assert done.printed.startswith("::notice file=run.csv,title=anet-lite::Healthy: no incident; the loss went from")
    assert done.summary.startswith("### run.csv: healthy\n\nHealthy: no incident")
    assert "Not found, so not looked at: grad_norm, lr." in done.summary
    assert (done.outputs["verdict"], done.outputs["ruined"]) == ("healthy", "false")
    assert done.outputs["sentence"].startswith("Healthy: no incident")


def test_a_ruined_run_fails_the_job(tmp_path: Path) -> None:
    done = judge(tmp_path, [*FALLING[:280], *[math.nan] * 20])
    assert done.status == 1
    assert done.printed.startswith("::error file=run.csv,title=anet-lite::Failing from step 280 on: the loss is not")
    assert "### run.csv: failing, ruined" in done.summary
    assert "| 280 | Step 280: the run is failing. The loss is nan (nonfinite)." in done.summary
    assert (done.outputs["verdict"], done.outputs["ruined"]) == ("failing", "true")


OVERFITTED = "".join(f"{loss},{0.5 + 0.02 * abs(at - 100)}\n" for at, loss in enumerate(FALLING))


@pytest.mark.parametrize(("fail_on", "status", "level"), [("ruined", 0, "warning"), ("ruined, overfits", 1, "error")])
def test_a_verdict_fails_the_job_only_where_it_is_named(tmp_path: Path, fail_on: str, status: int, level: str) -> None:
    (tmp_path / "run.csv").write_text("loss,eval_loss\n" + OVERFITTED)
    done = step(tmp_path, ANET_FILE="run.csv", ANET_FAIL_ON=fail_on)
    assert (done.status, done.outputs["verdict"]) == (status, "overfits")
    assert done.printed.startswith(f"::{level} ")


def test_a_run_that_is_too_short_is_warned_of_and_not_called_healthy(tmp_path: Path) -> None:
    done = judge(tmp_path, FALLING[:9])
    assert done.status == 0
    assert done.printed.startswith("::warning file=run.csv,title=anet-lite::Not judged: 9 losses were read, 32 are")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"ANET_FILE": "none.csv"}, "none.csv: No such file or directory"),
        ({"ANET_FAIL_ON": "bad"}, "fail-on must be made of ruined, healthy"),
        ({"ANET_OPTIONS": "--column loss=lss"}, "lss"),
    ],
)
def test_what_cannot_be_judged_fails_the_job_and_says_why(tmp_path: Path, given: dict[str, str], words: str) -> None:
    (tmp_path / "run.csv").write_text("loss\n" + "1.0\n" * 40)
    done = step(tmp_path, **{"ANET_FILE": "run.csv", **given})
    assert done.status == 2
    assert done.printed.startswith("::error ")
    assert words in done.printed
    assert "not judged" in done.summary


def test_options_are_given_to_replay(tmp_path: Path) -> None:
    (tmp_path / "run.csv").write_text("a b\n" + "".join(f"{loss}\n" for loss in FALLING))
    assert step(tmp_path, ANET_FILE="run.csv", ANET_OPTIONS="--column 'loss=a b'").outputs["verdict"] == "healthy"


@pytest.mark.skipif(sys.platform == "win32", reason="file names of POSIX")
def test_a_name_can_neither_be_a_command_nor_markup(tmp_path: Path) -> None:
    name = "a\n::error::forged,title=x <img src=x> [link](y)%.csv"
    done = judge(tmp_path, FALLING, name)
    assert done.status == 0
    assert len(done.printed.splitlines()) == 1
    assert "file=a %3A%3Aerror%3A%3Aforged%2Ctitle=x <img src=x> [link](y)%25.csv,title=anet-lite::" in done.printed
    assert done.summary.startswith(r"### a ::error::forged,title=x &lt;img src=x&gt; \[link\](y)%.csv: healthy")


def test_nothing_is_needed_of_github_but_the_file(tmp_path: Path) -> None:
    (tmp_path / "run.csv").write_text("loss\n" + "".join(f"{loss}\n" for loss in FALLING))
    line = [sys.executable, str(ACTION / "verdict.py")]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GITHUB_")}
    done = subprocess.run(line, cwd=tmp_path, env={**clean, "ANET_FILE": "run.csv"}, capture_output=True, check=False)
    assert done.returncode == 0


def test_the_description_gives_the_script_what_it_reads() -> None:
    script = (ACTION / "verdict.py").read_text(encoding="utf-8")
    given = set(re.findall(r"^ +(ANET_\w+): \$\{\{ inputs\.[a-z-]+ \}\}$", DESCRIPTION, re.MULTILINE))
    assert given == set(re.findall(r'"(ANET_\w+)"', script))
    assert set(re.findall(r"steps\.judge\.outputs\.(\w+)", DESCRIPTION)) == {"verdict", "ruined", "sentence"}


def test_the_script_knows_every_verdict() -> None:
    script = (ACTION / "verdict.py").read_text(encoding="utf-8")
    assert re.findall(r'^    "(\w+)": "(?:notice|warning)",$', script, re.MULTILINE) == list(KINDS)


def test_the_example_gives_inputs_that_there_are() -> None:
    example = (ROOT / "examples" / "verdict_workflow.yml").read_text(encoding="utf-8")
    used = re.findall(r"^          ([a-z-]+):", example.partition("actions/verdict@")[2], re.MULTILINE)
    known = re.findall(r"^  ([a-z-]+):$", DESCRIPTION.partition("outputs:")[0], re.MULTILINE)
    assert used == ["file", "fail-on"]
    assert set(used) <= set(known)
