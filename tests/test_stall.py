"""A loop whose steps do not come is told of, with the place where it stands, and so is that they come again."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from anet_lite.integrations.clock import step_clock
from anet_lite.integrations.clock.stall import StallWatch, stacks
from anet_lite.integrations.clock.step_clock import StepClock, rss
from anet_lite.integrations.remarks import Remark, Remarks
from anet_lite.integrations.remarks.texts import TEXTS
from anet_lite.integrations.session import Session
from anet_lite.tracker.batched import Batched

if TYPE_CHECKING:
    from collections.abc import Callable


def wait_until(done: Callable[[], bool]) -> None:
    until = time.monotonic() + 30
    while not done() and time.monotonic() < until:
        time.sleep(0.01)


def wait_for(remarks: Remarks, count: int) -> list[Remark]:
    wait_until(lambda: len(remarks.all) >= count)
    return list(remarks.all)


def test_a_stall_names_where_the_loop_stands_and_that_it_is_over(caplog: pytest.LogCaptureFixture):
    remarks = Remarks()
    stall = StallWatch(0.3, remarks)
    for step in (5, 6):
        stall.beat(step)
    (told,) = wait_for(remarks, 1)
    assert (told.name, told.step) == ("stalled", 6)
    assert told.text.startswith("No step for 0.")
    assert "the last one was 6. The main thread is at " in told.text
    assert "in wait_until" in told.text
    wait_until(lambda: "the stacks of all threads:" in caplog.text)
    assert "test_a_stall_names_where_the_loop_stands" in caplog.text.partition("the stacks of all threads:")[2]
    stall.beat(7)
    assert wait_for(remarks, 2)[1].text.startswith("Steps come again: step 7 came after ")
    stall.stop()
    assert stall._thread is not None
    assert not stall._thread.is_alive()


def test_ten_usual_steps_are_no_stall(monkeypatch: pytest.MonkeyPatch):
    now = [0.0]
    monkeypatch.setattr("anet_lite.integrations.clock.stall.time.monotonic", lambda: now[0])
    monkeypatch.setattr("anet_lite.integrations.clock.stall.threading.Thread.start", lambda _: None)
    stall = StallWatch(60.0, Remarks())
    for step in range(20):
        now[0] += 100.0 if step == 10 else 20.0
        stall.beat(step)
    assert stall.limit == 200.0


@pytest.mark.parametrize(
    ("seconds", "error", "text"),
    [
        ("x", TypeError, "stall must be a number of seconds, got str"),
        (True, TypeError, "stall must be a number of seconds, got bool"),
        (0, ValueError, "stall must be above 0 seconds, got 0"),
    ],
)
def test_an_impossible_time_is_named(seconds: Any, error: type[Exception], text: str):
    with pytest.raises(error, match=text):
        StallWatch(seconds, Remarks())


def test_the_stacks_are_those_of_all_other_threads():
    assert "MainThread" not in stacks()


def test_times_are_means_of_an_interval_and_the_first_has_none(monkeypatch: pytest.MonkeyPatch):
    now = [0.0]
    monkeypatch.setattr(step_clock.time, "perf_counter", lambda: now[0])
    clock = StepClock(4, Remarks(), lambda: 3_000_000_000)
    found = []
    for _ in range(2):
        for _ in range(4):
            now[0] += 0.5  # data
            clock.forward()
            now[0] += 1.5
            clock.stepped()
        found.append(clock.take(4))
    assert found[1]["step_time"] == 2.0
    assert found[1]["data_time"] == 0.5
    assert found[1]["memory"] == 3.0
    assert set(found[0]) >= {"memory"}


def test_this_process_holds_memory():
    assert rss() == 0 or rss() > 1_000_000


def test_both_languages_have_the_same_remarks():
    assert set(TEXTS["en"]) == set(TEXTS["ja"])


class Kept(Batched):
    """A tracker that keeps rows."""

    def __init__(self) -> None:
        self.rows: list[Any] = []
        super().__init__()

    def _write(self, rows: list[Any]) -> None:
        self.rows += rows


def test_a_remark_is_a_message_of_every_tracker():
    tracker = Kept()
    session = Session(trackers=[tracker])
    session.remarks.say("stalled", 7, at=7, seconds="60s", where="x.py:1 in f")
    tracker.close()
    (row,) = tracker.rows
    assert (row.step, row.metrics, row.alert.kind) == (7, {}, "opens")
    assert row.alert.title == "step 7: stalled"
    assert row.alert.text == "No step for 60s: the last one was 7. The main thread is at x.py:1 in f."
