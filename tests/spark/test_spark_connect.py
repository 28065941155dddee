"""What works through Spark Connect, in a process of its own: a session is either remote or not."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

NEEDS = ("pyspark", "grpc", "grpc_status", "zstandard")

pytestmark = pytest.mark.spark

JOB = """
import sys
from pyspark.sql import SparkSession
from anet_lite import StreamDetector
from anet_lite.integrations.spark import CONF, read_committed, score_stream, write_exactly_once

builder = SparkSession.builder.remote("local[1]").config("spark.sql.shuffle.partitions", "1")
for name, value in CONF.items():
    builder = builder.config(name, value)
spark, folder = builder.getOrCreate(), sys.argv[1]
rows = [("a", at, float(at % 7)) for at in range(60)]
spark.createDataFrame(rows, "key string, at long, x double").write.parquet(f"{folder}/in")
stream = spark.readStream.schema("key string, at long, x double").parquet(f"{folder}/in")
make = lambda key: StreamDetector()
scored = score_stream(stream, key="key", order_by="at", inputs=["x"], make=make)
write_exactly_once(scored, f"{folder}/out", f"{folder}/checkpoint", availableNow=True).awaitTermination()
print(read_committed(spark, f"{folder}/out").count())
for refused in (
    lambda: read_committed(spark, f"{folder}/in"),
    lambda: write_exactly_once(scored, f"{folder}/out", f"{folder}/new"),
):
    try:
        refused()
    except (FileNotFoundError, ValueError) as error:
        print(type(error).__name__)
"""


def test_a_job_runs_through_connect_and_its_folder_is_read_there(tmp_path):
    job, env = [sys.executable, "-c", JOB, str(tmp_path)], {**os.environ, "PYSPARK_PYTHON": sys.executable}
    done = subprocess.run(job, capture_output=True, text=True, check=False, env=env, timeout=600)
    assert done.stdout.split() == ["60", "FileNotFoundError", "ValueError"], done.stderr[:1500]
