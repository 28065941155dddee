"""Records that are sent to a board: each once, whatever is killed, and one sentence where they are not taken."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
import warnings
from typing import TYPE_CHECKING, Any

import pytest

from anet_lite import AnetError, Monitor, Recorder
from anet_lite.board import inbox as inbox_module
from anet_lite.board.folder import runs_below
from anet_lite.board.inbox import Inbox, RefusedError, Sent
from anet_lite.records import sender as sender_module
from anet_lite.records.board_address import BoardAddress
from anet_lite.records.line_file import LineFile
from board_process import board_process, free_port, lines_of

if TYPE_CHECKING:
    from pathlib import Path

NEEDS = ("starlette", "uvicorn")
LINES = b'{"loss":1}\n{"loss":2}\n{"loss":3}\n'
ONE = len(LINES) // 3


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folders of the user that are the test's, and no token."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("XDG_STATE_HOME", str(folder))
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    monkeypatch.delenv("ANET_BOARD_TOKEN", raising=False)
    monkeypatch.setattr(sender_module, "_LAST", 1.0)
    return folder


def spools(home: Path) -> list[Path]:
    return sorted((home / "anet-lite" / "spool").glob("*"))


def write(recorder: Recorder, numbers: range) -> None:
    monitor = Monitor()
    for number in numbers:
        recorder.write(monitor.update(loss=1.0 + 0.1 * (number % 7)), number=number)


def write_in_trouble(recorder: Recorder, count: int) -> None:
    """Write, once the first record has met trouble, the others."""
    write(recorder, range(1))
    while not recorder._sender.trouble:  # type: ignore[union-attr]  # pyright: ignore
        time.sleep(0.02)
    write(recorder, range(1, count))


def numbers_in(lines: list[str]) -> list[int]:
    return [json.loads(line)["number"] for line in lines]


def sent(lines: bytes = LINES, at: int = 0, spool: str = "a", after: str = "", is_over: bool = False) -> Sent:
    return Sent(lines, spool, at, after, is_over)


def test_what_is_sent_stands_below_the_folder_and_nothing_is_left_behind(tmp_path: Path, home: Path) -> None:
    with board_process(tmp_path, 0, "--accept") as (address, _):
        with Recorder(f"{address}team/run-1") as recorder:
            write(recorder, range(200))
        assert (recorder.records, recorder.lost, recorder.waiting) == (200, 0, 0)
        assert numbers_in(lines_of(tmp_path / "team" / "run-1.jsonl", 200)) == list(range(200))
        with Recorder(f"{address}team/run-1.jsonl") as again:
            write(again, range(200, 210))
        assert numbers_in(lines_of(tmp_path / "team" / "run-1.jsonl", 210)) == list(range(210))
    assert spools(home) == []
    assert list(runs_below(str(tmp_path))) == ["team/run-1.jsonl"]


def test_records_wait_for_a_board_that_is_killed_and_come_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sender_module, "_PAUSES", (0.1, 0.1))
    port = free_port()
    recorder = Recorder(f"http://127.0.0.1:{port}/run")
    with pytest.warns(RuntimeWarning, match=r"records of http://127.0.0.1:\d+/run wait in .*the board does not answer"):
        write_in_trouble(recorder, 101)
    assert recorder.waiting == 101
    file = tmp_path / "run.jsonl"
    for begin in (101, 201, 301):  # each board is killed while records are on their way
        with board_process(tmp_path, port, "--accept"):
            lines_of(file, begin)
            write(recorder, range(begin, begin + 100))
    with board_process(tmp_path, port, "--accept"):
        assert numbers_in(lines_of(file, 401)) == list(range(401))
        recorder.close()
    assert (recorder.waiting, recorder.lost) == (0, 0)
    assert numbers_in(lines_of(file, 401)) == list(range(401))


WRITER = """
import sys, time
from anet_lite import Monitor, Recorder
recorder, monitor = Recorder(sys.argv[1]), Monitor()
for number in range(int(sys.argv[2]), 10**9):
    recorder.write(monitor.update(loss=1.0), number=number)
    print(number, flush=True)
    time.sleep(0.002)
