"""Logs of frameworks: the loss, the step, the rate and the norm are read from each as it is, at the first try."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pytest

from anet_lite import Monitor
from anet_lite.reader import Wanted, open_source, whole
from anet_lite.reader.columns.taken import columns_of
from anet_lite.replay import replay
from log_forms import FORMS

if TYPE_CHECKING:
    from pathlib import Path

ROWS = 40
NAMES = {"l": "loss", "s": "step", "r": "lr", "g": "grad_norm"}


def filled(row: str) -> list[dict[str, float]]:
    """Return the rows of a log; what a form rounds away is not in them."""
    digits = {name: int(found[1]) if found else 9 for name in ("loss", "lr", "norm") for found in [_digits(row, name)]}
    return [
        {
            "step": 10 * at + 10,
            "sec": at,
            "epoch": 1 + at // 20,
            "loss": round(3.5 - at / 20, digits["loss"] or 1),
            "val": 3.6 - at / 25,
            "lr": 0.001 if at < 20 else 0.0005,
            "norm": round(0.9 - at / 100, digits["norm"]),
        }
        for at in range(ROWS)
    ]


def _digits(row: str, name: str) -> re.Match[str] | None:
    return re.search(rf"\{{{name}:[>\d]*\.(\d)f\}}", row)


@pytest.fixture
def log(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    form = FORMS[request.param]
    path = tmp_path / "train.log"
    text = form.head + "".join(form.row.format(**row) for row in filled(form.row))
    path.write_bytes(("Namespace(seed=1)\nLoading data\n" + text + "done\n").encode())
    return path


@pytest.mark.parametrize(("log", "name"), [(name, name) for name in FORMS], indirect=["log"])
def test_a_log_is_read_as_its_framework_printed_it(log: Path, name: str) -> None:
    form, rows = FORMS[name], filled(FORMS[name].row)
    source = open_source(str(log))
    columns = columns_of(source, {}, str(log))
    assert set(columns) == {NAMES[letter] for letter in form.signals}
    table = whole(source, Wanted(tuple(columns.values())), lambda _: None)
    given = table.numbers[columns["loss"]][1]
    for signal, key in (("loss", "loss"), ("step", "step"), ("lr", "lr"), ("grad_norm", "norm")):
        if signal in columns:
            values, there = table.numbers[columns[signal]]
            np.testing.assert_allclose(values[given & there], [row[key] for row in rows], rtol=2e-3)
    assert form.loss in ("", columns["loss"])


@pytest.mark.parametrize("log", ["torchtitan", "keras", "fairseq with validation"], indirect=True)
def test_a_log_of_a_framework_is_replayed(log: Path) -> None:
    found = replay(str(log), Monitor(), {}, lambda _: None)
    assert found.verdict.kind == "healthy"
    assert found.rows == ROWS


def test_only_one_of_several_ranks_is_read_and_the_others_are_told(tmp_path: Path) -> None:
    path = tmp_path / "run.out"
    rows = (f"[rank{rank}]: step {step} loss {3 + rank - step / 100}\n" for step in range(40) for rank in range(3))
    path.write_text("".join(rows))
    found = replay(str(path), Monitor(), {}, lambda _: None)
    assert (found.rows, found.steps_left_out) == (40, False)
    assert "of rank 0 alone; 2 more passed over" in found.form


def test_the_states_of_a_bar_before_its_end_are_means_so_far_and_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "run.txt"
    bars = (f"\r{at}/20 [==>...] - ETA: 1s - loss: {9 - at / 3:.2f}" for _ in range(20) for at in range(1, 21))
    path.write_text("".join(bars))
    (values, given) = whole(open_source(str(path)), Wanted(("loss",)), lambda _: None).numbers["loss"]
    assert values[given].tolist() == [2.33] * 20


def test_the_time_at_the_head_of_a_line_is_a_time(tmp_path: Path) -> None:
    path = tmp_path / "run.log"
    path.write_text("".join(f"2024-01-01 00:{at:02d}:00,500 - INFO - step {at} loss {3 - at / 9}\n" for at in range(9)))
    source = open_source(str(path))
    table = whole(source, Wanted(times=("timestamp",)), lambda _: None)
    assert table.times["timestamp"][:2].tolist() == [1704067200.5, 1704067260.5]


def test_what_is_printed_after_a_run_is_no_row_of_it(tmp_path: Path) -> None:
    path = tmp_path / "run.log"
    lines = [f"step {at} loss {3 - at / 50:.3f}" for at in range(40)]
    path.write_text("\n".join([*lines, "wandb: Run summary:", "wandb:   loss 0.00001", "wandb:   step 39"]))
    assert replay(str(path), Monitor(), {}, lambda _: None).rows == 40
