"""What the clock of a loop gives beside its times: throughput, memory that grows, and how busy the device is."""

from __future__ import annotations

import sys
import time
import types
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from anet_lite import Monitor
from anet_lite._native import known_signal
from anet_lite.integrations.clock import step_clock, utilization
from anet_lite.integrations.clock.step_clock import StepClock
from anet_lite.integrations.clock.utilization import Utilization
from anet_lite.integrations.clock.work import Work, work_of
from anet_lite.integrations.remarks import Remarks

if TYPE_CHECKING:
    from collections.abc import Callable

KB = 1000


def said(held: Callable[[int], int], intervals: int = 300, lang: str = "en") -> list[str]:
    """What is said of a loop whose tensors hold so many bytes after each interval of eight steps."""
    remarks, now = Remarks(lang), [0]

    def memory() -> int:
        now[0] += 1
        return held(now[0])

    clock = StepClock(8, remarks, memory)
    for _ in range(intervals):
        clock.take(8)
    return [remark.text for remark in remarks.all]


@pytest.fixture
def no_rss(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(step_clock, "rss", lambda: 0)


@pytest.mark.usefixtures("no_rss")
def test_memory_that_goes_on_growing_is_said_once_with_its_pace():
    (text,) = said(lambda at: 1_000_000_000 + 800 * KB * at)
    assert text.startswith("What tensors hold on the device has grown through 64 intervals without slowing down, ")
    assert "by 100 kB a step, to 1.051 GB" in text
    assert "1ステップあたり100 kB" in said(lambda at: 1_000_000_000 + 800 * KB * at, lang="ja")[0]


@pytest.mark.usefixtures("no_rss")
def test_a_leak_is_seen_through_an_allocator_that_grows_in_jumps_and_gives_back():
    noise = np.random.default_rng(0).integers(-2_000_000, 2_000_000, 400)
    assert said(lambda at: 1_000_000_000 + 800 * KB * (at // 5 * 5) + int(noise[at]))


@pytest.mark.usefixtures("no_rss")
@pytest.mark.parametrize(
    "held",
    [
        pytest.param(lambda _: 10**9, id="still"),
        pytest.param(lambda at: int(2e9 - 1e9 * 0.97**at), id="a cache that fills up"),
        pytest.param(lambda at: 10**9 + 10**8 * (at % 16), id="a garbage collector's saw"),
        pytest.param(lambda at: 10**9 + (10**9 if at > 100 else 0), id="one larger batch"),
        pytest.param(lambda at: 10**9 + KB * at, id="as good as nothing"),
    ],
)
def test_memory_of_a_healthy_loop_is_not_said_to_grow(held: Callable[[int], int]):
    assert said(held) == []


def test_noise_is_hardly_ever_said_to_grow():
    random = np.random.default_rng(1)
    walks = [10**9 + 4_000_000 * random.normal(size=301) for _ in range(50)]
    growing = [walk for walk in walks if said(lambda at, walk=walk: int(walk[at]))]
    assert growing == []


def test_the_memory_of_the_process_has_words_of_its_own(monkeypatch: pytest.MonkeyPatch):
    held = [10**9]

    def rss() -> int:
        held[0] += 800 * KB
        return held[0]

    monkeypatch.setattr(step_clock, "rss", rss)
    remarks = Remarks()
    clock = StepClock(8, remarks)
    for _ in range(64):
        assert clock.take(8)["host_memory"] == held[0] / 1e9
    (remark,) = remarks.all
    assert remark.name == "host_memory_grows"
    assert remark.text.startswith("The memory of this process has grown through 64 intervals")


def test_throughput_counts_the_work_of_training_alone(monkeypatch: pytest.MonkeyPatch):
    now = [0.0]
    monkeypatch.setattr(step_clock.time, "perf_counter", lambda: now[0])
    clock, found = StepClock(4, Remarks()), dict[str, float]()
    for _ in range(2):
        for _ in range(4):
            now[0] += 2.0
            clock.forward([], {"input_ids": np.zeros((8, 16), int)})
            clock.forward([], {"input_ids": np.zeros((64, 16), int)}, trains=False)
            clock.stepped()
        found = clock.take(4)
    assert (found["samples_per_s"], found["tokens_per_s"]) == (4.0, 64.0)


@pytest.mark.parametrize(
    ("args", "kwargs", "wanted"),
    [
        ([np.zeros((4, 8))], {}, Work(4, 0)),
        ([np.zeros((4, 8), int)], {}, Work(4, 32)),
        ([{"x": np.zeros((5, 3, 2, 2))}], {}, Work(5, 0)),
        ([[None, np.zeros((6, 2))]], {}, Work(6, 0)),
        ([np.float64(3.0)], {"labels": 1}, Work()),
        ([], {"mask": np.zeros((9, 9)), "input_ids": np.zeros((2, 9), int)}, Work(2, 18)),
    ],
)
def test_the_work_of_a_call_is_read_off_its_shapes(args: list[Any], kwargs: dict[str, Any], wanted: Work):
    assert work_of(args, kwargs) == wanted


class Nvml(types.ModuleType):
    """NVML as it answers, without a driver."""

    class NVMLError(Exception):
        """What it raises."""

    def __init__(self, answers: list[int], missing: str = "") -> None:
        super().__init__("pynvml")
        self.answers, self.missing, self.asked, self.is_over = answers, missing, list[str](), False

    def nvmlInit(self) -> None:  # noqa: N802
        if self.missing:
            raise self.NVMLError(self.missing)

    def nvmlShutdown(self) -> None:  # noqa: N802
        self.is_over = True

    def nvmlDeviceGetHandleByUUID(self, uuid: str) -> str:  # noqa: N802
        return uuid

    def nvmlDeviceGetUtilizationRates(self, gpu: str) -> types.SimpleNamespace:  # noqa: N802
        self.asked.append(gpu)
        if len(self.asked) > len(self.answers):
            raise self.NVMLError("GPU is lost")
        return types.SimpleNamespace(gpu=self.answers[len(self.asked) - 1])


@pytest.fixture
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(utilization, "SECONDS", 0.005)


def until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not done() and time.monotonic() < end:
        time.sleep(0.005)


@pytest.mark.usefixtures("fast")
def test_utilization_is_the_mean_since_it_was_taken(monkeypatch: pytest.MonkeyPatch):
    nvml = Nvml([90, 80, 10])
    monkeypatch.setitem(sys.modules, "pynvml", nvml)
    busy = Utilization("GPU-1")
    until(lambda: nvml.is_over)
    assert nvml.asked == ["GPU-1"] * 4
    clock = StepClock(8, Remarks(), None, busy)
    assert clock.take(8)["gpu_utilization"] == 60.0
    assert "gpu_utilization" not in clock.take(8), "a driver that answers no more gives no number"
    clock.stop()
    assert not busy._thread.is_alive()


@pytest.mark.usefixtures("fast")
def test_the_thread_ends_with_the_clock(monkeypatch: pytest.MonkeyPatch):
    nvml = Nvml([50] * 10**6)
    monkeypatch.setitem(sys.modules, "pynvml", nvml)
    busy = Utilization("GPU-1")
    until(lambda: bool(nvml.asked))
    busy.stop()
    assert nvml.is_over


def test_nvml_is_asked_once_a_second_at_most():
    assert utilization.SECONDS >= 1


def test_a_missing_package_names_its_extra(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "pynvml", None)
    with pytest.raises(ImportError, match=r"pynvml is not installed: pip install 'anet-lite\[gpu\]'"):
        Utilization("GPU-1")


@pytest.mark.parametrize("name", ["samples_per_s", "tokens_per_s", "gpu_utilization"])
def test_less_throughput_is_bad_and_no_failure(name: str):
    assert known_signal(name) == ("falls", "resource")
    random, monitor = np.random.default_rng(0), Monitor()
    usual = monitor.update_many({name: 90 + random.normal(size=100)})
    assert usual.alarms == []
    (alarm,) = monitor.update_many({name: 30 + random.normal(size=20)}).alarms
    assert (alarm.rule, alarm.signal, monitor.status) == ("signal_fall", name, "suspect")
