"""What trackers share: numbers of a snapshot, cooldown, batches in a thread that never hold the loop up."""

from __future__ import annotations

import copy
import logging
import math
import os
import pickle
import subprocess
import sys
import threading
import time

import pytest

from anet_lite import Monitor, Snapshot
from anet_lite.tracker import Batched, Cooldown, Row, metrics
from anet_lite.tracker.background import Background

NAN = math.nan


def test_numbers_of_a_snapshot():
    seen = Monitor().update(loss=2.0, lr=0.1)
    numbers = metrics(seen)
    assert numbers["anet/loss"] == 2.0
    assert numbers["anet/lr"] == 0.1
    assert numbers["anet/status"] == 0.0
    assert numbers["anet/alarms"] == 0.0
    assert numbers["anet/f_total"] == seen.f_total
    assert "anet/grad_norm" not in numbers
    assert not [name for name in numbers if not name.startswith("anet/")]


def test_an_alarm_is_a_number_of_its_own():
    numbers = metrics(Monitor().update(loss=NAN))
    assert numbers["anet/alarm/nonfinite"] == 1.0
    assert numbers["anet/status"] == 4.0
    assert math.isnan(numbers["anet/loss"])


def bad() -> Snapshot:
    """A first bad step, which alarms; in one monitor the second would not."""
    return Monitor().update(loss=NAN, step=7)


def test_the_same_alarm_gives_one_message_within_the_cooldown():
    now = [0.0]
    cooldown = Cooldown(60.0, clock=lambda: now[0])
    sent = []
    for now[0] in (0.0, 59.9, 60.0, 60.1):
        sent.append(cooldown.alert(bad()) is not None)
    assert sent == [True, False, True, False]
    assert Cooldown().alert(Monitor().update(loss=1.0)) is None


def test_a_message_says_what_happened():
    alert = Cooldown().alert(bad())
    assert alert is not None
    assert alert.title == "step 7: failing, nonfinite"
    assert alert.text.startswith("Step 7: the run is failing. The loss is nan (nonfinite).")
    assert (alert.kind, alert.status) == ("opens", "failing")
    assert [alarm.rule for alarm in alert.alarms] == ["nonfinite"]


def test_the_end_of_an_incident_is_a_message_without_alarms():
    cooldown, monitor = Cooldown(), Monitor()
    losses = [NAN, *(2.0 + 0.1 * (at % 7) for at in range(80))]
    alerts = [alert for loss in losses if (alert := cooldown.alert(monitor.update(loss=loss)))]
    assert [alert.kind for alert in alerts] == ["opens", "ends"]
    assert alerts[-1].title.startswith("step 50: over, ") or alerts[-1].title.startswith("step 51: over, ")
    assert alerts[-1].alarms == []


def test_theta_is_left_out_until_there_is_evidence():
    monitor = Monitor()
    seen = [monitor.update(loss=1.0 + 0.1 * (at % 7), noise=1.0 + 0.1 * math.sin(at * at)) for at in range(130)]
    known = ["anet/theta" in metrics(snapshot) for snapshot in seen]
    assert known.index(True) >= 99
    assert all(known[known.index(True) :])


class Kept(Batched):
    """Keeps its rows, and does what it is told before."""

    def __init__(self, every: int = 1, before=lambda: None, **options: float) -> None:
        super().__init__(every, **options)
        self.rows: list[Row] = []
        self.before = before
        self.threads: set[str] = set()

    def _write(self, rows: list[Row]) -> None:
        self.threads.add(threading.current_thread().name)
        self.before()
        self.rows.extend(rows)


def test_rows_every_few_steps_and_at_alarms():
    monitor = Monitor()
    with Kept(every=10) as tracker:
        for step in range(25):
            tracker.log(monitor.update(loss=NAN if step == 13 else 1.0 + 0.1 * (step % 7)))
    assert [row.step for row in tracker.rows] == [0, 10, 13, 20]
    assert [row.alert is not None for row in tracker.rows] == [False, False, True, False]


def test_rows_are_written_in_another_thread_in_batches():
    with Kept() as tracker:
        for _ in range(3):
            tracker.log(bad())
    assert len(tracker.rows) == 3
    assert tracker.threads == {"anet-lite tracker"}


def test_flush_waits_until_all_is_written():
    tracker = Kept(before=lambda: time.sleep(0.05))
    tracker.log(bad())
    tracker.flush()
    assert len(tracker.rows) == 1
    tracker.close()
    assert tracker.lost == 0


