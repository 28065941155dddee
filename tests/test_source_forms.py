"""One run in the forms that people and programs write: each is read at the first try, and says how it was read."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anet_lite import Monitor, Recorder, read
from anet_lite.reader import Wanted, guess, open_source, whole
from anet_lite.reader.forms.decoded import text_of
from anet_lite.reader.forms.text_log import pairs
from anet_lite.reader.tail import Tail
from anet_lite.reader.text import ReadOptions, sniff
from anet_lite.replay import replay

if TYPE_CHECKING:
    from pathlib import Path

ROWS = [(step, 2.5 - step / 100, 3e-4) for step in range(80)]


def lines(template: str) -> str:
    return "".join(template.format(step=step, loss=loss, lr=lr) + "\n" for step, loss, lr in ROWS)


def comma(text: str) -> str:
    return text.replace(".", ",")


FORMS = {
    "a.csv": ("step,loss,lr\n" + lines("{step},{loss:.4f},{lr}"), "a table with commas"),
    "bars.txt": ("step|loss|lr\n" + lines("{step}|{loss:.4f}|{lr}"), "a table with bars"),
    "spaces.txt": ("step loss  lr\n" + lines("{step}  {loss:.4f} {lr}"), "a table with spaces"),
    "comma.csv": (
        "step;loss;lr\n" + comma(lines("{step};{loss:.4f};{lr:.4f}")),
        "a table with semicolons, decimal commas",
    ),
    "sep.csv": ("sep=;\nstep;loss;lr\n" + lines("{step};{loss:.4f};{lr}"), "a table with semicolons"),
    "comment.csv": ("# of run 7\n\nstep,loss,lr\n" + lines("{step},{loss:.4f},{lr}"), "a table with commas"),
    "bare.csv": (lines("{step},{loss:.4f}"), "a table with commas, no header"),
    "nano.log": (
        lines("iter {step}: loss {loss:.4f}, time 12.00ms, lr {lr}"),
        "a text log, 80 of 80 lines with numbers",
    ),
    "console.txt": (lines("{{'loss': {loss:.4f}, 'learning_rate': {lr}, 'step': {step}}}"), "a text log"),
    "megatron.log": (lines(" iteration {step}/ 900 | learning rate: {lr:.3E} | lm loss: {loss:.6E} |"), "a text log"),
    "nested.jsonl": (lines('{{"step": {step}, "train": {{"loss": {loss:.4f}, "lr": {lr}}}}}'), "JSON lines"),
    "words.jsonl": (lines('{{"num_updates": "{step}", "loss": "{loss:.4f}", "lr": "{lr}"}}'), "JSON lines"),
    "history.json": (json.dumps({"loss": [loss for _, loss, _ in ROWS], "lr": [3e-4] * 80}), "JSON"),
    "export.csv": ("Wall time,Step,Value\n" + lines("1.5,{step},{loss:.4f}"), "a table with commas"),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_is_read_at_the_first_try(name: str, tmp_path: Path) -> None:
    text, form = FORMS[name]
    (tmp_path / name).write_text(text, encoding="utf-8")
    found = replay(str(tmp_path / name), Monitor(), {}, lambda _: None)
    assert found.form.startswith(form)
    assert found.rows == 80
    assert found.verdict.evidence["losses"] == 80
    assert found.verdict.evidence["start"] == pytest.approx(2.465, abs=1e-3)


@pytest.mark.parametrize("name", FORMS)
def test_a_packed_file_is_read_as_well(name: str, tmp_path: Path) -> None:
    path = tmp_path / (name + ".gz")
    path.write_bytes(gzip.compress(FORMS[name][0].encode()))
    found = replay(str(path), Monitor(), {}, lambda _: None)
    assert found.verdict.evidence["losses"] == 80
    assert found.form.startswith(FORMS[name][1])


def test_a_packed_file_that_is_damaged_is_one_sentence(tmp_path: Path) -> None:
    whole = bytearray(gzip.compress(FORMS["a.csv"][0].encode()))
    whole[20:40] = bytes(20)
    (tmp_path / "run.csv.gz").write_bytes(whole)
    with pytest.raises(ValueError, match="is packed by gzip, and damaged"):
        open_source(str(tmp_path / "run.csv.gz"))


def test_a_packed_file_that_is_cut_off_gives_what_there_is(tmp_path: Path) -> None:
    path = tmp_path / "run.csv.gz"
    whole = gzip.compress(FORMS["a.csv"][0].encode())
    path.write_bytes(whole[: len(whole) * 3 // 4])
    assert 0 < replay(str(path), Monitor(), {}, lambda _: None).rows < 80


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_text_in_another_encoding_is_read(encoding: str, tmp_path: Path) -> None:
    text = "step;température;loss\n" + lines("{step};1.5;{loss:.4f}")
    (tmp_path / "run.csv").write_bytes(text.encode(encoding))
    source = open_source(str(tmp_path / "run.csv"))
    assert [name.lstrip("\ufeff") for name in source.names] == ["step", "température", "loss"]


def test_cells_that_are_missing_are_signals_that_were_not_given(tmp_path: Path) -> None:
    rows = [f"{step}|{'n/a' if step % 4 == 0 else '-' if step % 4 == 1 else loss}" for step, loss, _ in ROWS]
    (tmp_path / "run.txt").write_text("\n".join(["step|loss", *rows]))
    assert replay(str(tmp_path / "run.txt"), Monitor(), {}, lambda _: None).verdict.evidence["losses"] == 40


def test_steps_that_begin_again_each_epoch_are_no_steps(tmp_path: Path) -> None:
    (tmp_path / "run.csv").write_text("iter,loss\n" + "".join(f"{row % 30},{2.5 - row / 1000}\n" for row in range(600)))
    found = replay(str(tmp_path / "run.csv"), Monitor(), {}, lambda _: None)
    assert (found.steps_left_out, found.summary.status) == (True, "healthy")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("step 5/1000 | loss 3.21 | norm 1.2 | 12 ms", {"step": 5.0, "loss": 3.21, "norm": 1.2}),
        ("step 250: train loss 1.25, val loss 3.2", {"step": 250.0, "train loss": 1.25, "val loss": 3.2}),
        (
            "[2024-01-01 10:00:00,123][INFO] step=100 loss=inf lr=1e-4",
            {"step": 100.0, "loss": float("inf"), "lr": 1e-4},
        ),
        ("train/CrossEntropyLoss=7.88", {"train/CrossEntropyLoss": 7.88}),
        ("saved the checkpoint of epoch three", {}),
    ],
)
def test_a_line_of_a_log_gives_its_numbers_by_name(line: str, found: dict[str, float]) -> None:
    assert pairs(line) == found


@given(st.text(max_size=200))
def test_no_text_breaks_a_reader(text: str) -> None:
    assert all(isinstance(value, float) for value in pairs(text).values())
    layout = sniff(text.encode(), ReadOptions())
    assert layout is None or len(layout.names) <= layout.width


@given(st.binary(max_size=200))
def test_any_bytes_are_some_text(data: bytes) -> None:
    assert isinstance(text_of(data)[0], str)


@given(
    st.sampled_from([";", "\t", "|"]),
    st.booleans(),
    st.lists(st.tuples(st.integers(0, 99), st.floats(0.125, 1e6)), min_size=6, max_size=20),
)
def test_a_table_is_read_in_the_dialect_it_was_written_in(
    delimiter: str, decimal_comma: bool, rows: list[tuple[int, float]]
) -> None:
    written = [f"{step}{delimiter}{value:.4f}" for step, value in rows]
    text = ["step" + delimiter + "loss", *(comma(row) if decimal_comma else row for row in written)]
    found = read("\n".join(text).encode())
    assert found.numbers["loss"].tolist() == [float(f"{value:.4f}") for _, value in rows]
    assert ("decimal commas" in found.form) == decimal_comma


NO_ENDS = "\x0b\x0c\x1c\x1e\x85\u2028\u2029"
"""What ``str.splitlines`` takes for the end of a line, and no file of lines does."""


@pytest.mark.parametrize(
    ("name", "head", "line"),
    [
        ("nested.jsonl", "", '{{"train": {{"loss": {loss}}}, "tag": "a{sign}b"}}\n'),
        ("lines.json", "", '{{"loss": {loss}, "tag": "a{sign}b"}}\n'),
        ("bars.csv", "tag|loss\n", "a{sign}b|{loss}\n"),
        ("log.txt", "", "tag a{sign}b loss: {loss}\n"),
    ],
)
def test_a_line_ends_at_its_newline_only(name: str, head: str, line: str, tmp_path: Path) -> None:
    # JSON has no control signs in its texts.
    signs = [sign for sign in NO_ENDS if "json" not in name or sign >= " "]
    rows = [line.format(loss=float(row), sign=sign) for row, sign in enumerate(signs)]
    (tmp_path / name).write_bytes((head + "".join(rows)).encode())
    source = open_source(str(tmp_path / name))
    column = guess(source.names, {}, name)["loss"]
    table = whole(source, Wanted((column,)), lambda _: None)
    assert table.numbers[column][0].tolist() == [float(row) for row in range(len(signs))]


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_records_are_followed_whatever_their_texts_hold(form: str, tmp_path: Path) -> None:
    monitor, path = Monitor(), tmp_path / f"run.{form}"
    with Recorder(path) as recorder:
        for sign in NO_ENDS:
            recorder.write(monitor.update(loss=1.0), tag=f"a{sign}b")
    assert [row["tag"] for row in Tail(str(path)).look()] == [f"a{sign}b" for sign in NO_ENDS]
