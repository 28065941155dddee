"""A session hands snapshots to its trackers and its guard, and nothing that fails in it stops a loop."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from anet_lite import Monitor, Snapshot
from anet_lite.integrations.session import Session
from anet_lite.policy import Action, Guard, Rollback, Stop


class Log:
    def __init__(self, broken: bool = False) -> None:
        self.seen: list[Snapshot] = []
        self.broken = broken

    def log(self, snapshot: Snapshot) -> None:
        if self.broken:
            raise OSError("no disk")
        self.seen.append(snapshot)

    def flush(self) -> None:
        pass

    def close(self) -> None:
        pass


class RaisingMonitor(Monitor):
    def update(self, *_: Any, **__: Any) -> Snapshot:
        raise RuntimeError("the monitor is broken")


def test_trackers_and_guard_get_each_snapshot():
    log = Log()
    session = Session(guard=Guard(Stop()), trackers=[log])
    session.update(loss=1.0, step=5)
    assert not session.should_stop
    session.update(loss=math.nan)
    assert [seen.step for seen in log.seen] == [5, 1]
    assert session.should_stop


def test_a_broken_tracker_hurts_nobody(caplog: pytest.LogCaptureFixture):
    log = Log()
    session = Session(guard=Guard(Stop()), trackers=[Log(broken=True), log])
    for _ in range(3):
        session.update(loss=math.nan)
    assert len(log.seen) == 3
    assert session.should_stop
    assert caplog.text.count("logging to Log failed") == 1


def test_a_broken_monitor_is_reported_once(caplog: pytest.LogCaptureFixture):
    session = Session(RaisingMonitor())
    for _ in range(3):
        session.update(loss=1.0)
    assert (session.snapshot, session.status, session.failures) == (None, "warming_up", 3)
    assert caplog.text.count("the monitor failed") == 1


def test_a_callback_comes_after_the_guard_and_may_fail(caplog: pytest.LogCaptureFixture):
    actions: list[str] = []

    def on_snapshot(_: Snapshot) -> None:
        assert session.action is not None
        actions.append(session.action.kind)
        raise RuntimeError("a broken callback")

    session = Session(guard=Guard(Stop()), on_snapshot=on_snapshot)
    for _ in range(2):
        session.update(loss=math.nan)
    assert actions == ["stop", "stop"]
    assert (session.failures, caplog.text.count("acting on a snapshot failed")) == (2, 1)


def test_alarms_are_kept_and_groups_are_named():
    session = Session()
    for grad_norm in (1.0, math.nan):
        session.update(groups={"a": {"grad_norm": 1.0}, "b": {"grad_norm": grad_norm}}, loss=1.0, grad_norm=grad_norm)
    assert [list(alarm.groups) for alarm in session.alarms] == [["b"]]


def test_a_state_goes_on_with_the_same_objects():
    first = Session(guard=Guard(Stop(patience=3)))
    for loss in (1.0, math.nan, math.nan):
        first.update(loss=loss)
    second = Session(monitor := Monitor(), guard := Guard(Stop(patience=3)))
    second.load_state_dict(first.state_dict())
    second.update(loss=math.nan)
    assert second.should_stop
    assert (second.monitor, second.guard) == (monitor, guard)
    assert monitor.rows == 4


def test_a_damaged_state_changes_nothing():
    session = Session(guard=Guard(Stop(patience=3)))
    before = session.state_dict()
    guard = before["guard"] | {"failing": 2}
    both: dict[str, Any] = {**before, "monitor": {}, "guard": guard}
    no_monitor = {"guard": guard, "tail": before["tail"]}
    for damaged in ({}, both, no_monitor, {**before, "tail": {"losses": 1}}):
        with pytest.raises(ValueError, match="state"):
            session.load_state_dict(damaged)
        assert session.state_dict() == before


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records]


def test_the_end_of_a_run_that_was_too_short_is_told_once(caplog: pytest.LogCaptureFixture):
    session = Session()
    for at in range(60):
        session.update(loss=2.0 + 0.1 * (at % 7))
    session.conclude()
    session.conclude()
    assert [text.partition(". ")[0] for text in said(caplog)] == [
        "Too short for the monitor to judge: 60 rows came, 155 are needed"
    ]


def test_the_end_of_a_healthy_run_and_of_an_empty_one_is_silent(caplog: pytest.LogCaptureFixture):
    session = Session()
    session.conclude()
    for at in range(400):
        session.update(loss=2.0 + 0.1 * (at % 7) + 0.01 * (at % 13))
    session.conclude()
    assert said(caplog) == []


def test_a_quiet_session_says_nothing(caplog: pytest.LogCaptureFixture):
    session = Session(guard=Guard(Stop()), quiet=True)
    for loss in (1.0, math.nan, math.nan):
        session.update(loss=loss)
    session.conclude()
    assert session.should_stop
    assert said(caplog) == []


def test_the_end_of_a_failing_run_is_told(caplog: pytest.LogCaptureFixture):
    session = Session()
    for loss in (1.0, math.nan):
        session.update(loss=loss)
    session.conclude()
    assert "Failing at the end: the last of one incident opened at step 1 (nonfinite)." in said(caplog)[-1]


class Once:
    """A policy that decides one thing in one row, and nothing after it."""

    def __init__(self, kind: str, row: int) -> None:
        self.kind, self.row = kind, row

    def start(self) -> dict[str, Any]:
        return {"trusted": -1}

    def decide(self, state: dict[str, Any], snapshot: Snapshot) -> tuple[Action, dict[str, Any]]:
        kind = self.kind if snapshot.row == self.row else "none"
        return Action(kind, 1.0, "test"), state


def test_a_stop_holds_though_the_rows_after_it_are_calm():
    session = Session(guard=Guard(Once("stop", 3)))
    for _ in range(8):
        session.update(loss=1.0)
    assert session.action is not None
    assert session.action.kind == "none"
    assert session.should_stop


def test_nothing_is_said_of_the_steps_after_a_stop(caplog: pytest.LogCaptureFixture):
    session = Session(guard=Guard(Stop()))
    for step in range(8):
        session.update(loss=math.nan if step > 2 else 1.0, grad_norm=math.nan if step > 5 else 1.0)
    assert [record.getMessage() for record in caplog.records][-1].startswith("stop at step 3")


def test_the_monitor_goes_back_with_its_run():
    guard = Guard(Rollback(every=20, promote_after=20), save=lambda _: None, load=lambda _: None)
    session = Session(guard=guard)
    rng = np.random.default_rng(0)
    for step, noise in enumerate(rng.normal(size=400)):
        session.update(loss=1 + 0.1 * noise, lr=0.1, step=step)
    trusted = guard.trusted
    assert trusted > 0
    session.update(loss=math.nan, step=400)
    assert session.went_back
    assert session.monitor.rows == trusted + 1
    session.update(loss=1.0, step=401)
    assert not session.went_back
