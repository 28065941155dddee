"""Damaged files, and files of which nothing can be read: a sentence ends each command, and none says all is well."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from rich.console import Console
from typer.testing import CliRunner

import command_line
from anet_lite import Monitor, Recorder, report
from anet_lite import replay as replay_module
from anet_lite.cli.app import app
from anet_lite.cli.commands import watch
from anet_lite.cli.view.watch_view import view
from anet_lite.reader.follow import Watched
from anet_lite.reader.forms.memory import flat

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ROWS = [f"{step},{2 - 0.001 * step}" for step in range(200)]
CSV = "\n".join(["step,loss", *ROWS, ""])
DEEP = "[" * 100_000 + "]" * 100_000
LONG = "1" + "0" * 400

NOTHING: dict[str, bytes] = {
    "header.csv": b"step,loss\n",
    "no newline.csv": b"step,loss",
    "cells.csv": b"step,loss\n1,\n2,\n3,\n",
    "words.csv": b"loss\nx\ny\n",
    "dict.json": b'{"log_history": [{"loss": {"a": []}}]}',
    "deep.json": DEEP.encode(),
    "deep objects.json": ('{"a":' * 100_000 + "1" + "}" * 100_000).encode(),
    "empty.json": b"[]",
    "none.jsonl": b"{}\n",
    "torn.jsonl": b'{"loss":',
    "gzip.csv.gz": b"\x1f\x8bhello",
}
DAMAGED: dict[str, bytes] = {
    "quote.csv": ('step,loss\n1,"2\n' + CSV[10:]).encode(),
    "semicolons.csv": ('step;loss\n1;"2\n' + CSV[10:].replace(",", ";")).encode(),
    "quoted header.csv": ('step,"loss\n' + CSV[10:]).encode(),
    "deep.jsonl": ('{"loss": 2.0, "x": ' + DEEP + "}\n" + '{"loss": 1.9}\n' * 50).encode(),
    "nested.jsonl": (
        '{"loss": 2, "x": {"y": 1}}\n{"loss": 2, "x": ' + '{"a":' * 990 + "1" + "}" * 990 + "}\n"
    ).encode(),
    "long loss.json": f'[{{"step":1,"loss":2.0}},{{"step":2,"loss":{LONG}}}]'.encode(),
    "long loss.jsonl": f'{{"step":1,"loss":2.0}}\n{{"step":2,"loss":{LONG}}}\n'.encode(),
    "long step.json": f'[{{"step":1,"loss":2.0}},{{"step":{LONG},"loss":2.0}}]'.encode(),
    "infinite step.csv": (CSV + "inf,nan\n" * 3 + "1e400,nan\n" + "nan,nan\n" * 3).encode(),
    "infinite step.jsonl": b'{"step":1,"loss":2.0}\n{"step":1e400,"loss":NaN}\n{"step":Infinity,"loss":1}\n',
    "old mac.csv": CSV.replace("\n", "\r").encode(),
    "latin.csv": ("t\u00e9mp,loss\n" + CSV[10:]).encode("latin-1"),
    "latin later.csv": (CSV + "200,1.8\n" * 20_000).encode() + b"201,1.8,\xe9t\xe9\n" + b"1,2\n" * 9,
    "utf-16.csv": CSV.encode("utf-16"),
    "long cell.csv": (CSV + "200," + "9" * 200_000 + "\n").encode(),
    "garbage.csv": bytes(range(256)) * 50,
    "nul.csv": b"step,loss\n1,2\x00\n\x00\x00,3\n",
}


@pytest.fixture(autouse=True)
def one_look(monkeypatch: pytest.MonkeyPatch) -> None:
    """End ``watch`` after its first look."""

    def leave(_: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(watch, "time", SimpleNamespace(monotonic=time.monotonic, sleep=leave))


def ran(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, arguments)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, " ".join(done.output.replace("│", " ").split())


def output(command: str, folder: Path) -> Sequence[str]:
    return {"report": ["-o", str(folder / "out.html")], "plot": ["-o", str(folder / "out.png")]}.get(command, [])


@pytest.mark.parametrize("name", NOTHING)
@pytest.mark.parametrize("command", ["replay", "report", "plot"])
def test_a_file_of_which_nothing_was_read_is_never_well(command: str, name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(NOTHING[name])
    status, said = ran(command, str(tmp_path / name), *output(command, tmp_path))
    assert status == 2
    assert "Invalid value" in said
    assert "o alarm" not in said
    assert len(said) < 3000


@pytest.mark.parametrize("name", [*NOTHING, *DAMAGED])
@pytest.mark.parametrize("command", ["replay", "report", "plot", "watch", "detect"])
@pytest.mark.filterwarnings("error::RuntimeWarning")
def test_no_command_ends_with_a_traceback(command: str, name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes({**NOTHING, **DAMAGED}[name])
    status, _ = ran(command, str(tmp_path / name), *output(command, tmp_path))
    assert status in (0, 2)


def test_the_sentence_names_file_form_and_columns(tmp_path: Path) -> None:
    path = tmp_path / "cells.csv"
    path.write_bytes(NOTHING["cells.csv"])
    with pytest.raises(ValueError, match=r"cells.csv: read as a table with commas, no row has a number in loss, step"):
        replay_module.replay(str(path), Monitor(), {}, lambda _: None)


@pytest.mark.parametrize("name", ["quote.csv", "semicolons.csv"])
def test_a_quote_that_is_not_closed_costs_no_row_and_is_told(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(DAMAGED[name])
    found = replay_module.replay(str(tmp_path / name), Monitor(), {}, lambda _: None)
    assert found.verdict.evidence["losses"] == 200
    assert any("quote" in remark for remark in found.remarks)
    assert "quote" in ran("replay", str(tmp_path / name))[1]
    assert "1 quote not closed" in report(tmp_path / name)


@pytest.mark.parametrize("name", ["old mac.csv", "latin.csv", "utf-16.csv"])
def test_detect_reads_the_encodings_that_replay_reads(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(DAMAGED[name])
    status, said = ran("detect", str(tmp_path / name), "--column", "loss")
    assert status == 0
    assert "No alarm in 200 samples." in said


def test_detect_reads_a_packed_file(tmp_path: Path) -> None:
    import gzip

    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(CSV.encode()))
    status, said = ran("detect", str(tmp_path / "a.csv.gz"), "--column", "loss")
    assert status == 0
    assert "No alarm in 200 samples." in said


def test_a_row_nested_without_end_is_as_deep_as_a_log_is() -> None:
    row: dict[str, Any] = {}
    for _ in range(5000):
        row = {"a": row, "loss": 1.0}
    assert flat(row)["loss"] == 1.0


def test_a_record_whose_step_is_infinite_ends_no_watch(tmp_path: Path) -> None:
    with Recorder(tmp_path / "run.csv") as recorder:
        recorder.write(Monitor().update(loss=float("nan"), step=7))
    text = (tmp_path / "run.csv").read_text().replace(",7,0,failing,", ",1e999,0,failing,")
    assert "1e999" in text
    (tmp_path / "run.csv").write_text(text)
    status, said = ran("watch", str(tmp_path / "run.csv"))
    assert status == 0
    assert "nonfinite" in said


def test_a_path_is_no_markup(tmp_path: Path) -> None:
    (tmp_path / "a[").mkdir()
    path = tmp_path / "a[" / "b].jsonl"
    path.write_text('{"loss": 2.0}\n')
    watched = Watched(str(path), Monitor(), {})
    watched.look()
    console = Console(width=300)
    with console.capture() as shown:
        console.print(view(watched, time.monotonic()))
    assert "a[/b].jsonl" in shown.get().replace("\\", "/")


def test_watch_looks_once_a_day_at_least(tmp_path: Path) -> None:
    (tmp_path / "run.csv").write_text(CSV)
    done = command_line.run("watch", str(tmp_path / "run.csv"), "--every", "inf")
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
