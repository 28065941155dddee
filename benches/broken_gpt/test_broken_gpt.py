"""The bench itself, without torch: what is judged right, what is kept of a run, how it is told."""

from __future__ import annotations

import numpy as np
import pytest

from anet_lite import Monitor
from broken_gpt.faults import FAULTS
from broken_gpt.numbers import load, save, watched
from broken_gpt.outcome import ONSET, STEPS, Run
from broken_gpt.report import rows, totals


def made(fault: str, broken: float | None = None) -> Run:
    """Return a run whose loss is `broken` from the onset on."""
    loss = np.random.default_rng(0).normal(2.0, 0.1, STEPS)
    if broken is not None:
        loss[ONSET:] = broken
    monitor = Monitor()
    return Run(fault, 0, [monitor.update(loss=value, lr=3e-3) for value in loss])


@pytest.fixture(scope="module")
def nan() -> Run:
    return made("nan", float("nan"))


def test_a_loss_of_nan_is_seen_at_once_named_and_failing(nan):
    assert (nan.alarmed, nan.in_time, nan.false_alarms) == (ONSET, True, 0)
    assert (nan.is_right(), nan.status, nan.is_status_true) == (True, "failing", True)


def test_the_same_alarm_is_wrong_where_another_fault_was_planted(nan):
    other = Run("decay", 0, nan.snapshots)
    assert not other.is_right()


def test_a_healthy_run_must_end_healthy(nan):
    healthy = made("healthy")
    assert (healthy.alarmed, healthy.cause(), healthy.is_status_true) == (None, None, True)
    assert not Run("healthy", 0, nan.snapshots).is_status_true
    assert Run("healthy", 0, nan.snapshots).false_alarms == 1


def test_a_damaged_run_must_not_end_healthy_unless_its_loss_goes_on():
    quiet = made("healthy").snapshots
    assert not Run("rate", 0, quiet).is_status_true
    assert Run("frozen", 0, quiet).is_status_true


def test_seeds_that_say_the_same_are_told_once(nan):
    lines = rows([nan, Run("nan", 1, nan.snapshots)])
    assert len(lines) == 3
    assert lines[-1].startswith("| loss NaN once | 2.0")
    assert lines[-1].endswith("| failing ✓ |")
    assert " / " not in lines[-1]


def test_totals_leave_healthy_runs_out_of_the_faults(nan):
    line = totals([nan, made("healthy")])
    assert "alarm within 20 steps: 1 of 1; " in line
    assert line.endswith("status true: 2 of 2; false alarms: 0")


def test_recorded_rows_say_the_same_when_watched_again(nan, tmp_path):
    save([nan], tmp_path / "runs.npz")
    recorded = load(tmp_path / "runs.npz")["nan", 0]
    assert set(recorded[0]) == {"loss", "lr"}
    assert np.isnan(recorded[-1]["loss"])
    again = watched("nan", 0, recorded, ("loss", "lr"))
    assert [snapshot.status for snapshot in again.snapshots] == [snapshot.status for snapshot in nan.snapshots]


def test_every_fault_does_something():
    nothing = {
        name for name, fault in FAULTS.items() if not (fault.begin or fault.batch or fault.loss or fault.forgotten)
    }
    assert nothing == {"healthy"}
