"""What `--json` prints: a document, or a line for each event, as its schema says, and JSON for every reader."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

import command_line
from anet_lite import TombstoneLog
from anet_lite.cli.app import app
from anet_lite.documents import schema_names, schema_text
from safetensors_writer import write

ROOT = Path(__file__).parent.parent


def strictly(text: str) -> Any:
    """Read JSON as every reader does: NaN and Infinity are none."""

    def refuse(word: str) -> None:
        raise AssertionError(f"{word} is not JSON")

    return json.loads(text, parse_constant=refuse)


def checked(name: str, text: str) -> Any:
    found = strictly(text)
    Draft202012Validator(json.loads(schema_text(name))).validate(found)
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files of each kind, sound and broken."""
    path = tmp_path_factory.mktemp("runs")
    falling = [2.0 * 0.99**at + 0.05 * (at % 7) for at in range(300)]
    rows = [{"step": at, "loss": loss, "grad_norm": 1 + 0.1 * (at % 5)} for at, loss in enumerate(falling)]
    (path / "healthy.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (path / "broken.jsonl").write_text("".join(json.dumps({**r, **BROKEN.get(r["step"], {})}) + "\n" for r in rows))
    spiky = [20.0 if at == 900 else at % 7 for at in range(1000)]
    (path / "cpu.csv").write_text("cpu\n" + "".join(f"{value}\n" for value in spiky))
    (path / "calm.csv").write_text("cpu\n" + "".join(f"{at % 7}\n" for at in range(600)))
    write(path / "a.safetensors", w=("F32", [float(at) for at in range(128)]))
    write(path / "b.safetensors", w=("F32", [float("nan")] * 128))
    with TombstoneLog(path / "whole.jsonl") as log:
        log.tombstone(event="note", policy="manual")
    text = (path / "whole.jsonl").read_text()
    (path / "altered.jsonl").write_text(text.replace("manual", "manuel"))
    return path


BROKEN: dict[int, dict[str, float]] = {at: {"loss": float("nan")} for at in range(280, 300)}

COMMANDS: list[tuple[str, str, int]] = [
    ("replay healthy.jsonl", "replay", 0),
    ("replay broken.jsonl", "replay", 0),
    ("replay broken.jsonl --fail-on failing", "replay", 1),
    ("report broken.jsonl -o page.html", "written", 0),
    ("report cpu.csv -o page.html", "written", 0),
    ("detect cpu.csv", "detect", 0),
    ("detect cpu.csv --lang ja --fail-on alarm", "detect", 1),
    ("detect calm.csv", "detect", 0),
    ("check a.safetensors", "check", 0),
    ("check b.safetensors --against a.safetensors", "check", 1),
    ("merge-check a.safetensors a.safetensors", "merge-check", 0),
    ("merge-check a.safetensors b.safetensors", "merge-check", 1),
    ("tombstones verify whole.jsonl", "tombstones-verify", 0),
    ("tombstones verify altered.jsonl", "tombstones-verify", 1),
    ("demo --no-plot", "demo", 0),
]


def run(line: str, folder: Path) -> Any:
    """Run a command in this process, where words with a point are files of the folder."""
    arguments = [str(folder / part) if "." in part else part for part in line.split()]
    return CliRunner().invoke(app, arguments, prog_name="anet-lite")


@pytest.mark.parametrize(("line", "name", "status"), COMMANDS, ids=[line for line, _, _ in COMMANDS])
def test_a_command_prints_one_document_of_its_schema(line: str, name: str, status: int, folder: Path) -> None:
    done = run(f"{line} --json", folder)
    assert (done.stderr, done.exit_code) == ("", status)
    assert checked(name, done.stdout)


def test_a_plot_prints_what_it_wrote(folder: Path) -> None:
    pytest.importorskip("matplotlib")
    found = checked("written", run("plot cpu.csv -o run.svg --json", folder).stdout)
    assert (found["is_run"], Path(found["written"]).exists()) == (False, True)


@pytest.mark.parametrize(("line", "name"), [("trace --k-zeros 400", "trace"), ("zeros --count 3", "zeros")])
def test_a_command_of_rows_prints_lines_of_its_schema(line: str, name: str, folder: Path) -> None:
    lines = run(f"{line} --json", folder).stdout.splitlines()
    assert len(lines) > 2
    assert all(checked(name, each) for each in lines)


def test_a_stream_that_comes_is_told_in_lines_of_events(folder: Path) -> None:
    with (folder / "cpu.csv").open() as file:
        line = [*command_line.COMMAND, "detect", "--json"]
        done = subprocess.run(line, stdin=file, capture_output=True, encoding="utf-8", timeout=60, check=True)
    events = [checked("stream-event", each) for each in done.stdout.splitlines()]
    assert [event["event"] for event in events] == ["begins", "over"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_run_that_is_watched_is_told_in_lines_of_events(folder: Path) -> None:
    watching = command_line.start("watch", str(folder / "broken.jsonl"), "--json", "--every", "0.05", "--stall", "1s")
    assert watching.stdout
    lines = [watching.stdout.readline() for _ in range(2)]
    watching.send_signal(signal.SIGINT)
    watching.communicate(timeout=30)
    assert watching.returncode == 0
    events = [checked("run-event", line) for line in lines]
    assert [event["event"] for event in events] == ["message", "silent"]
    assert events[0]["status"] == "failing"


def test_numbers_that_are_not_finite_are_texts(folder: Path) -> None:
    found = checked("merge-check", run("merge-check a.safetensors a.safetensors --json", folder).stdout)
    assert found["pairs"][0]["change_cosine"] == "NaN"  # there is no base


def test_a_verdict_comes_with_its_sentence_and_its_incidents_in_words(folder: Path) -> None:
    found = checked("replay", run("replay broken.jsonl --json", folder).stdout)
    assert found["sentence"].startswith("Failing from step 280 on: the loss is not finite. 1 incident")
    assert found["incidents"][0]["text"].startswith("Step 280: the run is failing. The loss is nan (nonfinite).")


REFUSED = [
    "replay none.jsonl",
    "detect none.csv",
    "check none.safetensors",
    "merge-check none.safetensors a.safetensors",
    "tombstones verify none.jsonl",
    "replay healthy.jsonl --fail-on bad",
]


@pytest.mark.parametrize("line", REFUSED)
def test_what_cannot_be_done_ends_with_status_2_and_prints_no_document(line: str, folder: Path) -> None:
    done = run(f"{line} --json", folder)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "none" in done.stderr or "bad" in done.stderr


def test_an_altered_log_and_a_page_of_it_end_with_status_1(folder: Path) -> None:
    done = run("report healthy.jsonl -o page.html --tombstones altered.jsonl --json", folder)
    assert done.exit_code == 1
    assert checked("written", done.stdout)["remark"].startswith("This log is altered. Line 2")


def test_what_a_terminal_would_obey_is_escaped_and_still_read(tmp_path: Path) -> None:
    name = "lr\u202e\x9b2J学習率"
    (tmp_path / "run.csv").write_text(f"loss,{name}\n" + "1.0,2.0\n" * 40, encoding="utf-8")
    told = run("replay run.csv --json", tmp_path).stdout
    assert told[:-1].isprintable()
    assert "学習率" in told
    assert name in strictly(told)["names"]


def test_every_schema_is_one_and_is_strict() -> None:
    for name in schema_names():
        schema = json.loads(schema_text(name))
        Draft202012Validator.check_schema(schema)
        for part in (schema, *schema.get("$defs", {}).values()):
            assert part["type"] == "object"
            assert part["additionalProperties"] is False or name in ("record", "trace"), name


def test_a_document_with_a_name_that_is_not_described_is_refused() -> None:
    validator = Draft202012Validator(json.loads(schema_text("zeros")))
    assert validator.is_valid({"ordinal": 1, "height": 14.1})
    assert not validator.is_valid({"ordinal": 1, "height": 14.1, "more": 0})


def test_schemas_are_those_of_the_types() -> None:
    done = subprocess.run([sys.executable, ROOT / "tools/json_schemas.py", "--check"], capture_output=True, check=False)
    assert (done.stdout, done.returncode) == (b"All schemas are current\n", 0)


def test_the_command_prints_a_schema_and_names_all() -> None:
    assert run("schema replay", ROOT).stdout == schema_text("replay")
    assert run("schema", ROOT).stdout.split() == schema_names()
    refused = run("schema none", ROOT)
    assert ("name must be one of check, demo" in refused.stderr, refused.exit_code) == (True, 2)
