"""`anet-lite mcp` as an agent meets it: the SDK's own client, over standard input and output."""

from __future__ import annotations

import json
import math
import os
import sys
from typing import TYPE_CHECKING, Any

import anyio
import mcp
import pytest

from anet_lite import TombstoneLog
from anet_lite.cli.mcp.folder import Folder
from anet_lite.cli.mcp.server import server
from anet_lite.tombstone import verify
from run_files import mlflow_run
from safetensors_writer import write

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

NEEDS = ("mcp",)

READ_ONLY = {
    "list_files", "verdict", "incidents", "explain", "rows", "table", "detect", "check_checkpoint",
    "verify_tombstones", "tombstones",
}  # fmt: skip


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a team leaves it, with a secret beside it."""
    above = tmp_path_factory.mktemp("above")
    (above / "secret.csv").write_text("loss\n" + "1.0\n" * 300)
    path = above / "runs"
    (path / "exp1").mkdir(parents=True)
    losses = [2.0 * 0.99**at + 0.05 * (at % 7) if at < 280 else math.nan for at in range(300)]
    rows = [{"step": 10 * at, "loss": loss, "grad_norm": 1 + 0.1 * (at % 5)} for at, loss in enumerate(losses)]
    (path / "exp1" / "broken.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (path / "cpu.csv").write_text("cpu\n" + "".join(f"{20 if at == 900 else at % 7}\n" for at in range(1000)))
    (path / "empty.csv").write_text("")
    write(path / "last.safetensors", w=("F32", [math.nan, 1.0]))
    write(path / "zero.safetensors", a=("F32", [0.0]), b=("F32", [0.0]))
    with TombstoneLog(path / "tombstones.jsonl") as log:
        log.tombstone(event="rollback", policy="drift", scope={"step": 2800})
    mlflow_run(path / "mlruns" / "1", {"loss": [(at, 2.0 * 0.99**at, at) for at in range(300)]})
    (path / ".env").write_text("KEY=secret\n")
    (path / "out.csv").symlink_to(above / "secret.csv")
    (path / "linked").mkdir()
    (path / "linked" / "metrics.csv").symlink_to(above / "secret.csv")
    return path


def over_stdio(root: Path, talk: Callable[[Any], Awaitable[None]]) -> None:
    """Start the command on a folder as a client does, and talk to it."""
    line = ["-m", "anet_lite", "mcp", str(root)]
    start = mcp.StdioServerParameters(command=sys.executable, args=line, env=dict(os.environ))
    _session(mcp.stdio_client(start), talk)


def in_process(root: Path, talk: Callable[[Any], Awaitable[None]], *, allow_write: bool = False) -> None:
    """Talk to the same server without a process of its own."""
    _session(server(str(root), allow_write), talk)


def _session(to: Any, talk: Callable[[Any], Awaitable[None]]) -> None:
    async def run() -> None:
        async with mcp.Client(to) as client:
            await talk(client)

    anyio.run(run)


async def ask(client: Any, tool: str, **arguments: Any) -> dict[str, Any]:
    answer = await client.call_tool(tool, arguments)
    assert not answer.is_error, answer.content
    return answer.structured_content


async def refusal(client: Any, tool: str, **arguments: Any) -> str:
    answer = await client.call_tool(tool, arguments)
    assert answer.is_error
    return answer.content[0].text


def test_an_agent_finds_out_why_a_run_broke(root: Path) -> None:
    async def talk(client: Any) -> None:
        listed = await ask(client, "list_files")
        kinds = {file["path"]: file["kind"] for file in listed["files"]}
        assert kinds == {
            "cpu.csv": "streams",
            "empty.csv": "unknown",
            "exp1/broken.jsonl": "run",
            "last.safetensors": "checkpoint",
            "mlruns/1": "run",
            "tombstones.jsonl": "tombstones",
            "zero.safetensors": "checkpoint",
        }
        assert listed["remarks"] == ["2 links that lead out of the root are left out"]

        run = "exp1/broken.jsonl"
        verdict = await ask(client, "verdict", run=run)
        said = verdict["verdict"]
        assert (said["kind"], said["since"], said["step"]) == ("failing", 280, 2800)
        assert verdict["sentence"].startswith("Failing from step 2800 on: the loss is not finite. 1 incident")
        assert (verdict["incident_count"], verdict["not_found"]) == (1, ["lr"])

        incidents = await ask(client, "incidents", run=run)
        assert (incidents["total"], incidents["next_start"]) == (1, None)
        row = incidents["incidents"][0]["row"]
        why = await ask(client, "explain", run=run, incident=0)
        assert (why["row"], why["first_onset"], why["actions"][0]) == (row, "nonfinite", "look at this batch")
        assert why["last_values"]["loss"][-1] == "NaN"

        around = await ask(client, "rows", run=run, start=row - 1, count=2)
        before, broken = around["rows"]
        assert (before["row"], broken["row"], broken["values"]["step"]) == (279, 280, 2800)
        assert isinstance(before["values"]["loss"], float)
        assert broken["values"]["loss"] == "NaN"
        assert (around["total"], around["next_start"]) == (300, 281)

    over_stdio(root, talk)


def test_streams_checkpoints_tombstones_and_tables_are_told(root: Path) -> None:
    async def talk(client: Any) -> None:
        found = await ask(client, "detect", file="cpu.csv", lang="ja")
        assert (found["alarm_count"], found["alarms"][0]["start"], found["next_start"]) == (1, 900, None)
        assert "警報が1件" in found["summary"]

        short = await ask(
            client, "check_checkpoint", checkpoint="last.safetensors", against="zero.safetensors", count=1
        )
        assert (short["only_before"], short["left_out"]) == (["a"], {"only_before": 1})
        checked = await ask(client, "check_checkpoint", checkpoint="last.safetensors")
        assert (checked["is_sound"], checked["not_finite"], checked["left_out"]) == (False, {"w": 1}, {})

        assert (await ask(client, "verify_tombstones", log="tombstones.jsonl"))["is_whole"]
        kept = await ask(client, "tombstones", log="tombstones.jsonl")
        assert [record["event"] for record in kept["records"]] == ["rollback"]

        table = await ask(client, "table", file="exp1/broken.jsonl", columns=["loss"], start=279, count=2)
        assert (table["rows"][1], table["total"], table["next_start"]) == ({"loss": None}, 300, 281)

    in_process(root, talk)


def test_pages_follow_each_other_to_the_end(root: Path) -> None:
    async def talk(client: Any) -> None:
        start, rows = 0, list[int]()
        while start is not None:
            page = await ask(client, "rows", run="exp1/broken.jsonl", start=start, count=128)
            rows += [each["row"] for each in page["rows"]]
            start = page["next_start"]
        assert rows == list(range(300))
        assert (await ask(client, "rows", run="exp1/broken.jsonl", start=10**9))["rows"] == []

    in_process(root, talk)


def test_what_leads_out_of_the_root_is_refused(root: Path) -> None:
    async def talk(client: Any) -> None:
        out = "leads out of the folder that this server may read"
        for path in ("../secret.csv", "out.csv", str(root.parent / "secret.csv"), "exp1/../../secret.csv"):
            assert f"run: {path!r} {out}" in await refusal(client, "verdict", run=path)
        assert "holds the link 'metrics.csv', which leads out" in await refusal(client, "verdict", run="linked")
        assert "folder: '..' is no folder below the root" in await refusal(client, "list_files", folder="..")
        assert "against: '../x' leads out" in await refusal(
            client, "check_checkpoint", checkpoint="last.safetensors", against="../x"
        )
        assert "file: '.env' is hidden" in await refusal(client, "table", file=".env")
        assert (await ask(client, "list_files", folder="linked"))["files"] == []

    in_process(root, talk)


def test_an_error_names_the_argument_and_no_path_above_the_root(root: Path) -> None:
    async def talk(client: Any) -> None:
        cases = [
            ("verdict", {"run": "none.csv"}, "run: none.csv: No such file or directory"),
            ("verdict", {"run": "empty.csv"}, "run: empty.csv is empty"),
            ("verdict", {"run": "cpu.csv"}, "run: cpu.csv has no column that looks like a signal"),
            ("verdict", {"run": "exp1/broken.jsonl", "columns": {"loss": "lss"}}, "run: "),
            ("verdict", {}, "run\n  Field required"),
            ("verdict", {"run": "cpu.csv", "colums": {}}, "colums\n  Extra inputs are not permitted"),
            ("explain", {"run": "exp1/broken.jsonl", "incident": 5}, "incident: there is no incident 5: the run has 1"),
            ("rows", {"run": "exp1/broken.jsonl", "count": 501}, "count\n  Input should be less than or equal to 500"),
            ("detect", {"file": "cpu.csv", "lang": "de"}, "lang\n  Input should be 'en' or 'ja'"),
            (
                "table",
                {"file": "cpu.csv", "columns": ["mem"]},
                "file: cpu.csv has no column 'mem'; its columns are cpu",
            ),
            ("verify_tombstones", {"log": "cpu.csv", "expect_head": "x"}, "log: expect_head"),
        ]
        for tool, arguments, text in cases:
            told = await refusal(client, tool, **arguments)
            assert text in told
            assert str(root) not in told

    in_process(root, talk)


def test_texts_begin_at_the_root_and_other_paths_stay(root: Path) -> None:
    folder = Folder(str(root))
    assert folder.without(f"{root}/a.csv and '{root}/b.csv' in {root}") == "a.csv and 'b.csv' in ."
    for other in (f"s3://store{root}/a.csv", f"{root}2/a.csv", f"{root.parent}/a.csv"):
        assert folder.without(other) == other


def test_nothing_writes_unless_it_is_told(root: Path) -> None:
    async def talk(client: Any) -> None:
        tools = (await client.list_tools()).tools
        assert {tool.name for tool in tools} == READ_ONLY
        assert all(tool.annotations.read_only_hint and tool.output_schema for tool in tools)
        assert all(tool.input_schema["additionalProperties"] is False for tool in tools)
        assert "Unknown tool" in await refusal(client, "write_report", run="exp1/broken.jsonl", output="page.html")

    before = sorted(path.name for path in root.rglob("*"))
    in_process(root, talk)
    assert sorted(path.name for path in root.rglob("*")) == before


def test_a_page_and_a_note_are_written_where_it_is_told(root: Path) -> None:
    async def talk(client: Any) -> None:
        written = await ask(client, "write_report", run="exp1/broken.jsonl", output="page.html")
        assert written["written"] == "page.html"
        again = await refusal(client, "write_report", run="exp1/broken.jsonl", output="page.html")
        assert "output: 'page.html' exists: give the page a new name" in again
        assert "output: '../page.html' leads out" in await refusal(
            client, "write_report", run="exp1/broken.jsonl", output="../page.html"
        )
        noted = await ask(client, "note_tombstone", log="notes.jsonl", text="batch 280 is bad", operator="Mei")
        assert noted["seq"] == 1
        refused = await refusal(client, "note_tombstone", log="cpu.csv", text="no log", operator="Mei")
        assert "log: " in refused

    kept = (root / "cpu.csv").read_bytes()
    in_process(root, talk, allow_write=True)
    page = (root / "page.html").read_text()
    assert "the run is failing" in page
    assert str(root) not in page
    assert verify(root / "notes.jsonl").records == 2
    assert (root / "cpu.csv").read_bytes() == kept


def test_a_root_that_is_no_folder_is_refused(root: Path) -> None:
    with pytest.raises(ValueError, match="root must be a folder"):
        server(str(root / "cpu.csv"))
