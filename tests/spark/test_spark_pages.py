"""The jobs that the pages show run, and give what they say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

NEEDS = ("pyspark",)

pytestmark = pytest.mark.spark

PAGE = Path(__file__).parents[2] / "docs" / "scale-out.md"
BLOCKS = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
JOBS = [block for block in BLOCKS if "integrations.spark" in block]


def test_there_are_jobs():
    assert len(JOBS) == 2


@pytest.mark.parametrize("job", JOBS, ids=["stream", "backfill"])
def test_a_job_of_the_page_runs(job, spark, tmp_path, monkeypatch):
    assert spark is not None
    monkeypatch.chdir(tmp_path)
    here = f"{tmp_path}/"
    exec(
        compile(
            job.replace('"metrics"', f'"{here}metrics"')
            .replace('"scores"', f'"{here}scores"')
            .replace('"checkpoint"', f'"{here}checkpoint"'),
            PAGE.name,
            "exec",
        ),
        {"__name__": "__main__"},
    )
