from __future__ import annotations

import logging
import math
from types import SimpleNamespace
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
    assert "Step 300: the run is" in caplog.text


def messages(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records]


def test_an_incident_is_few_messages_and_an_action_one_line(caplog: pytest.LogCaptureFixture):
    guard, run = Guard(Stop()), Run()
    with caplog.at_level(logging.WARNING, "anet_lite"):
        run.steps(guard, 300)
        kinds = run.steps(guard, 60, 3.0)
    said = messages(caplog)
    assert kinds.count("stop") > 10
    assert sum(text.startswith("stop at step 30") for text in said) == 1
    assert sum("the run is" in text for text in said) <= 3
    assert len(said) <= 4


def test_a_quiet_guard_decides_alike_and_says_nothing(caplog: pytest.LogCaptureFixture):
    loud, quiet, run = Guard(Stop()), Guard(Stop()), Run()
    with caplog.at_level(logging.INFO, "anet_lite"):
        snaps = [run.step(3.0 if at >= 300 else 1.0) for at in range(340)]
        silent = [quiet.step(snap, quiet=True) for snap in snaps]
        assert messages(caplog) == []
        assert [loud.step(snap) for snap in snaps] == silent


def test_a_guard_speaks_japanese_when_asked(caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.WARNING, "anet_lite"):
        Guard(lang="ja").step(Monitor().update(loss=math.nan, step=7))
    assert messages(caplog)[0].startswith("ステップ7: 学習は異常です。lossはnanです")
    with pytest.raises(ValueError, match="lang must be 'en' or 'ja', got 'de'"):
        Guard(lang="de")


def test_a_guard_that_goes_on_does_not_repeat_itself(caplog: pytest.LogCaptureFixture):
    first, second, monitor = Guard(), Guard(), Monitor()
    first.step(monitor.update(loss=math.nan))
    second.load_state_dict(first.state_dict())
    caplog.clear()
    with caplog.at_level(logging.WARNING, "anet_lite"):
        second.step(monitor.update(loss=math.nan))
    assert messages(caplog) == []


def learning(seed: int, settles: float, rows: int) -> list[float]:
    """Return losses that fall by half, and from row 400 on stand at another level."""
    noise = np.random.default_rng(seed).normal(size=rows)
    return [(1 + math.exp(-at / 80)) * (settles if at >= 400 else 1) * (1 + 0.04 * e) for at, e in enumerate(noise)]


def test_nothing_is_promoted_and_no_rate_recovers_on_a_run_that_settled_elsewhere():
    saved: list[int] = []
    back = Guard(Rollback(every=60, promote_after=30), save=saved.append, load=lambda _: None)
    rate, monitor = Guard(LowerLR(recover=60)), Monitor()
    statuses: list[str] = []
    for step, loss in enumerate(learning(0, 1.6, 1200)):
        snap = monitor.update(loss, lr=0.1, step=step)
        back.step(snap)
        rate.step(snap)
        statuses.append(snap.status)
    assert statuses[-1] == "settled"
    assert saved
    assert max(saved) < 400
    assert back.state_dict()["trusted"] < 400
    assert rate.scale < 1


@pytest.mark.parametrize("status", ["warming_up", "settled", "suspect", "failing"])
def test_only_a_healthy_step_is_a_calm_one(status: str):
    snap: Any = SimpleNamespace(status=status, alarms=[], firing=[], row=5, step=5)
    for policy in (LowerLR(), Rollback()):
        _, after = policy.decide({**policy.start(), "calm": 7}, snap)
        assert after["calm"] == 0


def test_an_incident_that_settled_and_fails_later_still_goes_back():
    policy = Rollback()
    state = {**policy.start(), "pending": 3, "trusted": 1, "row": 4}
    for status, kind in (("settled", "none"), ("failing", "rollback")):
        snap: Any = SimpleNamespace(status=status, alarms=[], firing=["gave_back"], row=state["row"] + 1, step=9)
        action, state = policy.decide(state, snap)
        assert action.kind == kind


def test_a_stationary_loss_is_not_stopped():
    for seed in range(20):
        guard, monitor = Guard(Stop()), Monitor()
        losses = 1.2 + 0.1 * np.random.default_rng(seed).normal(size=2000)
        assert "stop" not in {guard.step(monitor.update(loss)).kind for loss in losses}


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


@pytest.mark.parametrize("name", ["calm", "trusted", "row", "said"])
@pytest.mark.parametrize("value", [None, "x", [], math.nan, {}], ids=str)
def test_a_state_that_a_later_step_would_stumble_over_is_refused_when_it_is_loaded(name: str, value: Any):
    guard = Guard(Rollback(), dry_run=True)
    before = guard.state_dict()
    with pytest.raises(ValueError, match=r"state is damaged|state of incidents"):
        guard.load_state_dict({**before, name: value})
    assert guard.state_dict() == before


@pytest.mark.parametrize("entry", [{"row": "x"}, {"causes": None}, {"loss": "x"}, {"other": 1}], ids=str)
def test_a_damaged_state_of_what_was_said_is_refused(entry: dict[str, Any]):
    guard = Guard()
    before = guard.state_dict()
    with pytest.raises(ValueError, match="state"):
        guard.load_state_dict({"said": {**before["said"], **entry}})
    assert guard.state_dict() == before


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
