"""The jobs that the pages show run, and give what they say."""

from __future__ import annotations

import pytest

from pages import blocks

NEEDS = ("pyspark",)

pytestmark = pytest.mark.spark

JOBS = [block for block in blocks() if block.language == "python" and "integrations.spark" in block.text]
JOBS = list({block.text: block for block in JOBS}.values())  # a page in Japanese has the job of the English one


def test_there_are_jobs():
    assert len(JOBS) >= 4


@pytest.mark.parametrize("job", JOBS, ids=[job.where for job in JOBS])
def test_a_job_of_the_page_runs(job, spark, tmp_path, monkeypatch):
    assert spark is not None
    monkeypatch.chdir(tmp_path)
    here = f"{tmp_path}/"
    exec(
        compile(
            job.text.replace('"metrics', f'"{here}metrics')
            .replace('"scores', f'"{here}scores')
            .replace('"checkpoint"', f'"{here}checkpoint"'),
            job.where,
            "exec",
        ),
        {"__name__": "__main__"},
    )
