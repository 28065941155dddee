"""Files that TensorBoard and pyarrow write, replayed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from anet_lite import Monitor, Recorder
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


def test_an_empty_folder_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="holds no scalar of TensorBoard"):
        replay(str(tmp_path), Monitor(), {}, lambda _: None)


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
