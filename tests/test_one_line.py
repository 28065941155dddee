"""Texts of users and of files forge no line and move no cursor, wherever they are printed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import command_line
from anet_lite import Monitor, TombstoneLog, explain
from anet_lite._internal.one_line import listed, one_line
from anet_lite.cli.view.output import Format, write
from anet_lite.reader.follow import Watched

if TYPE_CHECKING:
    from pathlib import Path

HOSTILE = "a\nstep 9: fake alarm\x1b]0;title\x07\r\u2028\u202e\x85"
ESCAPED = r"a\nstep 9: fake alarm\x1b]0;title\x07\r\u2028\u202e\x85"


def is_clean(text: str) -> bool:
    return all(sign not in text for sign in "\x1b\x07\r\u2028\u202e\x85") and "\nstep 9" not in text


@given(st.text(st.characters()))
def test_a_line_stays_a_line_and_can_be_written(text: str) -> None:
    line = one_line(text)
    line.encode()
    assert len(line.splitlines()) <= 1
    assert one_line(line) == line
    assert text == line or not text.isprintable()


@pytest.mark.parametrize("text", ["loss 損失\u3000全角", "\xa0é", "👩\u200d🔬", "a\\nb"])
def test_what_is_printed_stays(text: str) -> None:
    assert one_line(text) == text


def test_a_list_of_a_million_names_is_short() -> None:
    assert len(listed(["x" * 1000] * 1_000_000)) < 2000


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_an_explanation_is_one_line_whatever_the_caller_named(lang: str) -> None:
    monitor = Monitor()
    monitor.note(HOSTILE)
    said = str(explain(monitor.update(loss=float("nan"), batch_id=HOSTILE), lang))
    assert is_clean(said)
    assert said.count(ESCAPED) == 2


def record(**texts: str) -> dict[str, Any]:
    return {"step": 3, "theta": 1.0, "status": "failing", "alarms": "nonfinite", "incident": 3, "loss": None, **texts}


@pytest.mark.parametrize("name", ["explanation", "alarms", "status"])
def test_a_watched_record_is_one_line(name: str, tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    path.write_text(json.dumps(record(**{name: HOSTILE})) + "\n")
    watched = Watched(str(path), Monitor(), {})
    watched.look()
    (line,) = watched.news
    assert is_clean(line + watched.status + watched.alarms[0].text)


@pytest.mark.parametrize("command", ["replay", "report", "plot", "watch", "detect"])
def test_an_error_does_not_print_the_names_of_columns_raw(command: str, tmp_path: Path) -> None:
    path = tmp_path / "run.csv"
    name = "a\x1b]0;title\x07\u202e"
    # A file that grows is no table only once it is long enough.
    path.write_text(f"{name},b{name}\n" + "x,y\n" * (20_000 if command == "watch" else 2), encoding="utf-8")
    done = command_line.run(command, str(path))
    assert done.returncode == 2
    assert is_clean(done.stderr)


def test_an_altered_log_does_not_print_its_texts_raw(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    with TombstoneLog(log) as tombstones:
        tombstones.tombstone(event=HOSTILE, policy=HOSTILE, operator=HOSTILE)
    done = command_line.run("tombstones", "verify", str(log))
    assert is_clean(done.stdout + done.stderr)


def test_a_text_of_a_csv_is_no_formula(capsys: pytest.CaptureFixture[str]) -> None:
    write([{"=name": text, "number": -1.5} for text in ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "fine")], Format.csv)
    rows = capsys.readouterr().out.splitlines()
    assert rows == ["'=name,number", "'=1+1,-1.5", "'+1,-1.5", "'-1,-1.5", "'@SUM(A1),-1.5", "'\t=1,-1.5", "fine,-1.5"]


def test_a_text_of_a_table_is_no_markup(capsys: pytest.CaptureFixture[str]) -> None:
    write([{"a[/b]": "x[/b]\x1b[2J"}], Format.table)
    shown = capsys.readouterr().out
    assert r"x[/b]\x1b[2J" in shown
