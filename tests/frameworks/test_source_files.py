"""Files that TensorBoard and pyarrow write, replayed."""

from __future__ import annotations

import datetime as dt
import math
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from anet_lite import Monitor, Recorder
from anet_lite.reader import Wanted, open_source, whole
from anet_lite.replay import replay

NEEDS = ("pyarrow", "tensorboard")

if TYPE_CHECKING:
    from pathlib import Path

LOSS = [*(2 + 0.1 * np.random.default_rng(0).normal(size=300)), math.nan, math.nan]


@pytest.fixture
def rows() -> list[int]:
    monitor = Monitor()
    snaps = [monitor.update(loss=loss, step=step) for step, loss in enumerate(np.float32(LOSS))]
    return [snap.row for snap in snaps if snap.alarms]


def test_tensorboard_events_are_replayed(rows: list[int], tmp_path: Path) -> None:
    from tensorboard.summary import Writer

    writer = Writer(str(tmp_path))
    for step, loss in enumerate(LOSS):
        writer.add_scalar("train/loss", loss, step)
        if step % 100 == 0:
            writer.add_scalar("val/loss", 9.0, step)
    writer.close()
    found = replay(str(tmp_path), Monitor(), {}, lambda _: None)
    assert (found.form, found.columns) == ("TensorBoard events", {"loss": "train/loss", "step": "step"})
    assert [incident.first.row for incident in found.incidents] == rows
    assert found.verdict.since == 300


def test_parquet_records_are_replayed(tmp_path: Path) -> None:
    monitor, rows = Monitor(), []
    with Recorder(tmp_path / "run.parquet") as recorder:
        for step, loss in enumerate(LOSS):
            snap = monitor.update(loss=loss, step=step)
            recorder.write(snap)
            rows += [snap.row] if snap.alarms else []
        recorded = replay(recorder.path, Monitor(), {}, lambda _: None)  # while it is written: from its JSON lines
    found = replay(recorder.path, Monitor(), {}, lambda _: None)
    assert (recorded.form, found.form) == ("JSON lines", "Parquet")
    for each in (recorded, found):
        assert [incident.first.row for incident in each.incidents] == rows
        assert (each.rows, each.verdict.since) == (302, 300)


@pytest.mark.parametrize("form", ["Parquet", "Arrow", "Arrow stream"])
def test_columns_of_arrow_are_numbers_times_and_keys(form: str, tmp_path: Path) -> None:
    path = tmp_path / "table"
    moments = [dt.datetime(2024, 1, 1) + dt.timedelta(minutes=at) for at in range(6)]
    table = pa.table(
        {
            "ts": moments,
            "host": pa.array(["a", "b"] * 3).dictionary_encode(),
            "cpu": [None, 1.5, 2.0, 3.0, 4.0, 5.0],
            "inner": [{"x": at, "deep": {"y": at / 2}} for at in range(6)],
        }
    )
    if form == "Parquet":
        pq.write_table(table, path, row_group_size=2)
    else:
        with (pa.ipc.new_stream if form == "Arrow stream" else pa.ipc.new_file)(path, table.schema) as writer:
            writer.write_table(table, max_chunksize=4)
    source = open_source(str(path))
    assert source.form == form.split(maxsplit=1)[0]
    assert source.kinds == {"ts": "time", "host": "key", "cpu": "number", "inner/x": "number", "inner/deep/y": "number"}
    wanted = Wanted(("cpu", "inner/deep/y"), (), ("host",), ("ts",))
    assert len(list(source.pieces(wanted, lambda _: None))) > (1 if form != "Parquet" else 0)
    found = whole(source, wanted, lambda _: None)
    assert found.numbers["cpu"][1].tolist() == [False, *[True] * 5]
    assert found.numbers["inner/deep/y"][0].tolist() == [at / 2 for at in range(6)]
    assert found.times["ts"].tolist() == [1704067200.0 + 60 * at for at in range(6)]
    assert (found.keys["host"].labels, found.keys["host"].codes.tolist()) == (["a", "b"], [0, 1] * 3)


@pytest.mark.parametrize("mark", [b"PAR1", b"ARROW1\0\0"])
def test_a_table_that_is_cut_off_is_one_sentence(mark: bytes, tmp_path: Path) -> None:
    (tmp_path / "table").write_bytes(mark + bytes(range(64)))
    with pytest.raises(ValueError, match=r"table is (Parquet|Arrow), cut off or damaged: "):
        open_source(str(tmp_path / "table"))
