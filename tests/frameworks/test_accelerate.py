"""The tracker among those of an accelerator: what it takes from logs, what its checkpoint brings back."""

from __future__ import annotations

import logging
import math

import pytest
from accelerate import Accelerator
from watched import Log, RaisingMonitor

from anet_lite import Monitor
from anet_lite.diagnosis.rank import likely_causes
from anet_lite.integrations.accelerate import AnetTracker
from anet_lite.policy import Guard, LowerLR, SkipStep, Stop

NEEDS = ("torch", "accelerate")


def accelerator(tracker: AnetTracker) -> Accelerator:
    made = Accelerator(log_with=[tracker], cpu=True)
    made.init_trackers("run", {"rate": 0.1})
    return made


def healthy(step: int) -> dict[str, float]:
    return {
        "train/loss": 2 / (1 + 0.01 * step) + 0.05 * math.sin(7 * step),
        "lr": 0.1,
        "grad_norm": 1 + 0.1 * math.cos(5 * step),
    }


def run(tracker: AnetTracker, steps: int, change=None) -> Accelerator:
    made = accelerator(tracker)
    for step in range(steps):
        made.log(healthy(step) if change is None else change(step, healthy(step)), step=step)
    return made


def test_what_is_logged_is_what_is_watched():
    tracker = AnetTracker(trackers=[log := Log()])
    run(tracker, 50).end_training()
    assert log.column("loss") == pytest.approx([healthy(step)["train/loss"] for step in range(50)])
    assert log.column("lr") == [0.1] * 50
    assert [seen.step for seen in log.seen] == list(range(50))
    assert log.flushed == 1


def test_several_logs_of_a_step_are_one_row_and_an_epoch_for_a_step_begins_no_segment():
    tracker = AnetTracker(trackers=[log := Log()])
    made = accelerator(tracker)
    for step in range(1, 41):
        made.log({"loss": 1.0 / step}, step=step)
        made.log({"lr": 0.1}, step=step)
        if step % 10 == 0:
            made.log({"eval_loss": 2.0 / step, "text": "ok"}, step=step // 10)
    made.end_training()
    assert tracker.monitor.rows == 40
    assert log.column("lr") == [0.1] * 40
    assert [seen.segment for seen in log.seen] == ["start"] + [None] * 39
    assert [seen.step for seen in log.seen if seen.signals] == [10, 20, 30, 40]


def test_logs_without_a_step_are_rows():
    tracker = AnetTracker()
    made = accelerator(tracker)
    for step in range(20):
        made.log({"accuracy": 0.5})
        made.log({"loss": 1.0 / (1 + step)})
    assert tracker.monitor.rows == 20
    assert "accuracy" in tracker.monitor.signals


def test_a_healthy_run_is_silent(caplog):
    with caplog.at_level(logging.INFO, "anet_lite"):
        run(AnetTracker(), 400).end_training()
    assert caplog.text == ""


def nan(step, values):
    return {**values, "train/loss": math.nan} if step >= 300 else values


def thousandfold(step, values):
    return {**values, "lr": 100.0, "train/loss": 300.0 + step, "grad_norm": 900.0} if step >= 300 else values


@pytest.mark.parametrize(("fault", "cause"), [(nan, "bad_number"), (thousandfold, "rate_too_high")])
def test_a_planted_fault_is_told_with_its_cause(fault, cause):
    tracker = AnetTracker(guard=Guard(Stop()), trackers=[log := Log()])
    made = run(tracker, 340, fault)
    first = next(seen for seen in log.seen if seen.alarms)
    assert first.step == 300
    assert cause in [likely.name for likely in likely_causes(first, "en")[:3]]
    assert tracker.should_stop
    made.end_training()


def test_a_checkpoint_brings_the_state_back_into_the_users_monitor(tmp_path):
    tracker = AnetTracker()
    made = run(tracker, 60)
    made.register_for_checkpointing(tracker)
    made.save_state(str(tmp_path / "saved"))
    made.end_training()

    second = AnetTracker(monitor := Monitor(), trackers=[log := Log()])
    resumed = accelerator(second)
    resumed.register_for_checkpointing(second)
    resumed.load_state(str(tmp_path / "saved"))
    for step in range(59, 80):
        resumed.log(healthy(step), step=step)
    resumed.end_training()
    assert second.monitor is monitor
    assert monitor.rows == 80
    assert [seen.segment for seen in log.seen] == [None] * 21


def test_logs_that_cannot_be_told_apart_are_said_once_and_a_choice_helps(caplog):
    run_ = accelerator(AnetTracker())
    run_.log({"a_loss": 1.0, "b_loss": 2.0}, step=0)
    run_.log({"a_loss": 1.0, "b_loss": 2.0}, step=1)
    assert caplog.text.count("the log has several columns for loss, choose one: a_loss, b_loss") == 1
    assert "here it is AnetTracker(columns={signal: name})" in caplog.text
    chosen = AnetTracker(columns={"loss": "b_loss"}, trackers=[log := Log()])
    other = accelerator(chosen)
    other.log({"a_loss": 1.0, "b_loss": 2.0}, step=0)
    other.end_training()
    assert log.column("loss") == [2.0]


def test_a_monitor_that_raises_stops_nothing_and_is_reported_once(caplog):
    run(AnetTracker(RaisingMonitor()), 40).end_training()
    assert caplog.text.count("the monitor failed, training goes on") == 1


@pytest.mark.parametrize("policy", [LowerLR(), SkipStep()])
def test_a_policy_that_nobody_carries_out_is_refused(policy):
    with pytest.raises(ValueError, match=f"guard: AnetTracker cannot do what {type(policy).__name__} decides"):
        AnetTracker(guard=Guard(policy))


def test_a_column_of_no_signal_is_refused():
    with pytest.raises(ValueError, match=r"columns must have keys among loss, .*, got 'los'"):
        AnetTracker(columns={"los": "ce"})
