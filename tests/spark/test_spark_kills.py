"""What is killed in the middle of a batch goes on as if nothing had happened: every row once, equal bit for bit."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

NEEDS = ("pyspark",)

pytestmark = pytest.mark.spark

HERE = Path(__file__).parent
JAVA, PYTHON = "java", "python"
ROWS = [60 + (110 + 23 * time) % 240 for time in range(int(os.environ.get("ANET_KILLS", "1")))]
"""Where to kill: after the first batch, and in another batch or at another row of it each time."""
VICTIMS = {"worker": (PYTHON, [True]), "executor": (JAVA, [True]), "driver": (JAVA, [False, True])}
FORMS = {"worker": ["keys"], "executor": ["buckets"], "driver": ["keys", "buckets"]}
"""Which form a kill is tried in where each is tried once; `make kills` tries all in both."""
BOTH = ["keys", "buckets"]
CASES = [
    (victim, *how, form) for victim, how in VICTIMS.items() for form in (FORMS[victim] if len(ROWS) == 1 else BOTH)
]


def run(folder, *arguments) -> int:
    command = [sys.executable, HERE / "killed_job.py", folder, *map(str, arguments)]
    with Path(folder, "log").open("a", encoding="utf-8") as log:
        env = {**os.environ, "SPARK_HOME": str(home(folder / "spark"))}
        return subprocess.run(command, stdout=log, stderr=log, check=False, timeout=900, env=env).returncode


def home(folder) -> Path:
    """A home for Spark that executors may write their logs to: the package of pip is no place for them."""
    import pyspark

    if not folder.exists():
        folder.mkdir()
        for entry in Path(pyspark.__path__[0]).iterdir():
            (folder / entry.name).symlink_to(entry) if entry.name != "work" else None
    return folder


def wanted(form) -> dict:
    from killed_job import BATCH, BATCHES, KEYS, value

    from anet_lite import StreamDetector

    answers = {}
    for key in KEYS:
        detector = StreamDetector(key) if form == "keys" else StreamDetector()
        found = detector.push_many([value(key, at) for at in range(BATCH * BATCHES)])
        answers |= {(key, at): row for at, row in enumerate(zip(found.score.tolist(), found.p_value.tolist()))}
    return answers


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize(("victim", "program", "ends", "form"), CASES)
def test_a_kill_in_the_middle_of_a_batch_changes_no_row_and_doubles_none(
    spark, tmp_path, monkeypatch, form, victim, program, ends, row
):
    from anet_lite.integrations.spark import read_committed

    monkeypatch.syspath_prepend(HERE)
    log = tmp_path / "log"
    assert [run(tmp_path, form, victim, row) == 0 for _ in ends] == ends, log.read_text(encoding="utf-8")[-3000:]
    what, name, pid = Path(tmp_path, "killed").read_text(encoding="utf-8").split()
    assert (what, name.startswith(program)) == (victim, True), "the marker proves that what was meant was killed"
    assert not Path("/proc", pid).exists()
    assert (tmp_path / "spark" / "work").is_dir(), "executors write there, not into the package"
    rows = read_committed(spark, str(tmp_path / "out")).collect()
    assert len(rows) == len(wanted(form))
    assert {(row.key, row.at): (row.anet.score, row.anet.p_value) for row in rows} == wanted(form)