"""


def test_what_a_killed_writer_leaves_is_sent_by_the_next_one(tmp_path: Path) -> None:
    told = -1
    with board_process(tmp_path, 0, "--accept") as (address, _):
        for seconds in (0.7, 0.5):
            command = [sys.executable, "-c", WRITER, f"{address}run", str(told + 1)]
            with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
                assert process.stdout
                process.stdout.readline()
                time.sleep(seconds)
                process.kill()
                # A record may have been written and not told of, or told in half a line.
                told = max([told, *map(int, process.stdout.read().split("\n")[:-1])])
        with Recorder(f"{address}run") as recorder:
            write(recorder, range(told + 1, told + 2))
        found = numbers_in(lines_of(tmp_path / "run.jsonl", told + 2))
    assert set(range(told + 2)) <= set(found)
    times = [json.loads(line)["time"] for line in (tmp_path / "run.jsonl").read_text().splitlines()]
    assert len(set(times)) == len(times)
    assert times == sorted(times)


def test_a_lost_answer_doubles_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    post, failures = BoardAddress.post, iter([True, True, True])

    def lossy(self: BoardAddress, *lines: bytes, **place: Any) -> int:
        taken = post(self, *lines, **place)
        if next(failures, False):
            raise OSError("the board does not answer (timed out)")
        return taken

    monkeypatch.setattr(BoardAddress, "post", lossy)
    monkeypatch.setattr(sender_module, "_PAUSES", (0.05, 0.05))
    with board_process(tmp_path, 0, "--accept") as (address, _), Recorder(f"{address}run") as recorder:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            write(recorder, range(500))
        assert numbers_in(lines_of(tmp_path / "run.jsonl", 500)) == list(range(500))
    assert next(failures, None) is None
    assert len(lines_of(tmp_path / "run.jsonl", 500)) == 500


@pytest.mark.parametrize(
    ("options", "token", "sentence"),
    [
        ((), "", r"this board takes no records: start it with --accept"),
        (("--accept", "--token", "right"), "wrong", r"the board asks for another token: give it as token= or in ANET_"),
    ],
)
def test_a_board_that_does_not_take_records_is_named_once_and_training_goes_on(
    tmp_path: Path, options: tuple[str, ...], token: str, sentence: str
) -> None:
    with board_process(tmp_path, 0, *options) as (address, _):
        recorder = Recorder(f"{address}run", token=token)
        with warnings.catch_warnings(record=True) as given:
            warnings.simplefilter("always")
            write_in_trouble(recorder, 50)
            recorder.close()
    texts = [str(warning.message) for warning in given]
    assert len(texts) == 2
    assert all(sentence in text for text in texts)
    assert "50 records of" in texts[1]
    assert "the next Recorder of that address sends them" in texts[1]
    assert (recorder.records, recorder.lost, recorder.waiting) == (50, 0, 50)
    assert list(tmp_path.iterdir()) == []


def test_the_token_comes_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANET_BOARD_TOKEN", "open sesame")
    with board_process(tmp_path, 0, "--accept") as (address, _):  # which takes it from there, too
        with Recorder(f"{address}run") as recorder:
            write(recorder, range(3))
        with pytest.raises(urllib.error.HTTPError, match="401"):
            urllib.request.urlopen(f"{address}run", b"{}\n")
    assert len(lines_of(tmp_path / "run.jsonl", 3)) == 3


def test_a_page_of_another_site_cannot_send_records(tmp_path: Path) -> None:
    with board_process(tmp_path, 0, "--accept") as (address, _):
        with pytest.raises(urllib.error.HTTPError, match="415"):
            urllib.request.urlopen(f"{address}run?spool=a&at=0", b"{}\n")
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"{address}run/elsewhere")


def test_a_full_disk_of_the_writer_loses_records_and_counts_them(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = Recorder(f"http://127.0.0.1:{free_port()}/run")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(LineFile, "append", full)
        with pytest.warns(RuntimeWarning, match=r"records are being lost: .*No space left"):
            write(recorder, range(3))
    assert (recorder.lost, recorder.waiting) == (3, 0)
    recorder.close()
    assert spools(home) == []


def test_a_large_spool_that_was_sent_gives_way_to_a_new_one(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender_module, "_LARGE", 1000)
    seen: set[Path] = set()
    with board_process(tmp_path, 0, "--accept") as (address, _), Recorder(f"{address}run") as recorder:
        for begin in range(0, 60, 20):
            write(recorder, range(begin, begin + 20))
            lines_of(tmp_path / "run.jsonl", begin + 20)
            while recorder.waiting:
                time.sleep(0.02)
            seen |= set(spools(home))
            assert len(spools(home)) == 1
    assert len(seen) == 3
    assert numbers_in(lines_of(tmp_path / "run.jsonl", 60)) == list(range(60))


def test_two_recorders_of_one_address_on_one_machine_are_refused() -> None:
    first = Recorder(f"http://127.0.0.1:{free_port()}/run")
    with pytest.raises(ValueError, match="without another writer"):
        Recorder(first.path)


@pytest.mark.parametrize(
    ("path", "options", "sentence"),
    [
        ("http://host:8080", {}, "a run's name must be of letters"),
        ("http://host:8080/../etc", {}, "a run's name must be of letters"),
        ("http://host:8080/%2e%2e/x", {}, "a run's name must be of letters"),
        ("http://host:8080/a//b", {}, "a run's name must be of letters"),
        ("http://host:8080/run?token=x", {}, r"path must hold no \? and no #: a token is given as token="),
        ("http://me:secret@host/run", {}, "a user and a password go into headers"),
        ("http://host/run", {"token": "new\nline"}, "the value of Authorization must be one line"),
        ("http://host/run", {"token": 5}, "token must be a str, got int"),
        ("run.jsonl", {"token": "x"}, "token must be left out where path is a file"),
    ],
)
def test_an_address_that_cannot_be_is_refused(path: str, options: dict[str, Any], sentence: str) -> None:
    with pytest.raises(AnetError, match=sentence) as refused:
        Recorder(path, **options)
    assert "secret" not in str(refused.value)


# The inbox alone, without a network.


def test_the_inbox_drops_what_it_has_and_asks_for_what_it_lacks(tmp_path: Path) -> None:
    inbox = Inbox(str(tmp_path))
    assert inbox.take("run", sent(b"")) == 0
    assert inbox.take("run", sent(LINES[:ONE])) == ONE
    assert inbox.take("run", sent()) == 3 * ONE  # the answer to the first was lost
    assert inbox.take("run", sent()) == 3 * ONE
    assert inbox.take("run", sent(LINES, at=9 * ONE)) == 3 * ONE
    assert (tmp_path / "run.jsonl").read_bytes() == LINES


def test_a_torn_line_of_a_killed_board_is_cut_off_and_comes_again(tmp_path: Path) -> None:
    inbox = Inbox(str(tmp_path))
    inbox.take("run", sent())
    inbox.close()
    os.truncate(tmp_path / "run.jsonl", 3 * ONE - 4)
    again = Inbox(str(tmp_path))
    assert again.take("run", sent(b"", at=3 * ONE)) == 2 * ONE
    assert again.take("run", sent(LINES[2 * ONE :], at=2 * ONE)) == 3 * ONE
    assert (tmp_path / "run.jsonl").read_bytes() == LINES


def test_a_name_has_one_writer_until_it_leaves_or_is_silent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inbox = Inbox(str(tmp_path))
    inbox.take("run", sent(spool="a"))
    with pytest.raises(RefusedError, match="the name run is in use by another writer") as refused:
        inbox.take("run", sent(spool="b"))
    assert refused.value.status == 409
    assert inbox.take("run", sent(LINES[:ONE], spool="c", after="a")) == ONE
    inbox.take("run", sent(b"", at=ONE, spool="c", is_over=True))
    assert inbox.take("run", sent(LINES[:ONE], spool="d")) == ONE
    monkeypatch.setattr(inbox_module, "_LEASE", 0.0)
    assert inbox.take("run", sent(spool="e")) == 3 * ONE
    # The one that was silent comes back: what it had sent is known.
    assert inbox.take("run", sent(LINES, spool="d")) == 3 * ONE
    assert (tmp_path / "run.jsonl").read_bytes() == LINES + 2 * LINES[:ONE] + LINES + LINES[ONE:]


def test_a_run_that_is_deleted_gets_again_what_its_writer_still_has(tmp_path: Path) -> None:
    inbox = Inbox(str(tmp_path))
    inbox.take("run", sent(spool="a", is_over=True))
    inbox.take("run", sent(spool="b"))
    inbox.close()
    (tmp_path / "run.jsonl").unlink()
    for _ in range(2):
        again = Inbox(str(tmp_path))
        assert again.take("run", sent(LINES[:ONE], spool="b")) == ONE
        again.close()
    assert (tmp_path / "run.jsonl").read_bytes() == LINES[:ONE]


def test_no_name_leads_out_of_the_folder_or_into_a_file_of_another(tmp_path: Path) -> None:
    folder, outside = tmp_path / "runs", tmp_path / "outside"
    folder.mkdir()
    outside.mkdir()
    (folder / "link").symlink_to(outside)
    (folder / "leads.jsonl").symlink_to(outside / "x.jsonl")
    (folder / "mine.jsonl").write_text("{}\n")
    local = Recorder(folder / "open.jsonl")
    inbox = Inbox(str(folder))
    for name, status in {
        "../x": 400, "": 400, "/etc/x": 400, ".hidden": 400, "a/../../x": 400, "a\\b": 400, "x" * 201: 400,
        "tombstones": 400, "link/x": 403, "leads": 403, "mine": 409, "open": 409,
    }.items():  # fmt: skip
        with pytest.raises(RefusedError) as refused:
            inbox.take(name, sent())
        assert refused.value.status == status, name
    assert list(outside.iterdir()) == []
    assert (folder / "mine.jsonl").read_text() == "{}\n"
    local.close()


def test_a_full_disk_of_the_board_is_one_sentence_and_the_rest_comes_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = Inbox(str(tmp_path))
    written = os.write

    def nearly_full(file: int, content: bytes) -> int:
        if len(content) == len(LINES):
            return written(file, content[: ONE + 3])
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", nearly_full)
        with pytest.raises(RefusedError, match=r"the board cannot write run.jsonl \(No space left on device\)") as told:
            inbox.take("run", sent())
    assert told.value.status == 507
    assert (tmp_path / "run.jsonl").read_bytes() == LINES[:ONE]
    assert inbox.take("run", sent()) == 3 * ONE
    assert (tmp_path / "run.jsonl").read_bytes() == LINES


@pytest.mark.parametrize("lines", [b"no json\n", b'{"loss":1}', b"[1]\n", b"\n"])
def test_what_is_no_json_lines_is_refused(tmp_path: Path, lines: bytes) -> None:
    with pytest.raises(RefusedError, match="is no JSON lines"):
        Inbox(str(tmp_path)).take("run", sent(lines))
    assert list(tmp_path.iterdir()) == []


def test_no_more_files_stay_open_than_a_process_may_have(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox_module, "_OPEN", 3)
    inbox = Inbox(str(tmp_path))
    for _ in range(2):
        for at in range(10):
            assert inbox.take(f"run-{at}", sent(spool=f"s{at}")) == 3 * ONE
    assert all((tmp_path / f"run-{at}.jsonl").read_bytes() == LINES for at in range(10))
    LineFile(str(tmp_path / "run-0.jsonl")).close()
    with pytest.raises(ValueError, match="without another writer"):
        LineFile(str(tmp_path / "run-9.jsonl"))
