"""``anet-lite replay``: the same as a monitor in the loop, over whatever file the run left."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import command_line
from anet_lite import Monitor, Recorder, explain
from anet_lite.replay import replay

if TYPE_CHECKING:
    from pathlib import Path

    from anet_lite import Snapshot

LOST = 520


def run() -> list[dict[str, float]]:
    """A run whose rate jumps at 400 and whose loss is lost soon after."""
    random, rows = np.random.default_rng(0), []
    for step in range(600):
        far = max(0, step - 440) / 20
        loss = (0.5 + 2 * np.exp(-step / 60) + far**2) * (1 + 0.05 * random.normal())
        norm = (0.4 + np.exp(-step / 60) + far) * (1 + 0.1 * random.normal())
        rows.append({"step": 10 * step, "loss": loss, "grad_norm": norm, "lr": 0.1 if step < 400 else 0.4})
    rows[LOST]["loss"] = float("nan")
    return rows


def live(rows: list[dict[str, Any]], rate: float = 1.0) -> tuple[Monitor, list[Snapshot]]:
    monitor = Monitor(rate)
    snaps = [monitor.update(**row) for row in rows]
    return monitor, [snap for snap in snaps if snap.alarms]


def fired(snaps: list[Snapshot]) -> list[tuple[int, int, list[str]]]:
    return [(snap.step, snap.row, [alarm.rule for alarm in snap.alarms]) for snap in snaps]


def files(folder: Path, rows: list[dict[str, float]]) -> dict[str, str]:
    """The same run, as others write it."""
    for form in ("jsonl", "csv"):
        monitor = Monitor()
        with Recorder(folder / f"records.{form}") as recorder:
            for row in rows:
                recorder.write(monitor.update(**row))
    (folder / "plain.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    history = [{"learning_rate" if name == "lr" else name: x for name, x in row.items()} for row in rows]
    for at in (500, 300):
        history.insert(at, {"eval_loss": 9.0, "step": history[at]["step"]})
    (folder / "trainer_state.json").write_text(json.dumps({"log_history": history}))
    names = {"loss": "exp - train/loss", "step": "Step", "grad_norm": "exp - train/grad_norm", "lr": "exp - train/lr"}
    with (folder / "wandb.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, [*names.values(), "exp - val/loss"], quoting=csv.QUOTE_ALL)
        writer.writeheader()
        writer.writerows({names[name]: x for name, x in row.items()} for row in rows)
        writer.writerow({"Step": 6000, "exp - val/loss": 3.0})
    names = ("records.jsonl", "records.csv", "plain.jsonl", "trainer_state.json", "wandb.csv")
    return {name: str(folder / name) for name in names}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return files(tmp_path_factory.mktemp("run"), run())


@pytest.mark.parametrize("name", ["records.jsonl", "records.csv", "plain.jsonl", "trainer_state.json", "wandb.csv"])
def test_every_form_replays_to_what_the_loop_saw(name: str, written: dict[str, str]) -> None:
    monitor, expected = live(run())
    parts: list[float] = []
    found = replay(written[name], Monitor(), {}, parts.append)
    assert fired([incident.first for incident in found.incidents]) == [
        entry for entry, snap in zip(fired(expected), expected) if snap.row == snap.alarms[0].incident
    ]
    assert sum(len(incident.rules) for incident in found.incidents) == sum(len(snap.alarms) for snap in expected)
    assert (found.rows, found.summary.status) == (600, monitor.status)
    assert parts == sorted(parts)
    assert parts[-1] == 1.0


def test_a_replay_is_plain_types_as_a_dict(written: dict[str, str]) -> None:
    found = replay(written["plain.jsonl"], Monitor(), {}, lambda _: None)
    fields = json.loads(json.dumps(found.to_dict()))
    first = found.incidents[0]
    told = {"row": first.first.row, "step": first.first.step, "rules": first.rules, "text": str(explain(first.first))}
    assert fields["incidents"][0] == told
    assert (fields["verdict"]["since"], fields["summary"]["status"]) == (found.verdict.since, found.summary.status)


def test_a_cell_that_is_empty_is_a_signal_that_was_not_given(tmp_path: Path) -> None:
    rows = [{name: x for name, x in row.items() if name != "grad_norm" or at % 3} for at, row in enumerate(run())]
    (tmp_path / "run.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    found = replay(str(tmp_path / "run.jsonl"), Monitor(), {}, lambda _: None)
    assert [incident.first.row for incident in found.incidents] == [
        snap.row for snap in live(rows)[1] if snap.row == snap.alarms[0].incident
    ]


def test_the_command_says_what_fires_and_how_long_before(written: dict[str, str]) -> None:
    done = command_line.run("replay", written["plain.jsonl"])
    assert done.returncode == 0, done.stderr
    assert "JSON lines, 600 rows with loss, grad_norm, lr, step" in done.stdout
    assert "lr_jump" in done.stdout
    assert "Failing from step" in done.stdout
    assert "rows earlier" in done.stdout


def test_the_exit_status_tells_a_script_of_a_verdict_that_it_named(written: dict[str, str]) -> None:
    for names, status in ((["failing"], 1), (["healthy", "failing"], 1), (["settled_worse"], 0), ([], 0)):
        options = [word for name in names for word in ("--fail-on", name)]
        assert command_line.run("replay", written["plain.jsonl"], *options).returncode == status


def test_json_holds_the_verdict_its_evidence_and_the_incidents(written: dict[str, str]) -> None:
    found = json.loads(command_line.run("replay", written["plain.jsonl"], "--json").stdout)
    assert (found["verdict"]["kind"], found["verdict"]["ruined"]) == ("failing", True)
    assert found["verdict"]["evidence"]["losses"] == 600
    assert "lr_jump" in found["incidents"][0]["rules"]


def test_a_run_too_short_to_be_judged_is_called_so(tmp_path: Path) -> None:
    (tmp_path / "short.csv").write_text("loss\n" + "1.5\n" * 20)
    shown = command_line.run("replay", str(tmp_path / "short.csv")).stdout
    assert "Not judged: 20 losses were read, 32 are needed. No incident." in shown
    assert "Too short for the monitor to judge: 20 rows came, 155 are needed." in shown


def test_a_run_without_a_loss_gets_no_verdict_on_one(tmp_path: Path) -> None:
    (tmp_path / "run.csv").write_text("lr\n" + "0.1\n" * 300)
    assert "No verdict on the loss: none was read." in command_line.run("replay", str(tmp_path / "run.csv")).stdout


def test_csv_lists_the_incidents(written: dict[str, str]) -> None:
    done = command_line.run("replay", written["wandb.csv"], "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert rows[0]["fires"].split()[0] == "lr_jump"
    assert (rows[0]["step"], rows[0]["row"]) == ("4000", "400")
    assert int(rows[0]["rows before the break"]) > 0


def test_settings_reach_the_monitor(written: dict[str, str]) -> None:
    found = replay(written["plain.jsonl"], Monitor(10), {}, lambda _: None)
    done = command_line.run("replay", written["plain.jsonl"], "--set", "false_alarms_per_10k=10", "--format", "jsonl")
    assert len(done.stdout.splitlines()) == len(found.incidents)


def test_a_column_can_be_chosen_or_left_out(written: dict[str, str]) -> None:
    done = command_line.run("replay", written["plain.jsonl"], "--column", "loss=grad_norm", "--column", "lr=")
    assert "with loss='grad_norm', grad_norm, step" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("none.jsonl",), "none.jsonl: No such file or directory"),
        (("{}", "--column", "loss=x"), "has no column 'x'; its columns are step, loss, grad_norm, lr"),
        (("{}", "--column", "loss"), "must be NAME=VALUE, got 'loss'"),
        (("{}", "--set", "speed=1"), "there is no setting 'speed': they are false_alarms_per_10k, escalate"),
        (("{}", "--set", "false_alarms_per_10k=x"), "false_alarms_per_10k cannot be 'x'"),
        (("{}", "--set", "false_alarms_per_10k=0"), "false_alarms_per_10k must be"),
    ],
)
def test_a_wrong_argument_is_one_sentence(arguments: tuple[str, ...], sentence: str, written: dict[str, str]) -> None:
    done = command_line.run("replay", *(text.replace("{}", written["plain.jsonl"]) for text in arguments))
    assert done.returncode == 2
    shown = " ".join(done.stderr.replace("│", " ").split())
    assert sentence in shown
    assert "Traceback" not in shown
