"""How long steps take on the host, how long they wait for data, and what memory they hold, once an interval."""

from __future__ import annotations

import os
import time
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from anet_lite.integrations.remarks import Remarks

#: Intervals in each of which memory must have grown to be said to grow, and the part of itself in all.
GROWING, PART = 32, 0.02
_GB = 1e9


class StepClock:
    """Times on the host: nothing waits for the device.

    In the mean of an interval they are the device's too, since the host runs ahead of it by a bounded queue.

    Args:
        every: Steps in an interval.
        remarks: Where memory that grows is told.
        device_memory: Gives the bytes that tensors hold on the device; None where there is no such device.

    """

    def __init__(self, every: int, remarks: Remarks, device_memory: Callable[[], int] | None = None) -> None:
        self._every, self._remarks, self._device_memory = every, remarks, device_memory
        self._ended: float | None = None
        self._began: float | None = None
        self._waited = 0.0
        self._held: dict[str, deque[float]] = {}

    def forward(self) -> None:
        """Note that the model is called: what has passed since the step before was spent on data and the loop."""
        if self._ended is not None:
            self._waited += time.perf_counter() - self._ended
            self._ended = None

    def stepped(self) -> None:
        """Note that a step is over."""
        self._ended = time.perf_counter()
        if self._began is None:
            self._began, self._waited = self._ended, 0.0

    def take(self, steps: int) -> dict[str, float]:
        """Return the signals of the interval of so many steps that ends now; the first has no beginning: no times."""
        now, began = time.perf_counter(), self._began
        waited, self._began, self._waited = self._waited, now, 0.0
        found = {"host_memory": rss() / _GB, "memory": self._device_memory() / _GB if self._device_memory else 0.0}
        found = {name: held for name, held in found.items() if held > 0}
        self._follow(found)
        if began is None or now <= began:
            return found
        return {"step_time": (now - began) / steps, "data_time": waited / steps, **found}

    def _follow(self, held: dict[str, float]) -> None:
        for name, value in held.items():
            known = self._held.setdefault(name, deque(maxlen=GROWING))
            known.append(value)
            if len(known) < GROWING or known[-1] < (1 + PART) * known[0]:
                continue
            if all(one < other for one, other in zip(known, list(known)[1:])):
                steps = self._every * (GROWING - 1)
                grown = 1e6 * (known[-1] - known[0]) / steps
                self._remarks.say("memory_grows", None, name, what=name, intervals=GROWING, now=value, grown=grown)


def rss() -> int:
    """Return the bytes of memory that this process holds; 0 where the system does not say."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0
