"""Files of streams on the board: their card, their wall, and the page of each."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import numpy as np
import pytest

from anet_lite.board import streams as streams_module
from anet_lite.board.watcher import Watcher
from test_board import Board

NEEDS = ("starlette", "uvicorn")

if TYPE_CHECKING:
    from pathlib import Path

    from anet_lite.board.card import Card


@pytest.fixture
def no_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every file be looked at as often as it changes."""
    monkeypatch.setattr("anet_lite.board.watcher._STREAMS", 0)
    monkeypatch.setattr("anet_lite.board.watcher._PATIENCE", 0)


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


def write(path: Path, rows: int = 300, breaks: bool = True) -> None:
    """Write three streams, of which the second breaks, and the first has a hole."""
    chance = np.random.default_rng(0)
    values = chance.normal(size=(rows, 3))
    values[rows // 2 :, 1] += 40.0 * breaks
    lines = [f"{at},{'' if at == 5 else a},{b},{c}" for at, (a, b, c) in enumerate(values.tolist())]
    path.write_text("sample,disk,cpu/é,memory\n" + "\n".join(lines) + "\n", encoding="utf-8")


def card_of(folder: Path, name: str, lang: str = "en") -> Card:
    watcher = Watcher(str(folder), lang)
    watcher.look()
    return next(card for card in watcher.since(0)[1] if card.name == name)


def test_a_file_of_streams_has_a_card_with_its_alarms(tmp_path: Path) -> None:
    write(tmp_path / "strange.csv")
    write(tmp_path / "calm.csv", breaks=False)
    write(tmp_path / "short.csv", rows=20)
    strange, calm, short = (card_of(tmp_path, f"{name}.csv") for name in ("strange", "calm", "short"))
    assert (strange.kind, strange.status, strange.rows, strange.error) == ("streams", "alarms", 300, "")
    assert strange.incidents >= 1
    assert "of 3 streams" in strange.sentence
    assert str(tmp_path) not in strange.form
    assert len(strange.loss.points) > 50
    assert (calm.status, calm.incidents, calm.sentence) == ("quiet", 0, "No alarm in 900 samples of 3 streams.")
    assert (short.status, short.sentence) == ("", "Nothing was judged: 60 samples of 3 streams.")
    assert card_of(tmp_path, "calm.csv", "ja").sentence == "900個のサンプル(3系列)に警報はありません。"


def test_a_file_without_numbers_is_still_no_run_and_a_large_one_is_left_to_detect(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "words.csv").write_text("words\nbuy milk\n")
    assert card_of(tmp_path, "words.csv").error
    write(tmp_path / "large.csv")
    monkeypatch.setattr(streams_module, "MOST_BYTES", 1 << 10)
    assert (
        "larger than the 0 MiB of streams that a board reads: anet-lite detect" in card_of(tmp_path, "large.csv").error
    )


def asked(board: Board, path: str, **query: str) -> Any:
    status, text = board.get(path + "?" + "&".join(f"{name}={quote(value)}" for name, value in query.items()))
    assert status == (404 if "error" in json.loads(text) else 200)
    return json.loads(text)


def test_the_wall_shows_the_strangest_first_and_each_opens_its_page(tmp_path: Path) -> None:
    write(tmp_path / "strange.csv")
    board = Board(tmp_path)
    board.runs()
    wall = asked(board, "api/streams", name="strange.csv")
    first = wall["tiles"][0]
    assert first["name"] == "cpu/é"
    assert {tile["name"] for tile in wall["tiles"]} == {"disk", "cpu/é", "memory"}
    assert first["alarms"] >= 1
    assert first["least"] <= 1e-4
    assert min(p for p in first["p"] if p is not None) == first["least"]
    assert all(len(tile["values"]) == len(tile["p"]) == 120 for tile in wall["tiles"])
    assert [tile["least"] for tile in wall["tiles"][1:]] == sorted(tile["least"] for tile in wall["tiles"][1:])
    page = asked(board, "api/run", name="strange.csv", stream="cpu/é")
    assert [panel["title"] for panel in page["panels"]] == ["cpu/é"]
    assert {alarm["panel"] for alarm in page["alarms"]} == {"cpu/é"}
    assert asked(board, "api/run", name="strange.csv", stream="gpu")["error"] == "strange.csv has no stream gpu"
    assert "error" in asked(board, "api/run", name="strange.csv")
    assert board.get("wall?name=strange.csv")[0] == 200


def test_a_file_that_grows_is_judged_again(tmp_path: Path) -> None:
    write(tmp_path / "grows.csv", breaks=False)
    board = Board(tmp_path)
    board.runs()
    assert asked(board, "api/streams", name="grows.csv")["said"] == "No alarm in 900 samples of 3 streams."
    write(tmp_path / "grows.csv", rows=400, breaks=False)
    assert asked(board, "api/streams", name="grows.csv")["said"] == "No alarm in 1,200 samples of 3 streams."


def grown(tmp_path: Path, breaks: bool) -> tuple[Watcher, Path]:
    """Return a watcher of a file that was there, and has grown by a hundred samples since, one by one."""
    write(tmp_path / "whole.csv", rows=400, breaks=breaks)
    lines = (tmp_path / "whole.csv").read_bytes().splitlines(keepends=True)
    path = tmp_path / "grows.csv"
    path.write_bytes(b"".join(lines[:301]))
    watcher = Watcher(str(tmp_path))
    watcher.look()
    for line in lines[301:]:
        with open(path, "ab") as file:
            file.write(line)
        watcher.look()
    return watcher, path


@pytest.mark.usefixtures("no_rest")
def test_streams_that_grow_are_followed_sample_by_sample(tmp_path: Path) -> None:
    watcher, _ = grown(tmp_path, breaks=True)
    cards = {card.name: card for card in watcher.since(0)[1]}
    assert watcher.version > 100
    assert (cards["grows.csv"].rows, cards["grows.csv"].status) == (400, "alarms")
    followed = watcher.followed("grows.csv")
    assert followed is not None
    assert watcher.followed("whole.csv") is None
    whole = streams_module.judged(str(tmp_path / "whole.csv"), "en").found
    one = followed.judged().found
    assert {name: len(scores.p_value) for name, scores in one.scores.items()} == dict.fromkeys(whole.scores, 400)
    assert np.nanmin(one.scores["cpu/é"].p_value) == np.nanmin(whole.scores["cpu/é"].p_value)
    assert [alarm.start for alarm in one.rang] == [alarm.start for alarm in whole.rang]


@pytest.mark.usefixtures("no_rest")
def test_a_followed_file_that_is_written_anew_is_read_anew(tmp_path: Path) -> None:
    watcher, path = grown(tmp_path, breaks=True)
    write(path, rows=500, breaks=False)
    watcher.look()
    watcher.look()
    card = {card.name: card for card in watcher.since(0)[1]}["grows.csv"]
    assert (card.rows, card.status, card.incidents) == (500, "quiet", 0)
