"""The board without a browser: what it finds, keeps up, remembers, and answers; and whom it lets in."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any

import pytest

from anet_lite import AnetError, Monitor, Recorder
from anet_lite.board.folder import runs_below
from anet_lite.board.index import Index
from anet_lite.board.pages import Pages
from anet_lite.board.reading import read_card
from anet_lite.board.serve import serve
from anet_lite.board.sparkline import MOST, Sparkline
from anet_lite.board.watcher import Watcher
from anet_lite.board.words import WORDS
from anet_lite.page.words import WORDS as PAGE_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from anet_lite.board.card import Card

NEEDS = ("starlette", "uvicorn")


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    return folder


def losses(count: int, breaks: int = 10**9) -> list[float]:
    return [2.0 - at / 1000 + 0.01 * (at % 7) + (3.0 if at >= breaks else 0.0) for at in range(count)]


def record(path: Path, values: list[float], monitor: Monitor | None = None) -> Monitor:
    monitor = monitor or Monitor()
    with Recorder(path) as recorder:
        for loss in values:
            recorder.write(monitor.update(loss=loss))
    return monitor


def looked(folder: Path, lang: str = "en") -> Watcher:
    watcher = Watcher(str(folder), lang)
    watcher.look()
    return watcher


def cards(watcher: Watcher) -> dict[str, Card]:
    return {card.name: card for card in watcher.since(0)[1]}


def test_runs_of_all_kinds_are_found_and_what_is_none_says_why(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    record(tmp_path / "a" / "run.jsonl", losses(400, 300))
    (tmp_path / "a" / "b" / "log.csv").write_text("step,loss\n" + "".join(f"{at},{2 + at % 5}\n" for at in range(300)))
    (tmp_path / "notes.txt").write_text("buy milk\n")
    (tmp_path / ".hidden.csv").write_text("loss\n1\n")
    (tmp_path / "config.json").write_text("{}")
    found = cards(looked(tmp_path))
    assert sorted(found) == ["a/b/log.csv", "a/run.jsonl", "notes.txt"]
    run = found["a/run.jsonl"]
    assert (run.rows, run.step, run.status, run.incidents, run.first) == (400, 399, "failing", 1, "jump_loss")
    assert run.sentence.startswith("Step 300: the run is")
    assert found["a/b/log.csv"].error == ""
    assert "notes.txt" in found["notes.txt"].error


def test_a_record_that_is_added_is_taken_in_without_reading_the_rest(tmp_path: Path, monkeypatch: Any) -> None:
    values = losses(700, 500)
    monitor = record(tmp_path / "run.jsonl", values[:400])
    watcher = looked(tmp_path)
    version = watcher.version
    monkeypatch.setattr("anet_lite.board.watcher.read_card", lambda *_: pytest.fail("it was read again"))
    with Recorder(tmp_path / "run.jsonl") as recorder:
        for loss in values[400:]:
            recorder.write(monitor.update(loss=loss))
            if monitor.summary().rows % 97 == 0:
                watcher.look()
    watcher.look()
    monkeypatch.undo()
    grown, whole = cards(watcher)["run.jsonl"], cards(looked(copied(tmp_path)))["run.jsonl"]
    assert watcher.version > version
    for name in ("rows", "step", "status", "worst", "incidents", "incident", "first", "sentence"):
        assert getattr(grown, name) == getattr(whole, name), name
    assert grown.loss == whole.loss
    assert grown.interval > 0


def copied(folder: Path) -> Path:
    to = folder.parent / f"{folder.name}-copy"
    to.mkdir()
    (to / "run.jsonl").write_bytes((folder / "run.jsonl").read_bytes())
    return to


def test_a_record_that_comes_while_a_run_is_read_is_on_its_card(tmp_path: Path, monkeypatch: Any) -> None:
    monitor = record(tmp_path / "run.jsonl", losses(200))
    watcher = looked(tmp_path)
    monitor = record(tmp_path / "run.jsonl", [1.0], monitor)
    watcher.look()

    def read(path: str, name: str, lang: str) -> Any:
        found = read_card(path, name, lang)
        record(tmp_path / "run.jsonl", [1.0], monitor)
        return found

    record(tmp_path / "run.jsonl", [1.0], monitor)
    with monkeypatch.context() as patched:
        patched.setattr("anet_lite.board.watcher.read_card", read)
        patched.setattr("anet_lite.board.watcher._RESTS", -1.0)
        patched.setattr("anet_lite.board.watcher._PATIENCE", 0)
        watcher.look()  # grows by one
        watcher.look()  # rests, and is read as a whole, while another record comes
    watcher.look()
    assert cards(watcher)["run.jsonl"].rows == 203


def test_half_a_line_waits_for_its_other_half(tmp_path: Path) -> None:
    record(tmp_path / "run.jsonl", losses(200))
    lines = (tmp_path / "run.jsonl").read_bytes()
    (tmp_path / "run.jsonl").write_bytes(lines[: lines.rindex(b"\n", 0, -1) + 1])
    watcher = looked(tmp_path)
    last = lines[lines.rindex(b"\n", 0, -1) + 1 :]
    for piece, rows in ((last[:50], 199), (last[50:], 200)):
        with open(tmp_path / "run.jsonl", "ab") as file:
            file.write(piece)
        watcher.look()
        assert cards(watcher)["run.jsonl"].rows == rows


def test_a_run_that_is_deleted_is_gone_and_one_that_is_cut_is_read_again(tmp_path: Path) -> None:
    record(tmp_path / "a.jsonl", losses(200))
    record(tmp_path / "b.jsonl", losses(200))
    watcher = looked(tmp_path)
    version = watcher.version
    (tmp_path / "a.jsonl").unlink()
    lines = (tmp_path / "b.jsonl").read_bytes().splitlines(keepends=True)
    (tmp_path / "b.jsonl").write_bytes(b"".join(lines[:100]))
    watcher.look()
    end = time.monotonic() + 20
    while cards(watcher)["b.jsonl"].rows > 100 and time.monotonic() < end:
        time.sleep(0.1)  # a file that is read as a whole gets one part in twenty of the time
        watcher.look()
    _, changed, gone = watcher.since(version)
    assert gone == ["a.jsonl"]
    assert [(card.name, card.rows) for card in changed] == [("b.jsonl", 100)]
    assert watcher.path("a.jsonl") is None


def test_a_second_board_reads_nothing_that_has_not_changed(tmp_path: Path, monkeypatch: Any, cache: Path) -> None:
    record(tmp_path / "a.jsonl", losses(200, 150))
    first = cards(looked(tmp_path))
    assert [path.suffix for path in (cache / "anet-lite").glob("*.sqlite")] == [".sqlite"]
    monkeypatch.setattr("anet_lite.board.watcher.read_card", lambda *_: pytest.fail("it was read again"))
    assert cards(looked(tmp_path)) == first


def test_an_index_that_is_damaged_or_cannot_be_written_is_done_without(tmp_path: Path, cache: Path) -> None:
    record(tmp_path / "a.jsonl", losses(200))
    (cache / "anet-lite").write_text("a file where a folder should be")
    assert cards(looked(tmp_path))["a.jsonl"].rows == 200
    (cache / "anet-lite").unlink()
    looked(tmp_path).stop()
    for file in (cache / "anet-lite").iterdir():
        file.write_bytes(b"no database" * 1000)
    assert cards(looked(tmp_path))["a.jsonl"].rows == 200
    Index(str(tmp_path), "en").close()


def test_sentences_come_in_the_language_of_the_board(tmp_path: Path) -> None:
    (tmp_path / "log.csv").write_text("loss\n" + "".join(f"{value}\n" for value in losses(400)))
    assert cards(looked(tmp_path, "ja"))["log.csv"].sentence.startswith("健全")
    assert cards(looked(tmp_path, "en"))["log.csv"].sentence.startswith("Healthy")


def test_all_words_come_in_both_languages() -> None:
    assert set(WORDS["en"]) == set(WORDS["ja"])
    assert set(PAGE_WORDS["en"]) == set(PAGE_WORDS["ja"])


def test_a_sparkline_keeps_its_ends_and_marks_what_is_not_finite() -> None:
    curve = Sparkline()
    for value in [1.0, float("nan"), *map(float, range(2, 5000))]:
        curve.push(value)
        assert len(curve.points) <= MOST
    assert curve.points[0] == 1.0
    assert curve.points[-1] is not None
    assert curve.points[-1] > 4900
    short = Sparkline()
    for value in (1.0, float("inf"), 2.0):
        short.push(value)
    assert short.points == [1.0, None, 2.0]


def test_runs_are_compared_on_one_axis(tmp_path: Path) -> None:
    for at, name in enumerate(("a.jsonl", "b.jsonl")):
        record(tmp_path / name, losses(200 + at, 150))
    data = Pages("en").compare([str(tmp_path / name) for name in ("a.jsonl", "b.jsonl")], ["a.jsonl", "b.jsonl"])
    loss = next(panel for panel in data["panels"] if panel["title"] == "loss")
    assert [series["name"] for series in loss["series"]] == ["a.jsonl", "b.jsonl"]
    assert [len(series["x"]) for series in loss["series"]] == [200, 201]
    assert data["words"]["facts"].count("\n") == 1


def test_nothing_but_runs_is_looked_into(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "events.out.tfevents.1.host").write_bytes(b"")
    (tmp_path / "run" / "inside.csv").write_text("loss\n1\n")
    (tmp_path / "__pycache__").mkdir()
    assert list(runs_below(str(tmp_path))) == ["run"]


class Board:
    """A board that is served in a thread."""

    def __init__(self, folder: Path, **options: Any) -> None:
        self._told, self.address = threading.Event(), ""
        options = {"port": 0, "ready": self._ready, **options}
        self._error: BaseException | None = None
        threading.Thread(target=self._serve, args=(folder, options), daemon=True).start()
        assert self._told.wait(20), self._error

    def _serve(self, folder: Path, options: dict[str, Any]) -> None:
        try:
            serve(folder, **options)
        except BaseException as error:
            self._error = error
            raise

    def _ready(self, address: str) -> None:
        self.address = address
        self._told.set()

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        base = self.address.partition("?")[0]
        request = urllib.request.Request(base + path, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def runs(self) -> dict[str, Any]:
        """Wait until all runs were looked at."""
        for _ in range(100):
            found = json.loads(self.get("api/runs")[1])
            if found["ready"]:
                return found
            time.sleep(0.1)
        raise AssertionError("the board reads for ever")


@pytest.fixture
def board(tmp_path: Path) -> Iterator[Board]:
    record(tmp_path / "run.jsonl", losses(400, 300))
    return Board(tmp_path)


def test_the_board_answers_with_runs_their_pages_and_its_files(board: Board) -> None:
    found = board.runs()
    assert [card["name"] for card in found["cards"]] == ["run.jsonl"]
    started = json.loads(board.get("api/start")[1])
    assert started == {name: found[name] for name in ("version", "words")}
    status, text = board.get("api/run?name=run.jsonl")
    assert (status, json.loads(text)["rows"]) == (200, 400)
    for path in ("", "run?name=run.jsonl", "assets/list.js", "assets/page.js", "assets/uplot.js", "assets/uplot.css"):
        assert board.get(path)[0] == 200, path
    for path in (
        "api/run?name=other.jsonl",
        "api/run",
        "api/run?name=../../etc/passwd",
        "assets/..%2fapp.py",
        "assets/x",
    ):
        assert board.get(path)[0] == 404, path


def test_a_line_that_is_written_is_told_within_a_second(board: Board, tmp_path: Path) -> None:
    since = board.runs()["version"]
    with urllib.request.urlopen(f"{board.address}api/events?since={since}", timeout=10) as events:
        written = time.monotonic()
        record(tmp_path / "run.jsonl", [0.5])
        line = next(line for line in events if line.startswith(b"data: "))
        assert time.monotonic() - written < 5.0  # a second on a machine that is idle
        assert json.loads(line[6:])["cards"][0]["rows"] == 401


def test_another_page_cannot_call_the_board_by_a_name_of_its_own(board: Board) -> None:
    assert board.get("api/runs", Host="evil.example")[0] == 400


def test_who_does_not_know_the_token_is_told_so(tmp_path: Path) -> None:
    asked = Board(tmp_path, token="open sesame")
    assert asked.get("api/runs")[0] == 401
    assert "asks for its token" in asked.get("")[1]
    assert asked.get("api/runs", Authorization="Bearer open sesame")[0] == 200
    assert asked.get("api/runs", Cookie="anet_board=wrong")[0] == 401
    assert asked.get("api/runs", Authorization="Bearer öffne")[0] == 401
    assert "token=open%20sesame" in asked.address


def test_what_cannot_be_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(NotADirectoryError, match="is no folder: a board is of the folder in which runs are written"):
        serve(tmp_path / "none")
    with pytest.raises(ValueError, match="lang must be 'en' or 'ja', got 'fr'"):
        serve(tmp_path, lang="fr")
    with pytest.raises(AnetError, match="host must be an address of this machine"):
        serve(tmp_path, host="no such host", port=0)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(OSError, match="cannot be listened at"):
            serve(tmp_path, port=taken.getsockname()[1])


def test_the_command_ends_with_one_sentence_where_the_port_is_taken(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "anet_lite", "board", str(tmp_path), "--port", port]
        done = subprocess.run(
            command, capture_output=True, text=True, env={**os.environ, "COLUMNS": "300"}, check=False
        )
    assert done.returncode == 2
    assert f"127.0.0.1:{port} cannot be listened at" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_page_of_a_run_that_was_read_is_not_read_again(tmp_path: Path, monkeypatch: Any) -> None:
    record(tmp_path / "run.jsonl", losses(300))
    looked(tmp_path)
    monkeypatch.setattr("anet_lite.board.watcher.read_card", lambda *_: pytest.fail("it was read again"))
    again = looked(tmp_path)
    kept, read = again.page("run.jsonl"), Pages("en").run(str(tmp_path / "run.jsonl"), "run.jsonl")
    assert {**(kept or {}), "name": "run.jsonl"} == json.loads(json.dumps(read))
    record(tmp_path / "run.jsonl", [1.0])
    assert again.page("run.jsonl") is None
