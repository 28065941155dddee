"""How long steps take on the host, how long they wait for data, how much they do, and what memory they hold."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any

from anet_lite.integrations.clock.memory_growth import MemoryGrowth
from anet_lite.integrations.clock.work import work_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from anet_lite.integrations.clock.utilization import Utilization
    from anet_lite.integrations.remarks import Remarks

_GB = 1e9


class StepClock:
    """Times on the host: nothing waits for the device.

    In the mean of an interval they are the device's too, since the host runs ahead of it by a bounded queue.

    Args:
        every: Steps in an interval.
        remarks: Where memory that grows is told.
        device_memory: Gives the bytes that tensors hold on the device; None where there is no such device.
        utilization: How busy that device is; None where it is not measured.

    """

    def __init__(
        self,
        every: int,
        remarks: Remarks,
        device_memory: Callable[[], int] | None = None,
        utilization: Utilization | None = None,
    ) -> None:
        self._every, self._remarks, self._device_memory = every, remarks, device_memory
        self._utilization = utilization
        self._ended: float | None = None
        self._began: float | None = None
        self._waited = 0.0
        self._samples = self._tokens = 0
        self._growth: dict[str, MemoryGrowth] = {}

    def forward(self, args: Sequence[Any] = (), kwargs: Mapping[str, Any] | None = None, trains: bool = True) -> None:
        """Note that the model is called: what has passed since the step before was spent on data and the loop.

        Args:
            args: What it is called with, whose shapes tell how much work it is.
            kwargs: The same by name.
            trains: Whether the work counts; that of an evaluation does not.

        """
        if self._ended is not None:
            self._waited += time.perf_counter() - self._ended
            self._ended = None
        if trains:
            samples, tokens = work_of(args, kwargs or {})
            self._samples, self._tokens = self._samples + samples, self._tokens + tokens

    def stepped(self) -> None:
        """Note that a step is over."""
        self._ended = time.perf_counter()
        if self._began is None:
            self._began, self._waited = self._ended, 0.0
            self._samples = self._tokens = 0

    def take(self, steps: int) -> dict[str, float]:
        """Return the signals of the interval of so many steps that ends now; the first has no beginning: no times."""
        now, began = time.perf_counter(), self._began
        waited, self._began, self._waited = self._waited, now, 0.0
        samples, tokens, self._samples, self._tokens = self._samples, self._tokens, 0, 0
        found = self._held()
        if began is None or now <= began:
            return found
        seconds = now - began
        done = {"samples_per_s": samples / seconds, "tokens_per_s": tokens / seconds}
        times = {"step_time": seconds / steps, "data_time": waited / steps}
        return {**times, **{name: pace for name, pace in done.items() if pace > 0}, **found}

    def stop(self) -> None:
        """End the thread that asks how busy the device is."""
        if self._utilization is not None:
            self._utilization.stop()

    def _held(self) -> dict[str, float]:
        """Return what memory is held, and how busy the device was; what is not known is left out."""
        held = {"host_memory": rss() / _GB, "memory": self._device_memory() / _GB if self._device_memory else 0.0}
        held = {name: value for name, value in held.items() if value > 0}
        for name, value in held.items():
            self._follow(name, value)
        busy = None if self._utilization is None else self._utilization.take()
        return held if busy is None else {**held, "gpu_utilization": busy}

    def _follow(self, name: str, value: float) -> None:
        growth = self._growth.setdefault(name, MemoryGrowth()).add(value)
        if growth is not None:
            said = {"intervals": growth.intervals, "now": value, "pace": 1e6 * growth.pace / self._every}
            self._remarks.say(f"{name}_grows", None, name, **said)


def rss() -> int:
    """Return the bytes of memory that this process holds; 0 where the system does not say."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0
