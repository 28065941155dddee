"""No lock of an object may stop the program: each test runs in a process of its own, which must end in time."""

from __future__ import annotations

import subprocess
import sys

import pytest

SECONDS = 60


def ends(program: str, *arguments: object) -> str:
    """What a program printed; one that stands still is killed, and fails the test."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program, *map(str, arguments)],
        timeout=SECONDS,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


STATE_BESIDE_UPDATES = """
import sys, threading
from anet_lite import Monitor

sys.setswitchinterval(1e-6)

class Log:
    records = 1
    @property
    def head(self):
        return "".join(chr(97 + at % 26) for at in range(64))
    def holds(self, head):
        return True

monitor = Monitor(tombstones=Log())
over = threading.Event()

def states():
    for _ in range(2000):
        monitor.state_dict()
    over.set()

thread = threading.Thread(target=states, daemon=True)
thread.start()
while not over.is_set():
    monitor.update(1.0)
print(monitor.rows > 0)
"""


def test_a_state_is_taken_beside_updates():
    assert ends(STATE_BESIDE_UPDATES) == "True"


LOG_LOOKS_AT_MONITOR = """
from anet_lite import Monitor

class Log:
    records = 1
    @property
    def head(self):
        return monitor.status if monitor else ""
    def holds(self, head):
        monitor.update(1.0)
        return True

monitor = None
monitor = Monitor(tombstones=Log())
monitor.load_state_dict(monitor.state_dict())
print(monitor.rows)
"""


def test_a_tombstone_log_may_look_at_its_monitor():
    assert ends(LOG_LOOKS_AT_MONITOR) == "0"  # the log is asked before the state is taken


RESTORE = """
from collections import UserDict
from anet_lite import Monitor, StreamDetector
from rh_sparse_anomaly import StreamScorer

class Pages(UserDict):
    def items(self):
        look()
        return super().items()

class Size:
    def __index__(self):
        look()
        return 65536

for made in (Monitor, StreamDetector, StreamScorer):
    held = made()
    look = lambda: held.last_order
    pages = Pages(held.changed_pages(Size()))
    held.restore(held.manifest(), pages)
print("done")
"""


def test_pages_and_page_sizes_may_look_at_the_object():
    assert ends(RESTORE) == "done"


COUNT = """
from rh_sparse_anomaly import StreamScorerPool

class Count:
    def __index__(self):
        return len(pool)
    __int__ = __index__

pool = StreamScorerPool(2)
pool.add(Count())
print(len(pool))
"""


def test_a_count_may_look_at_the_pool():
    assert ends(COUNT) == "4"


GARBAGE = """
import gc
from anet_lite import Monitor, StreamDetector, StreamDetectorPool
from anet_lite._native import JsonReader, JsonRows
from rh_sparse_anomaly import MultiScaleAnomaly, SparseEncoder, StreamScorer, StreamScorerPool

monitor = Monitor(signals={"reward": "falls"})
for _ in range(80):
    monitor.update(1.0, reward=1.0)
monitor.group("head")
detector, scorer = StreamDetector(), StreamScorer(window=4)
detectors, scorers = StreamDetectorPool(3), StreamScorerPool(3, window=4)
anomaly, signature = MultiScaleAnomaly(), SparseEncoder().encode([1.0, 2.0, 3.0])
json_rows, table = JsonRows(), JsonReader(["loss"])
table.feed(b'{"loss": 1}\\n')

class Look:
    def __init__(self):
        self.me = self  # only the collector frees it
    def __del__(self):
        monitor.status, detector.last_order, scorer.window, len(detectors), len(scorers)
        anomaly.knn_k, json_rows.feed(b""), table.rows

calls = [
    monitor.state_dict, monitor.scores, monitor.manifest, monitor.changed_pages, monitor.summary,
    monitor.__getnewargs_ex__, monitor.__repr__, lambda: monitor.signals, lambda: monitor.update(1.0, reward=1.0),
    lambda: monitor.update_many([1.0, 2.0]), lambda: monitor.reference("a run"),
    detector.changed_pages, detector.to_bytes, lambda: detector.push(1.0), lambda: detector.push_many([1.0, 2.0]),
    scorer.changed_pages, scorer.to_bytes, lambda: scorer.push(1.0), lambda: scorer.peek(1.0),
    lambda: scorer.push_many([1.0, 2.0]), lambda: scorer.scales,
    lambda: detectors.push([1.0] * 3), lambda: scorers.push([1.0] * 3), detectors.to_bytes, scorers.to_bytes,
    lambda: anomaly.update_and_score(signature), lambda: json_rows.feed(b'{"a": 1}\\n' * 4), table.numbers, table.texts,
]
gc.set_threshold(1)
for _ in range(30):
    for call in calls:
        Look()
        call()
print("done")
"""


def test_garbage_may_look_at_any_object():
    assert ends(GARBAGE) == "done"


# A call of N numbers that takes seconds where N is long.
LONG_CALLS = {
    "Monitor.update_many": "held, N = Monitor(), 4 * N; call = held.update_many",
    "StreamDetector.push_many": "held = StreamDetector(); call = held.push_many",
    "StreamDetectorPool.push_many": "held = StreamDetectorPool(4); call = held.push_many; shape = (-1, 4)",
    "StreamScorer.push_many": "held = StreamScorer(); call = held.push_many",
    "StreamScorerPool.push_many": "held = StreamScorerPool(4); call = held.push_many; shape = (-1, 4)",
}
MADE = """
import os, signal, sys, threading, time
import numpy as np
from anet_lite import Monitor, StreamDetector, StreamDetectorPool
from rh_sparse_anomaly import StreamScorer, StreamScorerPool
N, shape = int(sys.argv[1]), -1
"""

UNRELATED = """
values = np.ones(N).reshape(shape)
longest, over = 0.0, threading.Event()

def beats():
    global longest
    last = time.perf_counter()
    while not over.is_set():
        time.sleep(0.001)
        now = time.perf_counter()
        longest, last = max(longest, now - last), now

def looks():
    while not over.is_set():
        repr(held)

threads = [threading.Thread(target=work, daemon=True) for work in (beats, looks)]
for thread in threads:
    thread.start()
start = time.perf_counter()
call(values)
took = time.perf_counter() - start
over.set()
print(took, longest)
"""


@pytest.mark.parametrize("made", LONG_CALLS.values(), ids=LONG_CALLS)
def test_a_long_call_stops_no_unrelated_thread(made: str):
    took, longest = map(float, ends(MADE + made + UNRELATED, 200_000).split())
    assert longest < max(0.5, took / 4)


INTERRUPTED = """
values = np.ones(N).reshape(shape)
def sends():
    time.sleep(0.3)
    global sent
    sent = time.perf_counter()
    os.kill(os.getpid(), signal.SIGINT)

threading.Thread(target=sends, daemon=True).start()
try:
    call(values)
except KeyboardInterrupt:
    print(time.perf_counter() - sent)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGINT cannot be sent to a process of one's own")
@pytest.mark.parametrize("made", LONG_CALLS.values(), ids=LONG_CALLS)
def test_ctrl_c_is_heard_in_a_long_call(made: str):
    heard = ends(MADE + made + INTERRUPTED, 5_000_000)
    assert heard, "the call ended first"
    assert float(heard) < 1.0
