"""The jobs that the pages show run, and give what they say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

NEEDS = ("pyspark",)

pytestmark = pytest.mark.spark

DOCS = Path(__file__).parents[2] / "docs"
FENCED = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAGES = ("scale-out.md", "executors.md")
BLOCKS = [block for page in PAGES for block in FENCED.findall((DOCS / page).read_text(encoding="utf-8"))]
JOBS = [block for block in BLOCKS if "integrations.spark" in block]


def test_there_are_jobs():
    assert len(JOBS) == 3


@pytest.mark.parametrize("job", JOBS, ids=["stream", "backfill", "foreach-batch"])
def test_a_job_of_the_page_runs(job, spark, tmp_path, monkeypatch):
    assert spark is not None
    monkeypatch.chdir(tmp_path)
    here = f"{tmp_path}/"
    exec(
        compile(
            job.replace('"metrics', f'"{here}metrics')
            .replace('"scores', f'"{here}scores')
            .replace('"checkpoint"', f'"{here}checkpoint"'),
            "page",
            "exec",
        ),
        {"__name__": "__main__"},
    )
