"""What is killed in the middle of a batch goes on as if nothing had happened: every row once, equal bit for bit.

On a standalone cluster of three processes, whose executors have the product from its archive alone.
"""

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
ONCE = {"worker": ["keys"], "executor": ["buckets"], "driver": ["keys"]}
"""Which form a kill is tried in where each is tried once; `make kills` tries all in both."""
BOTH = ["keys", "buckets"]
CASES = [(victim, *how, form) for victim, how in VICTIMS.items() for form in (ONCE[victim] if len(ROWS) == 1 else BOTH)]


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> str:
    """What the executors import, written by the command that a user would call."""
    file = str(tmp_path_factory.mktemp("packed") / "anet.tar.gz")
    subprocess.run([sys.executable, "-m", "anet_lite", "spark", "pack", "-o", file], check=True)
    return file


@pytest.fixture(scope="module")
def workers(tmp_path_factory):
    sys.path.insert(0, str(HERE))
    from cluster import cluster

    with cluster(tmp_path_factory.mktemp("cluster")) as started:
        yield started


def run(workers, archive, folder, *arguments) -> int:
    command = [sys.executable, HERE / "killed_job.py", workers.master, archive, folder, *map(str, arguments)]
    env = {**os.environ, "PYSPARK_PYTHON": str(workers.python)}
    with Path(folder, "log").open("a", encoding="utf-8") as log:
        return subprocess.run(command, stdout=log, stderr=log, check=False, timeout=900, env=env).returncode


def wanted(form) -> dict:
    from killed_job import BATCH, BATCHES, KEYS, value

    from anet_lite import StreamDetector

    answers = {}
    for key in KEYS:
        detector = StreamDetector(key) if form == "keys" else StreamDetector()
        found = detector.push_many([value(key, at) for at in range(BATCH * BATCHES)])
        answers |= {(key, at): row for at, row in enumerate(zip(found.score.tolist(), found.p_value.tolist()))}
    return answers


def test_the_python_of_the_executors_lacks_the_product(workers):
    done = subprocess.run([workers.python, "-I", "-c", "import anet_lite"], capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1] == "ModuleNotFoundError: No module named 'anet_lite'"


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize(("victim", "program", "ends", "form"), CASES)
def test_a_kill_in_the_middle_of_a_batch_changes_no_row_and_doubles_none(
    spark, workers, archive, tmp_path, form, victim, program, ends, row
):
    from anet_lite.integrations.spark import read_committed

    log = tmp_path / "log"
    statuses = [run(workers, archive, tmp_path, form, victim, row) for _ in ends]
    assert [status == 0 for status in statuses] == ends, log.read_text(encoding="utf-8")[-3000:]
    what, name, pid = Path(tmp_path, "killed").read_text(encoding="utf-8").split()
    assert (what, name.startswith(program)) == (victim, True), "the marker proves that what was meant was killed"
    assert not Path("/proc", pid).exists()
    rows = read_committed(spark, str(tmp_path / "out")).collect()
    assert len(rows) == len(wanted(form))
    assert {(row.key, row.at): (row.anet.score, row.anet.p_value) for row in rows} == wanted(form)
