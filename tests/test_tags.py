"""Tags of a run: from its recorder, through any form of file, to the list of a board."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from anet_lite import Monitor, Recorder
from anet_lite.board.reading import Growing, read_card
from anet_lite.page.read_run import read_run

if TYPE_CHECKING:
    from pathlib import Path


def record(path: Path, tags: list[str], rows: int = 3) -> None:
    monitor = Monitor()
    with Recorder(path, tags=tags) as recorder:
        for at in range(rows):
            recorder.write(monitor.update(loss=2.0 - 0.1 * at))


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_the_first_record_has_the_tags_and_a_reader_finds_them(form: str, tmp_path: Path) -> None:
    record(tmp_path / f"run.{form}", ["sweep-3", "損失", "sweep-3"])
    assert read_run(str(tmp_path / f"run.{form}"), Monitor(), {}, lambda _: None).tags == ["sweep-3", "損失"]


def test_the_tags_stand_once_in_a_file(tmp_path: Path) -> None:
    record(tmp_path / "run.jsonl", ["a", "b"])
    rows = [json.loads(line) for line in (tmp_path / "run.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["tags"] for row in rows] == ["a;b", "", ""]


def test_a_run_without_tags_has_no_column_for_them(tmp_path: Path) -> None:
    record(tmp_path / "run.jsonl", [])
    assert "tags" not in json.loads((tmp_path / "run.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert read_card(str(tmp_path / "run.jsonl"), "run.jsonl", "en")[0].tags == []


def test_a_run_that_is_continued_has_the_tags_of_both(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    record(path, ["a"])
    card, _ = read_card(str(path), "run.jsonl", "en")
    growing = Growing(str(path), card, path.stat().st_size)
    record(path, ["b", "a"])
    growing.look()
    assert card.tags == ["a", "b"] == read_card(str(path), "run.jsonl", "en")[0].tags


def test_a_file_without_the_column_takes_no_tags(tmp_path: Path) -> None:
    record(tmp_path / "run.jsonl", [])
    before = (tmp_path / "run.jsonl").read_bytes()
    with pytest.raises(ValueError, match=r"tags: .*run\.jsonl has records without a column of tags"):
        Recorder(tmp_path / "run.jsonl", tags=["a"])
    assert (tmp_path / "run.jsonl").read_bytes() == before
    record(tmp_path / "run.jsonl", [])  # nobody holds it


@pytest.mark.parametrize(
    ("tags", "error", "said"),
    [
        ("sweep", TypeError, "tags must be a list of words, got the text 'sweep'"),
        ([3], TypeError, "tags must be words, got int"),
        ([""], ValueError, "tags must be words without spaces and without ;, got ''"),
        (["a b"], ValueError, "got 'a b'"),
        (["a;b"], ValueError, "got 'a;b'"),
    ],
)
def test_what_is_no_tag_is_refused(tags: Any, error: type[Exception], said: str, tmp_path: Path) -> None:
    with pytest.raises(error, match=said):
        Recorder(tmp_path / "run.jsonl", tags=tags)
    assert not (tmp_path / "run.jsonl").exists()
