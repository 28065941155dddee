"""The bench itself: logs reach a tool as they are, and its findings are counted as they should be."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from real_runs import peers
from real_runs.judge import found, is_near, quiet
from real_runs.logs import Log
from real_runs.peer_table import table
from real_runs.peers import Finding, steps, write_csv

NAMES = ("loss", "grad_norm", "lr", "step")


def log(loss: list[float], judgement: str = "H", events: tuple[int, ...] = ()) -> Log:
    rows = len(loss)
    columns = {name: np.zeros(rows) for name in NAMES} | {"loss": np.array(loss)}
    given = {name: np.full(rows, name == "loss") for name in NAMES}
    return Log("made", judgement, events, columns, given)


def test_a_file_has_nan_where_the_run_has_it_and_nothing_where_nothing_is_given(tmp_path):
    made = log([1.5, np.nan, 2.0])
    made.given["loss"][2] = False
    assert write_csv(made, tmp_path / "run.csv").read_text().split() == ["step,loss", "0,1.5", "1,nan", "2,"]


def test_steps_are_the_log_s_own_where_it_has_them():
    made = log([1.0, 1.0, 1.0])
    assert steps(made) == [0, 1, 2]
    columns, given = {**made.columns, "step": np.array([0, 50, 100])}, {**made.given, "step": np.ones(3, bool)}
    assert steps(replace(made, columns=columns, given=given)) == [0, 50, 100]


def test_an_event_is_found_from_60_rows_before_to_15_after():
    made = log([1.0] * 500, "F", (200,))
    assert [is_near(200, [row], made) for row in (139, 140, 215, 216)] == [False, True, True, False]


def test_early_and_late_events_are_counted_apart():
    made = log([1.0] * 500, "F", (100, 200, 400))
    assert str(found(lambda _: [100, 400], [made])) == "2 of 3 | 1 of 2 | 1 of 1"


def test_false_alarms_are_those_of_healthy_logs():
    logs = [log([1.0] * 5000), log([1.0] * 5000), log([1.0] * 9, "F", (3,))]
    assert str(quiet(lambda _: [1, 2], logs, "H")).startswith("4.00 (")
    assert str(quiet(lambda _: [1, 2], logs, "H")).endswith("2 of 2 runs")


def test_a_warning_and_a_grave_finding_are_told_apart():
    logs = [log([1.0] * 500), log([1.0] * 500, "F", (200,)), log([1.0] * 500, "E", (300,))]
    said = {"H": [Finding(grave=False, row=3)], "F": [Finding(grave=True)], "E": [Finding(grave=False, row=290)]}
    row = table(logs, {"tool": lambda one: said[one.judgement]})[-1]
    assert row == "| tool | 0 (1) of 1 | 0 (0) of 0 | 1 (1) of 1 | 0 (1) of 1 | 1 of 2 |"


def test_a_tool_that_is_not_installed_is_named_and_left_out(monkeypatch, capsys):
    monkeypatch.setattr(peers, "_imports", lambda module: module == "pulse")
    assert list(peers.installed()) == ["pulseml"]
    assert capsys.readouterr().out == "not installed, so left out: runmedic, losslint, trainscope\n"


@pytest.mark.parametrize("name", ["runmedic", "losslint", "trainscope", "pulseml"])
def test_an_installed_tool_finds_a_loss_of_nan(name):
    tool = peers.installed().get(name)
    if tool is None:
        pytest.skip(f"{name} is not installed")
    losses = [2.0 - 0.01 * row for row in range(100)]
    assert tool(log([*losses, np.nan, np.nan, 8.0, 9.0])), "nothing found"
