"""Records, read by DuckDB, pandas, polars and pyarrow as they are; Parquet, and what a kill leaves of it."""

from __future__ import annotations

import json
import os
import signal
import warnings
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest

from anet_lite import Monitor, Recorder

NEEDS = ("duckdb", "numpy", "pandas", "polars", "pyarrow")

if TYPE_CHECKING:
    from pathlib import Path

LOSSES = [2.5, float("nan"), float("inf"), float("-inf"), 1e300, 5e-324, 0.1 + 0.2, -0.0, 3.0]
FINITE = np.isfinite(LOSSES)


def write(path: Path, losses: list[float] = LOSSES, **extra: Any) -> str:
    monitor = Monitor()
    with Recorder(path) as recorder:
        for loss in losses:
            recorder.write(monitor.update(loss=loss, lr=1.0), **extra)
    return str(path)


def bits(values: Any) -> bytes:
    return np.array(values, dtype=float).tobytes()


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_duckdb_reads_it_as_it_is(form: str, tmp_path: Path) -> None:
    path = write(tmp_path / f"run.{form}", phase='warm, "up"', epoch=1, best=True)
    types = {name: kind for name, kind, *_ in duckdb.sql(f"describe select * from '{path}'").fetchall()}
    assert types["loss"] == types["epoch"] == types["theta"] == "DOUBLE"
    assert (types["step"], types["precursor"], types["nonfinite"]) == ("BIGINT", "BOOLEAN", "VARCHAR")
    loss, lost, phase, best = zip(*duckdb.sql(f"select loss, nonfinite, phase, best from '{path}'").fetchall())
    assert bits(np.array(loss, dtype=float)[FINITE]) == bits(np.array(LOSSES)[FINITE])
    assert [text.split(";")[0] for text in lost[1:4]] == ["loss=NaN", "loss=Infinity", "loss=-Infinity"]
    assert (set(phase), set(best)) == ({'warm, "up"'}, {True})


def test_parquet_keeps_every_number(tmp_path: Path) -> None:
    path = write(tmp_path / "run.parquet", phase="a", epoch=1, best=True)
    assert os.listdir(tmp_path) == ["run.parquet"]
    for loss in (pd.read_parquet(path)["loss"], pl.read_parquet(path)["loss"], pq.read_table(path)["loss"]):
        assert bits(loss) == bits(LOSSES)
    assert pl.read_parquet(path).schema == {
        **pl.read_ndjson(write(tmp_path / "run.jsonl", phase="a", epoch=1, best=True)).schema,
        **dict.fromkeys(("grad_norm", "step_norm", "noise"), pl.Float64),
    }
    assert pl.read_parquet(path)["noise"].null_count() == len(LOSSES)


def test_parquet_is_continued(tmp_path: Path) -> None:
    write(tmp_path / "run.parquet", [1.0, 2.0], epoch=1)
    path = write(tmp_path / "run.parquet", [3.0], epoch=2)
    table = pq.read_table(path)
    assert table["loss"].to_pylist() == [1.0, 2.0, 3.0]
    assert table["epoch"].to_pylist() == [1.0, 1.0, 2.0]


def test_parquet_with_other_columns_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "run.parquet", [1.0], epoch=1)
    before = (tmp_path / "run.parquet").read_bytes()
    with pytest.raises(ValueError, match="phase is no column of this file"):
        write(tmp_path / "run.parquet", [1.0], phase="a")
    pl.DataFrame({"a": [1]}).write_parquet(tmp_path / "other.parquet")
    with pytest.raises(ValueError, match=r"other\.parquet has the columns a"):
        Recorder(tmp_path / "other.parquet")
    assert (tmp_path / "run.parquet").read_bytes() == before
    assert pq.read_table(path).num_rows == 1


def test_a_killed_process_leaves_its_records_to_the_next(tmp_path: Path) -> None:
    path = tmp_path / "run.parquet"
    write(path, [1.0])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        child = os.fork()
    if child == 0:
        monitor, recorder = Monitor(), Recorder(path)
        for loss in (2.0, float("nan")):
            recorder.write(monitor.update(loss=loss))
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    lines = (tmp_path / "run.parquet.jsonl").read_text().splitlines()
    assert [json.loads(line)["loss"] for line in lines] == [2.0, None]
    Recorder(path).close()
    assert bits(pq.read_table(path)["loss"]) == bits([1.0, 2.0, float("nan")])
    assert os.listdir(tmp_path) == ["run.parquet"]


def test_a_column_that_stays_empty_is_no_obstacle(tmp_path: Path) -> None:
    with Recorder(tmp_path / "run.parquet", extra={"val_loss": float, "phase": str, "best": bool}) as recorder:
        recorder.write(Monitor().update(loss=1.0))
    (row,) = pq.read_table(tmp_path / "run.parquet").to_pylist()
    assert (row["val_loss"], row["phase"], row["best"]) == (None, "", None)
