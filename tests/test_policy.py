from __future__ import annotations

import logging
import math
from typing import Any

import numpy as np
import pytest

from anet_lite import AnetError, Monitor, Snapshot
from anet_lite.policy import Guard, LogOnly, LowerLR, Rollback, SkipStep, Stop


class Run:
    """A run whose loss is multiplied in some rows."""

    def __init__(self) -> None:
        self.monitor, self.rng = Monitor(), np.random.default_rng(0)

    def step(self, factor: float = 1.0) -> Snapshot:
        loss, grad = 1 + 0.1 * self.rng.normal(size=2)
        return self.monitor.update(loss * factor, grad, lr=0.1)

    def steps(self, guard: Guard, count: int, factor: float = 1.0) -> list[str]:
        return [guard.step(self.step(factor)).kind for _ in range(count)]


def test_policies_of_the_same_number_are_not_the_same():
    assert Stop(10) == Stop(10)
    assert Stop(10) != SkipStep(10)


def test_the_default_only_logs(caplog: pytest.LogCaptureFixture):
    guard, run = Guard(), Run()
    with caplog.at_level(logging.WARNING, "anet_lite"):
        assert set(run.steps(guard, 300)) == {"none"}
        assert run.steps(guard, 1, 20.0) == ["log"]
    assert guard.policy == LogOnly()
    assert "log: Step 300: the run is" in caplog.text


def test_the_rate_is_lowered_once_an_incident_never_below_the_floor_and_recovers():
    scales: list[float] = []
    guard, run = Guard(LowerLR(factor=0.5, floor=0.3, recover=60), set_scale=scales.append), Run()
    run.steps(guard, 300)
    run.steps(guard, 120, 20.0)
    assert scales == [0.5, 0.3]
    assert guard.scale == 0.3
    run.monitor.note("the fault is repaired")
    run.steps(guard, 700)
    assert scales[-1] == guard.scale == 1.0
    assert scales == sorted(scales[:2], reverse=True) + sorted(scales[2:])


def test_a_bad_step_is_skipped_but_not_for_ever():
    guard = Guard(SkipStep(at_most=3))
    monitor = Monitor()
    kinds = [guard.step(monitor.update(loss=math.nan)).kind for _ in range(4)]
    assert kinds == ["skip_step"] * 3 + ["stop"]
    assert guard.step(monitor.update(loss=1.0)).kind == "none"
    assert guard.step(monitor.update(loss=math.inf)).kind == "skip_step"


def test_jumps_in_a_row_are_skipped_new_or_not_and_then_let_through():
    guard, run = Guard(SkipStep(at_most=3)), Run()
    run.steps(guard, 300)
    assert run.steps(guard, 5, 20.0) == ["skip_step"] * 3 + ["none"] * 2
    assert run.steps(guard, 1) == ["none"]


def test_a_run_stops_after_its_patience():
    guard, monitor = Guard(Stop(patience=3)), Monitor()
    assert [guard.step(monitor.update(loss=math.nan)).kind for _ in range(3)] == ["none", "none", "stop"]


def rolling(**options: Any) -> tuple[Guard, list[tuple[str, int]], Run]:
    calls: list[tuple[str, int]] = []
    policy = Rollback(every=100, promote_after=50, max_attempts=2)
    save, load = (lambda step: calls.append(("save", step))), (lambda step: calls.append(("load", step)))
    return Guard(policy, save=save, load=load, **options), calls, Run()


def test_a_rollback_goes_to_a_checkpoint_that_has_proved_good():
    guard, calls, run = rolling()
    run.steps(guard, 500)
    saved = [step for kind, step in calls if kind == "save"]
    assert len(saved) >= 2
    guard.step(run.step(math.nan))
    trusted = max(step for step in saved if step + 50 < 500)
    assert calls[-1] == ("load", trusted)


