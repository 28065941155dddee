"""Runs that trackers wrote: read without their packages, the newest of a folder, and the others are told."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anet_lite import Monitor
from anet_lite.reader import Wanted, open_source, whole
from anet_lite.reader.forms.runs.protobuf import fields
from anet_lite.replay import replay
from run_files import event, event_file, history, mlflow_run, wandb_file

if TYPE_CHECKING:
    from pathlib import Path

LOSSES = [2.5 - at / 64 for at in range(64)]


def losses(path: str | Path, column: str) -> list[float]:
    values, there = whole(open_source(str(path)), Wanted((column,)), lambda _: None).numbers[column]
    return values[there].tolist()


def events(**tags: list[float]) -> list[bytes]:
    return [event(at, tag.replace("__", "/"), value) for tag, values in tags.items() for at, value in enumerate(values)]


def made_at(path: Path, seconds: int) -> None:
    for each in [path, *path.rglob("*")]:
        os.utime(each, (seconds, seconds))


@pytest.mark.parametrize("as_tensor", [False, True])
def test_event_files_are_read_without_tensorboard(as_tensor: bool, tmp_path: Path) -> None:
    path = tmp_path / "events.out.tfevents.1.host"
    event_file(path, [event(at, "train/loss", loss, as_tensor=as_tensor) for at, loss in enumerate(LOSSES)])
    source = open_source(str(path))
    assert (source.form, source.names) == ("TensorBoard events", ["step", "wall_time", "train/loss"])
    assert losses(path, "train/loss") == LOSSES
    assert whole(source, Wanted(times=("wall_time",)), lambda _: None).times["wall_time"][1] == 1.7e9 + 1


def test_an_event_file_that_is_cut_off_gives_what_is_there_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "events.out.tfevents.1.host"
    event_file(path, events(loss=LOSSES))
    path.write_bytes(path.read_bytes()[:-9])
    assert losses(path, "loss") == LOSSES[:-1]
    assert open_source(str(path)).form == "TensorBoard events, 1 of the files cut off or damaged"


@given(st.binary(max_size=64))
def test_no_bytes_break_the_reader_of_messages(data: bytes) -> None:
    with suppress(ValueError):
        assert all(number >= 0 for number, _ in fields(memoryview(data)))


def test_the_newest_run_below_a_folder_is_read_and_the_others_are_told(tmp_path: Path) -> None:
    for at, name in enumerate(["old", "new", "older"]):
        event_file(tmp_path / name / "events.out.tfevents.1.host", events(loss=[float(at)] * 2))
        made_at(tmp_path / name, [2000, 3000, 1000][at])
    form = open_source(str(tmp_path)).form
    assert form == "TensorBoard events in new, the newest of 3 runs; name another's path to read it: old, older"
    assert losses(tmp_path, "loss") == [1.0, 1.0]
    assert losses(tmp_path / "old", "loss") == [0.0, 0.0]


def test_folders_of_training_and_validation_are_one_run(tmp_path: Path) -> None:
    for name in ("train", "validation"):
        event_file(tmp_path / name / "events.out.tfevents.1.host", events(epoch_loss=LOSSES))
    found = replay(str(tmp_path), Monitor(), {}, lambda _: None)
    assert found.columns == {"loss": "train/epoch_loss", "step": "step"}
    assert "validation/epoch_loss" in found.names


def test_a_run_of_wandb_is_read_without_wandb(tmp_path: Path) -> None:
    run = tmp_path / "wandb" / "offline-run-1"
    rows = [
        history(at, {"train/loss": loss, "big": "x" * 9000, "nested": {"lr": 0.1}}) for at, loss in enumerate(LOSSES)
    ]
    wandb_file(run / "run-1.wandb", rows)
    (run / "files").mkdir()
    (run / "files" / "output.log").write_text("training\nKeyboardInterrupt\n")
    found = replay(str(tmp_path / "wandb"), Monitor(), {}, lambda _: None)
    assert found.form == "a run of Weights & Biases in offline-run-1/run-1.wandb"
    assert found.columns == {"loss": "train/loss", "lr": "nested/lr", "step": "_step"}
    assert found.ending is not None
    assert found.ending.kind == "interrupted"
    assert losses(run, "train/loss") == LOSSES


def test_a_run_of_wandb_that_is_cut_off_gives_what_is_there_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "run-1.wandb"
    wandb_file(path, [history(at, {"loss": loss}) for at, loss in enumerate(LOSSES)])
    path.write_bytes(path.read_bytes()[:-3])
    assert losses(path, "loss") == LOSSES[:-1]
    assert "cut off or damaged" in open_source(str(path)).form


@pytest.mark.parametrize("scheme", ["", "file:", "file://"])
def test_a_folder_of_mlflow_is_read(scheme: str, tmp_path: Path) -> None:
    for at, name in enumerate(["a", "b"]):
        points = [(1700000000000 + step, loss + at, step) for step, loss in enumerate(LOSSES)]
        mlflow_run(tmp_path / "mlruns" / "0" / name, {"train/loss": points, "lr": points[::2]})
        made_at(tmp_path / "mlruns" / "0" / name, 1000 + at)
    found = replay(f"{scheme}{tmp_path}/mlruns", Monitor(), {}, lambda _: None)
    assert found.form.startswith("a run of MLflow in 0/b, the newest of 2 runs; name another's path to read it: 0/a")
    assert found.columns == {"loss": "train/loss", "lr": "lr", "step": "step"}
    assert losses(tmp_path / "mlruns" / "0" / "a", "train/loss") == LOSSES


def test_metrics_of_mlflow_without_steps_are_counted(tmp_path: Path) -> None:
    mlflow_run(tmp_path / "run", {"loss": [(1700000000000, loss, 0) for loss in LOSSES]})
    assert losses(tmp_path / "run", "loss") == LOSSES


@pytest.fixture
def database(tmp_path: Path) -> str:
    path = str(tmp_path / "mlflow.db")
    with sqlite3.connect(path) as base:
        base.execute("create table runs (run_uuid text, name text, start_time int)")
        base.execute("create table metrics (run_uuid text, key text, value real, timestamp int, step int, is_nan int)")
        for start, run in enumerate(["r1", "r2"]):
            base.execute("insert into runs values (?, ?, ?)", (run, f"name {run}", start))
            points = [(run, "loss", loss + start, 1700000000000 + at, at, 0) for at, loss in enumerate(LOSSES)]
            base.executemany("insert into metrics values (?, ?, ?, ?, ?, ?)", points)
    base.close()
    return path


def test_a_database_of_mlflow_is_read_and_a_run_is_chosen_by_its_path(database: str) -> None:
    form = open_source(f"sqlite:///{database}").form
    assert form.startswith("a database of MLflow, run name r2, one of 2; others: ")
    assert f"{database}/r1".startswith(form.partition("others: ")[2].rstrip("…"))  # a long path is cut
    assert losses(database, "loss") == [loss + 1 for loss in LOSSES]
    assert losses(f"{database}/r1", "loss") == LOSSES
    with pytest.raises(ValueError, match="has no run 'r9'; its runs are r1, r2"):
        open_source(f"{database}/r9")


def test_a_folder_of_files_gives_the_one_that_a_trainer_left(tmp_path: Path) -> None:
    (tmp_path / "version_0").mkdir()
    (tmp_path / "version_0" / "metrics.csv").write_text("step,train_loss\n1,2.5\n2,2.4\n")
    assert losses(tmp_path, "train_loss") == [2.5, 2.4]
    assert open_source(str(tmp_path)).form.endswith(" in version_0/metrics.csv")


def test_a_folder_without_a_run_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is a folder without a run: no event file of TensorBoard"):
        open_source(str(tmp_path))


def test_another_database_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with sqlite3.connect(path) as base:
        base.execute("create table x (y int)")
    base.close()
    with pytest.raises(ValueError, match="is a database of SQLite, but no store of MLflow: no such table"):
        open_source(str(path))
