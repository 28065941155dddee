"""``anet-lite replay --share``: a record for strangers, which raises the same alarms and names nothing."""

from __future__ import annotations

import json
import shlex
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import command_line
from anet_lite import Monitor, Recorder
from anet_lite._native import known_signal
from anet_lite.cli.app import app
from anet_lite.replay import replay
from anet_lite.share import share
from anet_lite.share.names import plain_names
from anet_lite.share.words import sentences

if TYPE_CHECKING:
    from pathlib import Path

SECRET = "acme"


def rows() -> list[dict[str, Any]]:
    """A run that is lost at 300, as its owner logs it."""
    return [
        {
            "timestamp": f"2026-03-04 05:{at // 60:02}:{at % 60:02}",
            "host": f"{SECRET}-gpu-7",
            "step": 10 * at,
            f"{SECRET}/train/loss": 2.0 + 0.1 * (at % 7) if at < 300 else "NaN",
            "grad_norm": 1.0 + 0.1 * (at % 5),
            f"eval_{SECRET}_loss": 2.0 if at % 50 == 0 else None,
            f"{SECRET}_load": 1.0 + 0.01 * (at % 3) if at < 200 else 40.0,
            "note": f"/home/{SECRET}/data" if at == 5 else "",
        }
        for at in range(320)
    ]


@pytest.fixture
def run(tmp_path: Path) -> str:
    path = tmp_path / "run.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows()))
    return str(path)


def command(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["replay", *arguments], prog_name="anet-lite")


def flat(output: str) -> str:
    """The words of an error without the box around them."""
    return " ".join(output.replace("│", " ").split())


def alarms(path: str, monitor: Monitor) -> list[tuple[int, int, list[str]]]:
    found = replay(path, monitor, {}, lambda _: None)
    return [(each.first.row, each.first.step, each.rules) for each in found.incidents]


def test_a_shared_record_holds_none_of_the_owners_words(run: str, tmp_path: Path) -> None:
    out = tmp_path / "shared.jsonl"
    done = command(run, "--signal", f"{SECRET}_load=both", "--share", str(out))
    assert done.exit_code == 0, done.output
    text = out.read_text()
    assert SECRET not in text
    assert "2026" not in text
    assert list(json.loads(text.splitlines()[0])) == [
        "time", "loss", "grad_norm", "step", "eval_a_loss", "signal_a", "alarms", "nonfinite",
    ]  # fmt: skip


def test_the_line_that_is_told_gives_the_same_alarms(run: str, tmp_path: Path) -> None:
    out = str(tmp_path / "shared.jsonl")
    given = ["--signal", f"{SECRET}_load=both", "--set", "false_alarms_per_10k=2"]
    before = json.loads(command(run, *given, "--json").stdout)
    line = command(run, *given, "--share", out).stdout.splitlines()[-1].partition(": ")[2]
    again = json.loads(command(*shlex.split(line)[2:], "--json").stdout)
    assert before["incidents"]
    same = ("row", "step", "rules")
    assert [[each[name] for name in same] for each in again["incidents"]] == [
        [each[name] for name in same] for each in before["incidents"]
    ]
    assert again["verdict"]["kind"] == before["verdict"]["kind"]


def test_times_are_seconds_since_the_first_row(run: str, tmp_path: Path) -> None:
    out = tmp_path / "shared.jsonl"
    share(run, str(out), Monitor(), {})
    assert [json.loads(line)["time"] for line in out.read_text().splitlines()[:3]] == [0.0, 1.0, 2.0]


def test_alarms_stand_in_their_rows(run: str, tmp_path: Path) -> None:
    out = tmp_path / "shared.jsonl"
    share(run, str(out), Monitor(), {})
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    assert [row for row, line in enumerate(lines) if "nonfinite" in line["alarms"]] == [300]
    assert (lines[300]["loss"], lines[300]["nonfinite"]) == (None, "loss=NaN")


def test_what_was_kept_and_left_out_is_told_in_both_languages(run: str, tmp_path: Path) -> None:
    shared = share(run, str(tmp_path / "shared.jsonl"), Monitor(signals={f"{SECRET}_load": "both"}), {})
    assert shared.left_out == ["host", "note"]
    english, japanese = sentences(shared, []), sentences(shared, [], "ja")
    assert "Not in it: host, note; paths, host names, notes" in english[3]
    assert f"{SECRET}_load is signal_a" in english[4]
    assert english[-1].endswith("shared.jsonl --signal signal_a=both")
    assert "含まれないもの: host, note、パス、ホスト名" in japanese[3]
    assert len(english) == len(japanese)


def test_the_record_of_a_recorder_can_be_shared(tmp_path: Path) -> None:
    monitor, path = Monitor(), str(tmp_path / "run.csv")
    with Recorder(path) as recorder:
        for at in range(300):
            recorder.write(
                monitor.update(loss=float("inf") if at == 250 else 1 + 0.1 * (at % 7)), batch=f"{SECRET}-{at}"
            )
    out = str(tmp_path / "shared.jsonl")
    shared = share(path, out, Monitor(), {})
    assert "alarms" not in shared.left_out
    assert alarms(out, Monitor()) == alarms(path, Monitor()) != []
    assert SECRET not in (tmp_path / "shared.jsonl").read_text()


def test_the_file_that_is_read_is_never_written_over(run: str) -> None:
    done = command(run, "--share", run)
    assert done.exit_code == 2
    assert "is what is read: give --share another name" in flat(done.output)


def test_a_folder_that_is_not_there_is_named(run: str, tmp_path: Path) -> None:
    done = command(run, "--share", str(tmp_path / "none" / "shared.jsonl"))
    assert done.exit_code == 2
    assert "No such file or directory" in flat(done.output)


def test_json_stays_one_document(run: str, tmp_path: Path) -> None:
    done = command_line.run("replay", run, "--json", "--share", str(tmp_path / "shared.jsonl"))
    assert json.loads(done.stdout)["rows"] == 320
    assert done.stderr.startswith("Written to be shared")


NUMBERS = st.one_of(st.none(), st.floats(width=32), st.floats(0.5, 2.0))


@settings(max_examples=30, deadline=None)
@given(
    losses=st.lists(NUMBERS, min_size=1, max_size=120),
    norms=st.lists(NUMBERS, max_size=120),
    start=st.integers(-5, 10**6),
)
def test_any_run_replays_to_the_same_alarms(
    losses: list[float | None], norms: list[float | None], start: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("run")
    norms = norms + [None] * len(losses)
    lines = [{"step": start + at, "loss": loss, "grad_norm": norms[at]} for at, loss in enumerate(losses)]
    (folder / "run.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    if any(line["loss"] is not None or line["grad_norm"] is not None for line in lines):
        share(str(folder / "run.jsonl"), str(folder / "shared.jsonl"), Monitor(), {})
        assert alarms(str(folder / "shared.jsonl"), Monitor()) == alarms(str(folder / "run.jsonl"), Monitor())


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(["a/kl", "KL", "b - eval/x_loss", "rewards/acme/mean", "load", "val_acc", "q/load"]),
        unique=True,
    )
)
def test_names_stay_apart_and_mean_the_same(names: list[str]) -> None:
    plain = plain_names(names)
    assert len(set(plain.values())) == len(names)
    assert [known_signal(name) for name in plain.values()] == [known_signal(name) for name in names]


def test_a_group_of_layers_has_one_letter_for_all_its_quantities() -> None:
    names = ["encoder.secret/dead_share", "encoder.secret/activation_scale", "head/dead_share"]
    assert list(plain_names(names).values()) == ["a/dead_share", "a/activation_scale", "b/dead_share"]