def test_a_failing_service_is_reported_once_and_its_rows_are_counted(caplog: pytest.LogCaptureFixture):
    def fail() -> None:
        raise OSError("no route to host")

    tracker = Kept(before=fail)
    for _ in range(3):
        tracker.log(bad())
        tracker.flush()
    tracker.close()
    assert tracker.lost == 3
    assert caplog.text.count("writing to Kept failed, training goes on") == 1
    assert "no route to host" in caplog.text


def test_a_service_that_hangs_does_not_hold_the_loop_up(caplog: pytest.LogCaptureFixture):
    free = threading.Event()
    tracker = Kept(before=lambda: free.wait(10), timeout=0.05)
    tracker._background._most = 5
    begin = time.perf_counter()
    for _ in range(50):
        tracker.log(bad())
    tracker.flush()
    assert time.perf_counter() - begin < 5
    assert tracker.lost >= 40
    free.set()
    tracker.timeout = 10.0
    tracker.close()
    assert len(tracker.rows) + tracker.lost == 50
    assert caplog.text.count("keeping up with the run in Kept failed") == 1


def test_a_broken_snapshot_stops_nothing(caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.ERROR, "anet_lite"), Kept() as tracker:
        tracker.log(None)  # type: ignore[arg-type]
        tracker.log(None)  # type: ignore[arg-type]
    assert caplog.text.count("this is said once") == 1


@pytest.mark.parametrize(("every", "error"), [(0, ValueError), (1.5, TypeError), (True, TypeError)])
def test_every_must_be_a_count(every: object, error: type[Exception]):
    with pytest.raises(error, match="every must be"):
        Kept(every=every)  # type: ignore[arg-type]


def test_a_closed_tracker_takes_nothing_more():
    tracker = Kept()
    tracker.log(bad())
    tracker.close()
    tracker.log(bad())
    assert len(tracker.rows) == 1
    assert tracker.lost == 1
    tracker.close()


def test_what_waits_and_what_is_in_flight_at_the_end_is_lost():
    free, begun = threading.Event(), threading.Event()
    tracker = Kept(before=lambda: begun.set() or free.wait(10), timeout=0.05)
    tracker.log(bad())
    assert begun.wait(5)
    for _ in range(9):
        tracker.log(bad())
    assert tracker.lost == 0
    tracker.close()
    assert tracker.lost == 10
    free.set()
    tracker.timeout = 5.0
    tracker.close()
    assert (len(tracker.rows), tracker.lost) == (1, 9)


def test_a_batch_has_a_size():
    batches: list[list[int]] = []
    background: Background[int] = Background(batches.append, batch=4, pause=5.0)
    for number in range(10):
        background.put(number)
    assert background.close(10.0)
    assert [number for batch in batches for number in batch] == list(range(10))
    assert max(map(len, batches)) == 4


def test_a_tracker_at_work_is_pickled_as_a_new_one_of_the_same_settings() -> None:
    with Kept(every=3, timeout=1.0) as tracker:
        tracker.log(Monitor().update(loss=1.0))
        with pickle.loads(pickle.dumps(tracker)) as other, copy.deepcopy(tracker) as third:
            assert (other.every, other.timeout, third.every) == (3, 1.0, 3)
            other.log(Monitor().update(loss=2.0))
            other.flush()
            assert [row.metrics["anet/loss"] for row in other.rows] == [2.0]
    assert [row.metrics["anet/loss"] for row in tracker.rows] == [1.0]


# Another thread of the parent hands a batch over at the fork; the child then logs, flushes and closes.
FORKED = """
import os, sys, threading, time, warnings
from anet_lite import Monitor
from anet_lite.tracker import Batched
warnings.simplefilter("ignore")

class Slow(Batched):
    def _write(self, rows):
        time.sleep(0.2)

tracker, snapshot = Slow(every=1, timeout=10.0), Monitor().update(loss=1.0)
held, go_on = threading.Event(), threading.Event()
for _ in range(3):
    tracker.log(snapshot)

def hold():
    with tracker._background._changed:
        held.set()
        go_on.wait()

threading.Thread(target=hold, daemon=True).start()
held.wait()
child = os.fork()
if child == 0:
    start = time.monotonic()
    tracker.log(snapshot)
    tracker.flush()
    tracker.close()
    print(tracker.lost, time.monotonic() - start < 1.0, flush=True)
    os._exit(0)
os.waitpid(child, 0)
go_on.set()
tracker.close()
print(tracker.lost)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_forked_child_counts_its_rows_as_lost_and_waits_for_nothing():
    line = [sys.executable, "-W", "error", "-c", FORKED]
    done = subprocess.run(line, capture_output=True, text=True, timeout=30, check=True)
    assert done.stdout.split() == ["1", "True", "0"]
    assert "it was made before a fork" in done.stderr