def test_rollbacks_are_limited_and_then_the_run_stops():
    guard, calls, run = rolling()
    run.steps(guard, 500)
    kinds: list[str] = []
    for _ in range(3):
        kinds += run.steps(guard, 1, math.nan)
        run.steps(guard, 60)
    assert kinds == ["rollback", "rollback", "stop"]
    assert sum(kind == "load" for kind, _ in calls) == 3


def test_an_incident_that_becomes_a_failure_later_goes_back_once():
    guard, calls, run = rolling()
    run.steps(guard, 500)
    kinds = run.steps(guard, 40, 1.5)
    assert kinds.count("rollback") == 1
    assert calls[-1][0] == "load"


def test_a_monitor_that_was_set_back_with_its_run_goes_back_again():
    guard, calls, run = rolling()
    run.steps(guard, 500)
    state = run.monitor.state_dict()
    for _ in range(2):
        assert run.steps(guard, 1, math.nan) == ["rollback"]
        run.monitor.load_state_dict(state)
    assert run.steps(guard, 1, math.nan) == ["stop"]
    assert [kind for kind, _ in calls[-3:]] == ["load"] * 3


def test_without_a_trusted_checkpoint_the_failure_is_only_logged():
    guard, calls, run = rolling()
    assert run.steps(guard, 2, math.nan) == ["log", "none"]
    assert calls == []


def test_a_dry_run_decides_alike_and_calls_nothing():
    guard, calls, run = rolling(dry_run=True)
    real, _, other = rolling()
    assert run.steps(guard, 400) == other.steps(real, 400)
    assert run.steps(guard, 2, math.nan) == other.steps(real, 2, math.nan)
    assert calls == []
    lower = Guard(LowerLR(), dry_run=True)
    assert lower.step(Monitor().update(loss=math.nan)).kind == "scale_lr"
    assert lower.scale == 1.0


@pytest.mark.parametrize("policy", [LogOnly(), LowerLR(), SkipStep(), Stop(), Rollback()])
def test_a_decision_is_a_pure_function_of_the_state(policy: Any):
    run, state = Run(), policy.start()
    for at in range(320):
        snap = run.step(20.0 if at > 300 else 1.0)
        before = dict(state)
        first, second = policy.decide(state, snap), policy.decide(state, snap)
        assert first == second
        assert state == before
        state = first[1]
    assert {type(value) for value in state.values()} <= {int, float}


def test_a_guard_goes_on_from_its_saved_state():
    guard, run = Guard(LowerLR()), Run()
    run.steps(guard, 300)
    run.steps(guard, 20, 20.0)
    other = Guard(LowerLR())
    other.load_state_dict(guard.state_dict())
    assert other.scale == guard.scale == 0.5
    with pytest.raises(ValueError, match="state must be a dict with the entries"):
        other.load_state_dict({"calm": 3})
    assert other.scale == 0.5


@pytest.mark.parametrize(
    ("policy", "error", "text"),
    [
        (LowerLR(factor=1.5), ValueError, "factor must be between 0 and 1, got 1.5"),
        (LowerLR(floor=-1), ValueError, "floor must be between 0 and 1, got -1"),
        (LowerLR(recover=0), ValueError, "recover must be at least 1, got 0"),
        (SkipStep(0), ValueError, "at_most must be at least 1, got 0"),
        (Stop("x"), TypeError, "patience must be an integer, got str"),  # type: ignore[arg-type]
        (Rollback(), ValueError, "save and load must be given for Rollback"),
        (Rollback(max_attempts=0), ValueError, "save and load must be given for Rollback"),
    ],
)
def test_an_impossible_setting_is_named(policy: Any, error: type[Exception], text: str):
    with pytest.raises(error, match=text) as raised:
        Guard(policy)
    assert isinstance(raised.value, AnetError)


def test_what_cannot_be_called_is_refused():
    with pytest.raises(TypeError, match="set_scale must be callable, got int"):
        Guard(LowerLR(), set_scale=3)  # type: ignore[arg-type]
