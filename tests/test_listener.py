"""A listener tells its trackers and its guard, and nothing that fails in it stops a loop."""

from __future__ import annotations

import math
from typing import Any

import pytest

from anet_lite import Monitor, Snapshot
from anet_lite.integrations.session import Listener
from anet_lite.policy import Guard, Stop


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


def test_trackers_and_guard_are_told():
    log = Log()
    listener = Listener(guard=Guard(Stop()), trackers=[log])
    listener.hear(loss=1.0, step=5)
    assert not listener.should_stop
    listener.hear(loss=math.nan)
    assert [seen.step for seen in log.seen] == [5, 1]
    assert listener.should_stop


def test_a_broken_tracker_hurts_nobody(caplog: pytest.LogCaptureFixture):
    log = Log()
    listener = Listener(guard=Guard(Stop()), trackers=[Log(broken=True), log])
    for _ in range(3):
        listener.hear(loss=math.nan)
    assert len(log.seen) == 3
    assert listener.should_stop
    assert caplog.text.count("logging to Log failed") == 1


def test_a_broken_monitor_is_reported_once(caplog: pytest.LogCaptureFixture):
    listener = Listener(RaisingMonitor())
    for _ in range(3):
        listener.hear(loss=1.0)
    assert listener.snapshot is None
    assert caplog.text.count("the monitor failed") == 1


def test_a_state_goes_on_with_the_same_objects():
    first = Listener(guard=Guard(Stop(patience=3)))
    for loss in (1.0, math.nan, math.nan):
        first.hear(loss=loss)
    second = Listener(monitor := Monitor(), guard := Guard(Stop(patience=3)))
    second.load_state_dict(first.state_dict())
    second.hear(loss=math.nan)
    assert second.should_stop
    assert (second.monitor, second.guard) == (monitor, guard)
    assert monitor.rows == 4


def test_a_damaged_state_changes_nothing():
    listener = Listener(guard=Guard(Stop(patience=3)))
    before = listener.state_dict()
    for damaged in ({}, {"monitor": {}, "guard": before["guard"] | {"failing": 2}}):
        with pytest.raises(ValueError, match="state"):
            listener.load_state_dict(damaged)
        assert listener.state_dict() == before
