"""Objects that many threads use at once: nothing is lost, torn or doubled, with the GIL and without it."""

from __future__ import annotations

import math
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Callable

import numpy as np
import pytest

from anet_lite import Monitor, Recorder, StreamDetector, StreamDetectorPool, theta_consistency

if TYPE_CHECKING:
    from pathlib import Path

THREADS, ROWS = 8, 1500


@pytest.fixture(autouse=True)
def often() -> Any:
    """Threads give way as often as can be, where there is a GIL."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def at_once(work: Callable[[int], Any]) -> list[Any]:
    """Run the same work in threads that begin together; what each returned."""
    gate = threading.Barrier(THREADS)

    def run(number: int) -> Any:
        gate.wait()
        return work(number)

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, range(THREADS)))


def loss(at: int) -> float:
    return 2.0 + 0.1 * (at % 7)


def wave(at: int) -> float:
    return math.sin(at / 8) + 0.1 * (at % 5)


def test_every_row_of_a_shared_monitor_is_counted() -> None:
    monitor = Monitor()
    rows = at_once(lambda _: [monitor.update(loss=loss(at)).row for at in range(ROWS)])
    assert sorted(row for each in rows for row in each) == list(range(THREADS * ROWS))


def test_a_shared_detector_holds_what_one_thread_would_have_given_it() -> None:
    shared, alone = StreamDetector(), StreamDetector()
    at_once(lambda _: [shared.push(1.0) for _ in range(ROWS)])
    alone.push_many([1.0] * THREADS * ROWS)
    assert shared.to_bytes() == alone.to_bytes()


def test_monitors_of_their_own_say_what_one_thread_says() -> None:
    def run(_: int) -> tuple[list[tuple[int, str]], dict[str, Any]]:
        monitor, fired = Monitor(), list[tuple[int, str]]()
        for at in range(ROWS):
            snap = monitor.update(loss=loss(at) if at < 1000 else 40.0, grad_norm=1.0 + 0.1 * (at % 5))
            fired += [(snap.row, alarm.rule) for alarm in snap.alarms]
        return fired, monitor.summary().to_dict()

    assert at_once(run) == [run(0)] * THREADS


def test_a_pool_that_threads_share_holds_whole_samples() -> None:
    names = [f"s{number}" for number in range(THREADS)]
    pool = StreamDetectorPool(names)
    at_once(lambda _: [pool.push_many(np.full((THREADS, 8), wave(at))) for at in range(40)])
    (first, *others) = [pool[name].to_bytes() for name in names]
    assert all(other == first for other in others)


def test_a_state_that_is_saved_meanwhile_is_whole() -> None:
    detector = StreamDetector()

    def work(number: int) -> int:
        if number % 2:
            return sum(1 for at in range(ROWS) if detector.push(wave(at)) is not None)
        return sum(1 for _ in range(100) if StreamDetector.from_bytes(detector.to_bytes()).channels == 1)

    assert at_once(work) == [100, ROWS] * (THREADS // 2)


def test_lines_of_a_recorder_that_threads_share_are_whole(tmp_path: Path) -> None:
    from anet_lite import read

    path = str(tmp_path / "run.jsonl")
    with Recorder(path) as recorder:

        def write(number: int) -> None:
            monitor = Monitor()
            for at in range(200):
                recorder.write(monitor.update(loss=loss(at)), thread=number)

        at_once(write)
    found = read(path)
    assert sorted(found.numbers["thread"]) == sorted([float(n) for n in range(THREADS)] * 200)


def test_functions_without_a_memory_give_the_same_bits() -> None:
    left, right = np.sin(np.arange(3000) / 7), np.cos(np.arange(3000) / 5)
    alone = theta_consistency(left, right)
    assert {
        value for each in at_once(lambda _: [theta_consistency(left, right) for _ in range(50)]) for value in each
    } == {alone}
