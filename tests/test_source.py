"""Files of a run as columns, against the standard library on the same files."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anet_lite._native import CsvRows, JsonReader, JsonRows
from anet_lite.reader import Wanted, guess, open_source, whole

if TYPE_CHECKING:
    from pathlib import Path

numbers = st.one_of(st.none(), st.floats(), st.integers(-(2**60), 2**60), st.booleans())
texts = st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), max_size=8)
records = st.lists(st.fixed_dictionaries({"loss": numbers, 'a "b", c': texts, "lr": numbers}), min_size=1, max_size=8)
pieces = st.integers(1, 40)


def read(data: bytes, piece: int) -> tuple[list[list[float | None]], list[str]]:
    reader = JsonReader(["loss", "lr"], ['a \\"b\\", c'])
    for at in range(0, len(data), piece):
        reader.feed(data[at : at + piece])
    reader.finish()
    values = [[x if there else None for x, there in zip(*column)] for column in reader.numbers()]
    changes, text, found = dict(reader.texts()[0]), "", []
    for row in range(reader.rows):
        text = changes.get(row, text)
        found.append(text)
    return values, found


def same(ours: float | None, theirs: float | None) -> bool:
    if ours is None or theirs is None:
        return ours is theirs
    return float(ours) == float(theirs) or (math.isnan(ours) and math.isnan(theirs))


@given(records, pieces)
def test_json_lines_are_read_as_json_reads_them(rows: list[dict[str, float]], piece: int) -> None:
    data = "".join(json.dumps(row) + "\n" for row in rows).encode()
    (loss, lr), text = read(data, piece)
    assert all(same(ours, row["loss"]) for ours, row in zip(loss, rows))
    assert all(same(ours, row["lr"]) for ours, row in zip(lr, rows))
    assert text == [row['a "b", c'] for row in rows]


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["step", "loss", "grad_norm", "lr"], {"loss": "loss", "grad_norm": "grad_norm", "lr": "lr", "step": "step"}),
        (
            ["epoch", "train/loss", "val/loss", "trainer/global_step"],
            {"loss": "train/loss", "step": "trainer/global_step"},
        ),
        (
            ["_step", "Train Loss", "val_loss", "Learning Rate"],
            {"loss": "Train Loss", "lr": "Learning Rate", "step": "_step"},
        ),
        (["Step", "run-7 - train/loss", "run-7 - train/loss__MIN"], {"loss": "run-7 - train/loss", "step": "Step"}),
        (["eval_loss", "eval/loss", "learning_rate"], {"lr": "learning_rate"}),
        (["optim/lr-AdamW", "loss.total", "Loss/train"], {"loss": "Loss/train", "lr": "optim/lr-AdamW"}),
        (["iter", "TrainLoss", "ValLoss"], {"loss": "TrainLoss", "step": "iter"}),
        (
            ["iteration", "lm loss", "loss scale", "grad norm"],
            {"loss": "lm loss", "grad_norm": "grad norm", "step": "iteration"},
        ),
        (
            ["data/actor/pg_loss", "data/actor/grad_norm"],
            {"loss": "data/actor/pg_loss", "grad_norm": "data/actor/grad_norm"},
        ),
        (["num_updates", "gnorm", "my_loss"], {"loss": "my_loss", "grad_norm": "gnorm", "step": "num_updates"}),
        (["Wall time", "Step", "Value"], {"loss": "Value", "step": "Step"}),
        (["1", "2"], {"loss": "2", "step": "1"}),
        (
            ["epoch", "train/box_loss", "train/cls_loss", "train/dfl_loss", "val/box_loss", "lr/pg0"],
            {"loss": "train/box_loss + train/cls_loss + train/dfl_loss", "lr": "lr/pg0"},
        ),
        (["iter", "best_loss", "loss_scale", "my loss"], {"loss": "my loss", "step": "iter"}),
        (["iteration", "learn", "test"], {"loss": "learn", "step": "iteration"}),
        (
            ["time/total_timesteps", "train/policy_loss", "train/value_loss"],
            {"loss": "train/policy_loss", "step": "time/total_timesteps"},
        ),
        (["Step", "lr", "vgg term"], {"lr": "lr", "step": "Step"}),
    ],
)
def test_columns_are_guessed(names: list[str], found: dict[str, str]) -> None:
    assert guess(names, {}, "a file") == found


def test_a_column_with_few_numbers_gives_way_to_one_with_many() -> None:
    given = {"step": 2, "iter": 90, "loss": 90}
    assert guess(list(given), {}, "f", given) == {"loss": "loss", "step": "iter"}


def test_a_sum_of_columns_can_be_chosen_and_is_given_where_all_are(tmp_path: Path) -> None:
    path = tmp_path / "results.csv"
    path.write_text("epoch,a_loss,b_loss\n1,1.5,1\n2,1,\n3,1,0.5\n")
    source = open_source(str(path))
    assert guess(source.names, {"loss": "a_loss+b_loss"}, "f") == {"loss": "a_loss+b_loss"}
    values, there = whole(source, Wanted(("a_loss+b_loss", "a_loss")), lambda _: None).numbers["a_loss+b_loss"]
    assert values[there].tolist() == [2.5, 1.5]


def test_a_choice_comes_before_a_guess() -> None:
    names = ["loss", "my loss", "lr", "step"]
    assert guess(names, {"loss": "my loss", "lr": ""}, "f") == {"loss": "my loss", "step": "step"}


@pytest.mark.parametrize(
    ("names", "chosen", "sentence"),
    [
        (["a", "b"], {}, "f has no column that looks like a signal; its columns are a, b"),
        (["step"], {}, "f has no column that looks like a signal"),
        (["a"], {"loss": "b"}, "f has no column 'b'; its columns are a"),
        (["a"], {"speed": "a"}, "column must be one of loss, grad_norm, step_norm, noise, lr, step, got 'speed'"),
        (["loss_D", "loss_G"], {}, "choose one: loss_D, loss_G; for instance --column loss='loss_D'"),
        (["x - train/loss", "y - train/loss"], {}, "f has several columns for loss, choose one: x - train/loss, y"),
    ],
)
def test_what_cannot_be_guessed_is_one_sentence(names: list[str], chosen: dict[str, str], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        guess(names, chosen, "f")


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("a.jsonl", '{"loss": 1}\n{"loss": 2}\n', "JSON lines"),
        ("a.log", '\n{"loss": 1}\n{"loss": 2', "JSON lines"),
        ("a.json", '[{"loss": 1},\n {"loss": 2}]', "JSON"),
        ("a.json", '{"loss": 1}\n{"loss": 2}\n', "JSON"),
        ("trainer_state.json", '{"log_history": [{"loss": 1}, {"eval_loss": 2}]}', "a trainer's state"),
        ("a.csv", "loss;lr\n1;2\n", "a table with semicolons"),
        ("a.tsv", "\ufeffloss\tlr\n1\t2\n", "a table with tabs"),
    ],
)
def test_a_form_is_recognised_from_the_file(name: str, content: str, form: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    source = open_source(str(tmp_path / name))
    assert source.form == form
    (values, there) = whole(source, Wanted(("loss",)), lambda _: None).numbers["loss"]
    assert values[there][0] == 1


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.csv", "", "a.csv is empty"),
        ("a.json", '{"loss": 1}', "a.json holds neither a list of objects, nor a trainer's log_history, nor columns"),
        ("a.json", '{"loss": ', "a.json is not JSON"),
        ("a.jsonl", '{"loss": 1}\nhello\n', "row 2: file must be JSON objects, one a line, got hello"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence(name: str, content: str, sentence: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(ValueError, match=sentence):
        whole(open_source(str(tmp_path / name)), Wanted(("loss",)), lambda _: None)


# --- rows -------------------------------------------------------------------------------------------------------------


def rows(reader: JsonRows | CsvRows, data: bytes, piece: int) -> list:
    """Return the rows of data that is fed in pieces."""
    fed = [row for at in range(0, len(data), piece) for row in reader.feed(data[at : at + piece])]
    return [*fed, *reader.finish()]


@pytest.mark.parametrize("piece", [1, 2, 7, 1000])
def test_rows_of_json_are_the_same_however_the_bytes_are_cut(piece: int) -> None:
    lines = (
        b'{"loss": 1.5, "ok": true, "x": {"a": [1]}, "note": "a\\nb"}\n\nhello\n{"loss":null,"nonfinite":"loss=inf"}'
    )
    assert rows(JsonRows(), lines, piece) == [
        {"loss": 1.5, "ok": True, "x": None, "note": "a\nb"},
        None,
        {"loss": math.inf, "nonfinite": "loss=inf"},
    ]


@pytest.mark.parametrize("piece", [1, 2, 7, 1000])
def test_rows_of_a_csv_are_the_same_however_the_bytes_are_cut(piece: int) -> None:
    text = b'a;b\r\n"1;\n""x""";\n\n2;3'
    assert rows(CsvRows(";"), text, piece) == [["a", "b"], ['1;\n"x"', ""], [], ["2", "3"]]


def test_a_delimiter_is_one_byte() -> None:
    with pytest.raises(ValueError, match="delimiter must be one byte, got ';;'"):
        CsvRows(";;")
